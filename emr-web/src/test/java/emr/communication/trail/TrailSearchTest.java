package emr.communication.trail;

import static emr.audit.Action.EMERGENCY;
import static emr.audit.Action.READ;
import static emr.audit.Action.STORE;
import static emr.audit.Action.VREAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emr.audit.Action;
import emr.control.TrailQuery;
import emr.exchange.record.Refusal;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrailSearchTest {

  @Test
  void datesNarrowEachOther() {
    TrailQuery query = TrailSearch.parse("date=ge2026-01-01&date=lt2026-02-01", false).query();
    assertThat(query.filter().from()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(query.filter().until()).isEqualTo(Instant.parse("2026-02-01T00:00:00Z"));
  }

  @Test
  void aUserIsNamedByHospitalAndName() {
    TrailQuery query =
        TrailSearch.parse("agent:identifier=urn:emr:staff:north%7Cdr.north", false).query();
    assertThat(String.valueOf(query.filter().hospital())).isEqualTo("north");
    assertThat(query.filter().person()).isEqualTo("dr.north");
  }

  @Test
  void onePageLeadsToTheNext() {
    TrailSearch search = TrailSearch.parse("patient=Patient/x&_count=2", false);
    assertThat(search.following(7)).isEqualTo("AuditEvent?patient=Patient%2Fx&_count=2&_page=7");
    assertThat(TrailSearch.parse(search.following(7).substring(11), false).query().before())
        .isEqualTo(7);
    assertThat(search.query().limit()).as("one more tells whether there are more").isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "date=yesterday",
        "date=zz2026",
        "patient=a%20b",
        "entity=nothing",
        "_page=x",
        "_count=-1",
        "_sort=date",
        "source=north",
        "agent-role=x"
      })
  void whatCannotBeAskedIsRefused(String query) {
    assertThatThrownBy(() -> TrailSearch.parse(query, false)).isInstanceOf(Refusal.class);
  }

  @Test
  void whatWasDoneIsAskedForInFhirsCodes() {
    assertThat(actions("type=rest&subtype=read,vread")).containsExactlyInAnyOrder(READ, VREAD);
    assertThat(actions("type=urn:emr:audit-action%7Cemergency")).containsExactly(EMERGENCY);
    assertThat(actions("action=C")).containsExactly(STORE);
    assertThat(actions("type=http://other%7Crest")).isEmpty();
    assertThat(TrailSearch.parse("_count=5", false).query().filter().actions()).isNull();
  }

  private static Set<Action> actions(String query) {
    return TrailSearch.parse(query, false).query().filter().actions();
  }

  @Test
  void anEntryIsLastUpdatedWhenItIsMade() {
    assertThat(TrailSearch.parse("_lastUpdated=ge2026-01-01", false).query().filter().from())
        .isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
  }

  @Test
  void theyCanBeCountedAlone() {
    TrailSearch count = TrailSearch.parse("_summary=count", false);
    assertThat(count.onlyCounts()).isTrue();
    assertThat(count.asksForTotal()).isTrue();
    TrailSearch both = TrailSearch.parse("_total=accurate", false);
    assertThat(both.onlyCounts()).isFalse();
    assertThat(both.asksForTotal()).isTrue();
  }

  @Test
  void allAreMadeAtOnePlace() {
    assertThat(TrailSearch.parse("site=EMR%20centre", false).query().filter().entry()).isNull();
    assertThat(TrailSearch.parse("site=north", false).query().filter().entry()).isEqualTo(-1);
  }

  @Test
  void whatNobodyIsFindsNothing() {
    assertThat(TrailSearch.parse("agent=Practitioner/x", false).query().filter().entry())
        .isEqualTo(-1);
    assertThat(TrailSearch.parse("outcome=8", false).query().filter().entry()).isEqualTo(-1);
    assertThat(TrailSearch.parse("_id=x", false).query().filter().entry()).isEqualTo(-1);
  }
}
