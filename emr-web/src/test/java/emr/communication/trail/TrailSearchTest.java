package emr.communication.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emr.control.TrailQuery;
import emr.exchange.record.Refusal;
import java.time.Instant;
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
        "site=north"
      })
  void whatCannotBeAskedIsRefused(String query) {
    assertThatThrownBy(() -> TrailSearch.parse(query, false)).isInstanceOf(Refusal.class);
  }

  @Test
  void whatNobodyIsFindsNothing() {
    assertThat(TrailSearch.parse("agent=Practitioner/x", false).query().filter().entry())
        .isEqualTo(-1);
    assertThat(TrailSearch.parse("outcome=8", false).query().filter().entry()).isEqualTo(-1);
    assertThat(TrailSearch.parse("_id=x", false).query().filter().entry()).isEqualTo(-1);
  }
}
