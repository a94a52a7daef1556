package emr.browser;

import static org.assertj.core.api.Assertions.assertThat;

import emr.system.Loader;
import emr.system.Loader.Loaded;
import emr.system.Staff;
import emr.system.Synthea;
import emr.system.Terminal;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The chart of somebody with ten years of history, as Synthea invents people. */
class WholeHistoryIT {

  private static final Terminal NORTH = Staff.of("dr.north");

  private static Loaded person;

  @BeforeAll
  static void loadOne() {
    Synthea.People people = Synthea.people(1, Staff.INSTALLATION.home().resolve("synthea"));
    var loader = new Loader(NORTH);
    send(loader.directory(people.directory()));
    person = loader.history(people.histories().get(0));
    send(person.submissions());
    assertThat(
            Staff.eventually(
                Duration.ofMinutes(3),
                () ->
                    person.submissions().stream()
                        .map(WholeHistoryIT::state)
                        .allMatch("DELETED"::equals)))
        .as("the history is at the centre")
        .isTrue();
  }

  /** What is held; registrations are not. */
  private static void send(List<String> submissions) {
    submissions.stream().filter(each -> state(each).equals("HELD")).forEach(NORTH::send);
  }

  private static String state(String submission) {
    return NORTH.submission(submission).path("state").asText();
  }

  @Test
  void everyPageOfTheirChartIsForPeople() {
    try (Desk desk = Desk.of("dr.north")) {
      for (String page :
          List.of(
              "chart.xhtml?",
              "timeline.xhtml?period=all&",
              "results.xhtml?period=all&",
              "documents.xhtml?",
              "entry.xhtml?",
              "rights.xhtml?",
              "seen.xhtml?")) {
        desk.open(page + "patient=" + person.id());
        assertThat(desk.text())
            .as(page)
            .containsIgnoringCase(person.family())
            .doesNotContain("urn:", "null", "/_history/", person.id());
        assertThat(desk.barriers()).as(page).isEmpty();
        desk.shoot("whole-history-" + page.substring(0, page.indexOf('.')));
      }
    }
  }

  @Test
  void eachKindOfRecordOfTheirsIsReadByPeople() {
    try (Desk desk = Desk.of("dr.north")) {
      List<String> oneOfEach =
          person.records().stream()
              .collect(
                  Collectors.toMap(
                      record -> record.split("/", 2)[0], record -> record, (one, other) -> one))
              .values()
              .stream()
              .sorted()
              .toList();
      assertThat(oneOfEach).hasSizeGreaterThan(8);
      for (String record : oneOfEach) {
        String[] named = record.split("/", 2);
        desk.open("record.xhtml?patient=" + person.id() + "&type=" + named[0] + "&id=" + named[1]);
        assertThat(desk.find("#main").innerText())
            .as(record)
            .doesNotContain("urn:", "null", "{", person.id());
        assertThat(desk.barriers()).as(record).isEmpty();
      }
    }
  }
}
