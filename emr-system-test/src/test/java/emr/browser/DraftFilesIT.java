package emr.browser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import emr.system.Installation;
import emr.system.Staff;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that was chosen for an entry is no more lost than a word that was typed. */
class DraftFilesIT {

  private static final String FETCH =
      """
      async ([path, headers, body]) => (await fetch(path, { method: 'POST', body, headers })).status""";

  @ParameterizedTest
  @ValueSource(strings = {"dr.north", "dr.east"})
  void aFileOutlivesTheBrowserAndIsSignedWithItsDraft(String user) {
    String letter = Staff.word() + ".txt";
    String wrong = Staff.word() + ".txt";
    String page;
    String patient;
    try (Desk desk = Desk.of(user)) {
      patient = desk.register(Staff.name(), "Ona", "1967-07-07");
      desk.open("entry.xhtml?patient=" + patient);
      desk.attach(letter, "text/plain", letter.getBytes(UTF_8));
      desk.attach(wrong, "text/plain", wrong.getBytes(UTF_8));
      assertThat(desk.barriers()).isEmpty();
      desk.open("home.xhtml");
      desk.page().goBack();
      desk.attached(letter).waitFor();
      page = desk.page().url();
    }
    try (Desk desk = Desk.of(user)) {
      desk.page().navigate(page);
      assertThat(desk.attached(letter).innerText()).contains("1 kB");
      desk.attached(wrong).locator("button").click();
      desk.find("[data-emr=file-state]", "taken out of the draft").waitFor();
      desk.press("#review");
      assertThat(desk.text()).contains(letter).doesNotContain(wrong);
      desk.press("#back");
      assertThat(desk.attached(letter).count()).isEqualTo(1);
      desk.press("#review");
      desk.press("#sign-go");
      desk.open("documents.xhtml?patient=" + patient);
      assertThat(desk.text()).contains(letter).doesNotContain(wrong);
      desk.page().navigate(page);
      assertThat(desk.find("[data-emr=file-list] li").count()).as("a new draft").isZero();
    }
  }

  @Test
  void aFileThatIsChosenWhenTheSessionIsLostIsAttachedAfterwards() {
    String letter = Staff.word() + ".txt";
    try (Desk desk = Desk.of("dr.north")) {
      String patient = desk.register(Staff.name(), "Ulla", "1968-08-08");
      desk.open("entry.xhtml?patient=" + patient);
      desk.find("#subjective").fill("Brings a letter");
      desk.page().context().clearCookies();
      desk.choose(letter, "text/plain", letter.getBytes(UTF_8));
      comeInAgain(desk);
      desk.attached(letter).waitFor();
      assertThat(desk.find("#subjective").inputValue()).isEqualTo("Brings a letter");
      desk.press("#review");
      assertThat(desk.text()).contains(letter);
    }
  }

  @Test
  void aPageThatWasLockedBecauseNobodyCameKeepsItsFiles() {
    String letter = Staff.word() + ".txt";
    try (Desk desk = Desk.of("dr.north")) {
      String patient = desk.register(Staff.name(), "Inge", "1968-08-08");
      desk.page().clock().install();
      desk.open("entry.xhtml?patient=" + patient);
      desk.attach(letter, "text/plain", letter.getBytes(UTF_8));
      desk.page().clock().fastForward("16:00");
      comeInAgain(desk);
      desk.attached(letter).waitFor();
    }
  }

  private static void comeInAgain(Desk desk) {
    Locator lock = desk.find("dialog[data-emr=lock]");
    lock.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.VISIBLE));
    lock.locator("input[type=password]").fill(Installation.DEMO_PASSWORD);
    desk.follow(lock.locator("button[type=submit]"));
  }

  @Test
  void aFileWaitsOnThePageUntilTheServerAnswers() {
    String letter = Staff.word() + ".txt";
    try (Desk desk = Desk.of("dr.north")) {
      String patient = desk.register(Staff.name(), "Edda", "1969-09-09");
      desk.open("entry.xhtml?patient=" + patient);
      desk.page().route("**/beside/file*", route -> route.abort());
      desk.choose(letter, "text/plain", letter.getBytes(UTF_8));
      desk.find("[data-emr=file-wrong]", letter + " is not in the draft yet").waitFor();
      assertThat(desk.barriers()).isEmpty();
      desk.page().unroute("**/beside/file*");
      desk.press("#review"); // waits for the file
      assertThat(desk.text()).contains(letter);
    }
  }

  @Test
  void whatIsTooMuchForADraftSaysSoAtTheField() {
    try (Desk desk = Desk.of("dr.east")) {
      String patient = desk.register(Staff.name(), "Ina", "1970-01-01");
      desk.open("entry.xhtml?patient=" + patient);
      desk.choose("far-too-large.png", "image/png", new byte[20_000_001]);
      desk.find("[data-emr=file-wrong]", "far-too-large.png: That file is empty or larger")
          .waitFor();
      desk.attach("large.png", "image/png", new byte[16_000_000]);
      desk.choose("second.png", "image/png", new byte[16_000_000]);
      desk.find("[data-emr=file-wrong]", "second.png: One entry takes up to 20 files with 30 MB")
          .waitFor();
      assertThat(desk.find("[data-emr=file-list] li").count()).isEqualTo(1);
      assertThat(desk.attached("large.png").innerText()).contains("16.0 MB");
      assertThat(desk.barriers()).isEmpty();
      desk.find("details summary", "Discard draft").click();
      desk.press("#discard");
    }
  }

  @Test
  void nobodyAttachesToTheDraftOfAnother() {
    try (Desk doctor = Desk.of("dr.north");
        Desk nurse = Desk.of("nurse.north")) {
      String patient = doctor.register(Staff.name(), "Ada", "1970-01-01");
      doctor.open("entry.xhtml?patient=" + patient);
      doctor.attach("a.txt", "text/plain", new byte[] {'a'});
      String path = "beside/file?" + doctor.page().url().replaceAll(".*(draft=[^&]*).*", "$1");
      assertThat(post(doctor.page(), path, "X-EMR", "1", "X-EMR-Name", "b.txt")).isEqualTo(201);
      assertThat(post(nurse.page(), path, "X-EMR", "1", "X-EMR-Name", "b.txt")).isEqualTo(409);
      assertThat(post(doctor.page(), path, "X-EMR-Name", "b.txt")).isEqualTo(403);
      assertThat(post(doctor.page(), path, "X-EMR", "1")).isEqualTo(400);
      assertThat(post(doctor.page(), path, "X-EMR", "1", "X-EMR-Name", "%zz")).isEqualTo(400);
      assertThat(post(doctor.page(), "beside/file?draft=x", "X-EMR", "1", "X-EMR-Name", "b"))
          .isEqualTo(400);
    }
  }

  private static int post(Page page, String path, String... headers) {
    var named = new HashMap<String, String>();
    for (int i = 0; i < headers.length; i += 2) {
      named.put(headers[i], headers[i + 1]);
    }
    return (int) page.evaluate(FETCH, List.of(path, named, "b"));
  }
}
