package emr.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import emr.system.Entries;
import emr.system.Staff;
import emr.system.Terminal;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The pages of a chart, at the terminal and, of the same parts, at the portal. */
class ChartIT {

  private static final byte[] PICTURE = picture();

  @Test
  @Tag("claim-04")
  void aChartComesCardByCardAndACardFailsByItself() {
    String words = Staff.word();
    try (Desk desk = Desk.of("dr.north")) {
      String patient = desk.register(Staff.name(), "Ada", "14 Mar 1959");
      desk.writeEntry(patient, words);
      desk.press("#sign-go");
      desk.page().route("**/card.xhtml?*card=vitals*", route -> route.abort());
      desk.open("chart.xhtml?patient=" + patient);

      assertThat(desk.text())
          .contains(words + " syndrome")
          .contains(words + " pollen")
          .contains(words + " tablets")
          .contains("The rest of the chart is complete")
          .doesNotContain("128/82");
      desk.shoot("chart-card-failed");

      desk.page().unroute("**/card.xhtml?*card=vitals*");
      desk.find("[data-card-again]").click();
      desk.settle();
      assertThat(desk.text()).contains("128/82").contains("71").contains("Held");
      assertThat(desk.barriers()).isEmpty();
      desk.shoot("chart");
    }
  }

  @Test
  void aLongChartOpensAsFastAsAShortOne() {
    Terminal north = Staff.of("dr.north");
    Staff.Patient shortOne = Staff.registered(north);
    Staff.Patient longOne = Staff.registered(north);
    List<Terminal.Saved> saved = new ArrayList<>();
    for (int part = 0; part < 5; part++) {
      var observations = new ObjectNode[100];
      for (int i = 0; i < observations.length; i++) {
        observations[i] =
            potassium(
                longOne.id(), "4.%d".formatted(i % 10), LocalDate.now().minusDays(part * 100 + i));
      }
      saved.add(north.submit(Entries.bundle(observations)));
    }
    saved.add(north.submit(Entries.bundle(potassium(shortOne.id(), "4.4", LocalDate.now()))));
    saved.forEach(each -> Staff.stored(north, each));
    try (Desk desk = Desk.of("dr.north")) {
      desk.open("chart.xhtml?patient=" + longOne.id()); // the first look warms the servers
      long few = milliseconds(desk, shortOne.id());
      long many = milliseconds(desk, longOne.id());

      assertThat(desk.text()).contains("Potassium");
      assertThat(many)
          .as("with 500 records %d ms, with 1 %d ms", many, few)
          .isLessThan(3 * few + 1_000);
      assertThat(desk.page().content().length()).isLessThan(500_000);
      desk.open("results.xhtml?patient=" + longOne.id());
      assertThat(desk.page().content().length()).isLessThan(500_000);
    }
  }

  private static long milliseconds(Desk desk, String patient) {
    Instant begin = Instant.now();
    desk.open("chart.xhtml?patient=" + patient);
    return Duration.between(begin, Instant.now()).toMillis();
  }

  @Test
  void resultsAreATableAPlotThatIsReadAloudAndAFile() {
    Terminal north = Staff.of("dr.north");
    Staff.Patient patient = Staff.registered(north);
    LocalDate today = LocalDate.now();
    Terminal.Saved saved =
        north.submit(
            Entries.bundle(
                potassium(patient.id(), "4.3", today.minusDays(200)),
                potassium(patient.id(), "4.6", today.minusDays(100)),
                potassium(patient.id(), "5.9", today.minusDays(3))));
    Staff.stored(north, saved);
    try (Desk desk = Desk.of("dr.north")) {
      desk.open("results.xhtml?patient=" + patient.id());
      assertThat(desk.find("tbody tr", "Potassium").innerText())
          .containsSubsequence("mmol/L", "3.6–4.8", "4.3", "4.6", "5.9▲")
          .contains("high");
      assertThat(desk.barriers()).isEmpty();
      desk.shoot("results");

      desk.follow(desk.find("tbody th a", "Potassium"));
      assertThat(desk.find("svg.plot.wide").getAttribute("role")).isEqualTo("img");
      assertThat(desk.find("svg.plot.wide").getAttribute("aria-label"))
          .contains("3 values")
          .contains("5.9")
          .contains("3.6–4.8");
      assertThat(desk.find("#course tbody tr").count()).isEqualTo(3);
      assertThat(desk.page().url()).doesNotContain("2823").doesNotContainIgnoringCase("potassium");
      assertThat(desk.barriers()).isEmpty();
      desk.shoot("results-plot");

      desk.open("results.xhtml?patient=" + patient.id());
      desk.find("#first")
          .selectOption(new com.microsoft.playwright.options.SelectOption().setIndex(3));
      desk.find("#second")
          .selectOption(new com.microsoft.playwright.options.SelectOption().setIndex(1));
      desk.follow(desk.find("form button", "Compare"));
      assertThat(desk.find("tbody tr", "Potassium").innerText())
          .contains("4.3")
          .contains("5.9")
          .contains("+1.6")
          .doesNotContain("4.6");

      APIResponse file =
          desk.page().request().get(desk.find("a", "CSV").evaluate("a => a.href").toString());
      assertThat(file.headers().get("content-type")).startsWith("text/csv");
      assertThat(file.headers().get("content-disposition")).startsWith("attachment");
      assertThat(file.headers().get("cache-control")).contains("no-store");
      assertThat(file.text()).contains("Potassium,5.9,mmol/L,3.6,4.8,high,North General Hospital");
    }
  }

  @Test
  void aChildsWeightStandsAmongTheCurvesOfTheWorldHealthOrganization() {
    Terminal north = Staff.of("dr.north");
    try (Desk desk = Desk.of("dr.north")) {
      LocalDate today = LocalDate.now();
      String child = desk.register(Staff.name(), "Mia", today.minusYears(2).toString());
      Staff.stored(
          north,
          north.submit(
              Entries.bundle(
                  weight(child, "8.9", today.minusYears(1)),
                  weight(child, "11.4", today.minusDays(8)))));
      desk.open("results.xhtml?patient=" + child);
      desk.follow(desk.find("main tbody th a").first());
      assertThat(desk.find("svg.growth").getAttribute("aria-label"))
          .contains("Weight for age, girls")
          .contains("2 values")
          .contains("11.4 kg");
      assertThat(desk.find("svg.growth").innerHTML()).contains("P97").contains("P3");
      assertThat(desk.find("#course table").last().innerText())
          .contains("Percentile")
          .contains("48");
      assertThat(desk.barriers()).isEmpty();
      desk.shoot("growth");
    }
  }

  private static ObjectNode weight(String patient, String kilograms, LocalDate day) {
    ObjectNode weight = potassium(patient, kilograms, day);
    weight.remove("referenceRange");
    weight
        .withArray("category")
        .removeAll()
        .addObject()
        .putArray("coding")
        .addObject()
        .put("system", "http://terminology.hl7.org/CodeSystem/observation-category")
        .put("code", "vital-signs");
    ObjectNode code = weight.putObject("code");
    code.putArray("coding").addObject().put("system", "http://loinc.org").put("code", "29463-7");
    weight.withObject("/valueQuantity").put("unit", "kg").put("code", "kg");
    return weight;
  }

  @Test
  @Tag("claim-16")
  @Tag("claim-17")
  void theTimelineShowsTheChartAsItWasKnownAtAMoment() {
    Terminal north = Staff.of("dr.north");
    Staff.Patient patient = Staff.registered(north);
    String first = Staff.word();
    String second = Staff.word();
    Terminal.Saved original =
        north.submit(Entries.bundle(problem(patient.id(), "Suspected " + first)));
    Staff.stored(north, original);
    try (Desk desk = Desk.of("dr.north")) {
      Staff.eventually(Duration.ofMillis(1_500), () -> false); // a moment between the two
      String between =
          LocalDateTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS).toString();
      Staff.eventually(Duration.ofMillis(1_500), () -> false);
      Staff.stored(
          north,
          north.submit(
              Entries.addition(
                  original.ids().get(0), 1, problem(patient.id(), "Confirmed " + second))));

      desk.open("timeline.xhtml?patient=" + patient.id());
      assertThat(desk.text()).contains("Confirmed " + second).doesNotContain(first);
      assertThat(desk.find(".lanes").getAttribute("role")).isEqualTo("img");
      assertThat(desk.barriers()).isEmpty();
      desk.shoot("timeline");
      desk.page().setViewportSize(390, 900);
      desk.page().reload();
      assertThat(desk.find(".lane b").boundingBox().x)
          .as("a lane's name stays in sight where a narrow screen begins to look")
          .isPositive();
      desk.page().setViewportSize(1280, 900);

      desk.open("timeline.xhtml?patient=" + patient.id() + "&at=" + between);
      assertThat(desk.text())
          .contains("Suspected " + first)
          .doesNotContain(second)
          .contains("This is the chart as it was known then");
      desk.open("timeline.xhtml?patient=" + patient.id() + "&at=2020-01-01T10:00");
      assertThat(desk.text()).doesNotContain(first).contains("Nothing in this period");
      desk.open("timeline.xhtml?patient=" + patient.id() + "&at=sometime");
      assertThat(desk.text()).contains("could not be read").contains("Confirmed " + second);
    }
  }

  @Test
  void documentsArePreviewedAndServedSafely() {
    String words = Staff.word();
    try (Desk desk = Desk.of("dr.north")) {
      String patient = desk.register(Staff.name(), "Ina", "3 Apr 1971");
      desk.open("entry.xhtml?patient=" + patient);
      desk.find("#reason").fill("Papers");
      desk.find("#subjective").fill("Brought papers");
      desk.attach(
          words + ".txt", "text/plain", ("<script>" + words).getBytes(StandardCharsets.UTF_8));
      desk.attach(words + ".png", "image/png", PICTURE);
      desk.press("#review");
      desk.press("#sign-go");

      desk.open("documents.xhtml?patient=" + patient);
      assertThat(desk.text()).contains(words + ".txt").contains(words + ".png");
      desk.follow(desk.find("tbody th a", words + ".txt"));
      assertThat(desk.find("pre.preview").innerText()).contains("<script>" + words);
      assertThat(desk.barriers()).isEmpty();
      desk.follow(desk.find("tbody th a", words + ".png"));
      assertThat(desk.find("img.preview").evaluate("i => i.decode().then(() => i.naturalWidth)"))
          .isEqualTo(10);
      assertThat(desk.barriers()).isEmpty();
      desk.shoot("documents");

      APIResponse file =
          desk.page().request().get(desk.find("a", "Download").evaluate("a => a.href").toString());
      assertThat(file.status()).isEqualTo(200);
      assertThat(file.body()).isEqualTo(PICTURE);
      assertThat(file.headers().get("x-content-type-options")).isEqualTo("nosniff");
      assertThat(file.headers().get("content-security-policy")).contains("sandbox");
      assertThat(file.headers().get("content-disposition")).startsWith("attachment");

      String other = desk.register(Staff.name(), "Ola", "3 Apr 1972");
      String address = desk.page().url().replaceAll("/terminal/.*", "/terminal/file.xhtml");
      assertThat(
              desk.page()
                  .request()
                  .get(address + "?patient=" + other + "&record=DocumentReference/none&number=0")
                  .status())
          .isEqualTo(404);
    }
  }

  private static byte[] picture() {
    var png = new ByteArrayOutputStream();
    try {
      ImageIO.write(new BufferedImage(10, 10, BufferedImage.TYPE_INT_RGB), "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return png.toByteArray();
  }

  @Test
  @Tag("claim-08")
  @Tag("claim-14")
  void outsideRecordsNameTheirHospitalAndTheRightByWhichTheyAreRead() {
    Terminal north = Staff.of("dr.north");
    Staff.Patient patient = Staff.registered(north);
    String words = Staff.word();
    Staff.stored(north, north.submit(Entries.bundle(problem(patient.id(), words))));
    try (Desk east = Desk.of("dr.east");
        Desk desk = Desk.of("dr.north")) {
      desk.open("outside.xhtml?patient=" + patient.id());
      assertThat(desk.text()).contains("No outside records that you may read");
      assertThat(desk.barriers()).isEmpty();

      String submission =
          north.policy(Entries.policy(patient.id(), "east", "READ")).path("submission").asText();
      Staff.settled(north, submission);
      east.open("outside.xhtml?patient=" + patient.id());
      assertThat(east.text())
          .contains("North General Hospital")
          .contains(words)
          .contains("lets your hospital read this chart")
          .contains("This view is recorded");
      assertThat(east.barriers()).isEmpty();
      east.shoot("outside");
      for (String page : List.of("chart", "timeline", "results", "documents")) {
        east.open(page + ".xhtml?patient=" + patient.id());
        assertThat(east.barriers()).as(page).isEmpty();
      }
    }
  }

  @Test
  void nothingIsHiddenBehindALongChartOfOnesOwn() {
    Terminal north = Staff.of("dr.north");
    Terminal south = Staff.of("dr.south");
    Staff.Patient patient = Staff.registered(north);
    Staff.settled(
        north,
        north
            .policy(Entries.policy(patient.id(), "south", "READ", "STORE"))
            .path("submission")
            .asText());
    Staff.stored(
        south,
        south.submit(Entries.bundle(potassium(patient.id(), "7.7", LocalDate.of(2020, 3, 4)))));
    Staff.settled(
        south,
        south.policy(Entries.policy(patient.id(), "north", "READ")).path("submission").asText());
    Staff.eventually(Duration.ofMillis(1_500), () -> false); // a moment between the two
    String before =
        LocalDateTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS).toString();
    Staff.eventually(Duration.ofMillis(1_500), () -> false);
    ObjectNode[] own =
        IntStream.range(0, 60)
            .mapToObj(i -> potassium(patient.id(), "4.4", LocalDate.now().minusDays(i)))
            .toArray(ObjectNode[]::new);
    Staff.stored(north, north.submit(Entries.bundle(own)));

    try (Desk desk = Desk.of("dr.north")) {
      desk.open("outside.xhtml?patient=" + patient.id());
      assertThat(desk.text()).contains("South Clinic").contains("4 Mar 2020");
      desk.follow(desk.find("main a", "All of it on the timeline"));
      assertThat(desk.text()).contains("South Clinic").contains("4 Mar 2020");
      assertThat(desk.find("#place").inputValue()).isEqualTo("south");
      assertThat(desk.find("main tbody tr").count()).isEqualTo(1);

      String timeline = "timeline.xhtml?patient=" + patient.id() + "&period=";
      desk.open(timeline + "all");
      assertThat(desk.text()).doesNotContain("4 Mar 2020").contains("Only the newest");
      desk.open(timeline + "1&until=31.12.2020");
      assertThat(desk.text()).contains("4 Mar 2020").doesNotContain("Only the newest");
      desk.open(timeline + "all&at=" + before);
      assertThat(desk.text()).contains("4 Mar 2020").contains("as it was known then");
      assertThat(desk.barriers()).isEmpty();
      desk.open(timeline + "all&until=whenever");
      assertThat(desk.find("#until-h").innerText()).contains("could not be read");
      assertThat(desk.barriers()).isEmpty();
    }
  }

  @Test
  void theSectionThatIsShownIsInSightOnATelephone() {
    Staff.Patient patient = Staff.registered(Staff.of("dr.north"));
    try (Desk desk = Desk.of("dr.north")) {
      desk.page().setViewportSize(390, 900);
      for (String page : List.of("chart", "outside", "seen")) {
        desk.open(page + ".xhtml?patient=" + patient.id());
        BoundingBox section = desk.find(".rail a[aria-current]").boundingBox();
        assertThat(section.x).as(page).isNotNegative();
        assertThat(section.x + section.width).as(page).isLessThanOrEqualTo(390);
        assertThat(desk.page().evaluate("() => window.scrollY")).as(page).isEqualTo(0);
      }
    }
  }

  @Test
  void twoTabsShowTwoPatientsAndAFormThatNamesAnotherIsRefused() {
    Terminal north = Staff.of("dr.north");
    Staff.Patient one = Staff.registered(north);
    Staff.Patient other = Staff.registered(north);
    Terminal.Saved saved = north.submit(Entries.bundle(problem(one.id(), Staff.word())));
    Staff.stored(north, saved);
    String record = saved.ids().get(0);
    String form =
        "record.xhtml?patient=%s&type=Condition&id=%s&add=yes"
            .formatted(one.id(), record.substring(record.indexOf('/') + 1));
    try (Desk desk = Desk.of("dr.north")) {
      desk.open(form);
      Page second = desk.page().context().newPage();
      second.navigate(
          desk.page().url().replaceAll("record.xhtml.*", "chart.xhtml?patient=" + other.id()));
      assertThat(second.title()).containsIgnoringCase(other.family());
      assertThat(desk.page().title()).containsIgnoringCase(one.family());

      desk.find("#addition").fill("Written in the wrong tab");
      desk.page()
          .evaluate(
              "id => { const f = document.getElementById('adding'); const i ="
                  + " document.createElement('input'); i.type = 'hidden'; i.name = 'patient';"
                  + " i.value = id; f.append(i); }",
              other.id());
      desk.press("#sign-go");
      assertThat(desk.text()).contains("Nothing was saved");
      assertThat(north.history(record).json().path("versions").size()).isEqualTo(1);

      desk.open(form);
      Staff.stored(
          north, north.submit(Entries.addition(record, 1, problem(one.id(), "Meanwhile"))));
      desk.find("#addition").fill("Written on an older version");
      desk.press("#sign-go");
      assertThat(desk.text())
          .contains("Somebody added a newer version")
          .contains("Nothing was saved");
      assertThat(desk.find("#addition").inputValue()).isEqualTo("Written on an older version");
      assertThat(north.history(record).json().path("versions").size()).isEqualTo(2);
      desk.shoot("record-overtaken");
    }
  }

  @Test
  void everyPageOfAChartSpeaksJapanese() {
    Terminal north = Staff.of("dr.north");
    Staff.Patient patient = Staff.registered(north);
    Terminal.Saved saved =
        north.submit(Entries.bundle(potassium(patient.id(), "5.9", LocalDate.now())));
    Staff.stored(north, saved);
    try (Desk desk = Desk.of("nurse.north")) {
      desk.speak("ja");
      try {
        assertThat(japanese(desk, "chart", patient.id())).contains("経過表とグラフ");
        assertThat(japanese(desk, "results", patient.id())).contains("検体検査").contains("基準値");
        assertThat(japanese(desk, "timeline", patient.id())).contains("医療機関ごとの経過");
        assertThat(japanese(desk, "documents", patient.id())).contains("閲覧できる文書はありません");
        assertThat(japanese(desk, "outside", patient.id())).contains("閲覧できる他院の記録はありません");
      } finally {
        desk.speak("en");
      }
    }
  }

  @Test
  void anActiveFlagStandsInTheBannerBesideTheAllergies() {
    Terminal north = Staff.of("dr.north");
    Staff.Patient patient = Staff.registered(north);
    String active = Staff.word();
    String over = Staff.word();
    Staff.stored(
        north,
        north.submit(
            Entries.bundle(
                flag(patient.id(), "active", active), flag(patient.id(), "inactive", over))));
    try (Desk desk = Desk.of("dr.north")) {
      for (String page : List.of("chart", "timeline", "outside", "entry")) {
        desk.open(page + ".xhtml?patient=" + patient.id());
        assertThat(desk.find(".banner .tag", active).count()).as(page).isEqualTo(1);
        assertThat(desk.text()).as(page).doesNotContain(over);
        assertThat(desk.find("main").innerText()).as(page).doesNotContain(active);
      }
      assertThat(desk.barriers()).isEmpty();
    }
    try (Desk desk = Desk.of("clerk.north")) {
      desk.open("chart.xhtml?patient=" + patient.id());
      assertThat(desk.find(".banner").innerText())
          .contains("Allergies are not shown here")
          .doesNotContain(active);
    }
  }

  private static ObjectNode flag(String patient, String status, String words) {
    ObjectNode flag = Entries.pulse(patient, 1, "");
    flag.removeAll();
    flag.put("resourceType", "Flag").put("status", status);
    flag.putObject("code").put("text", words);
    flag.putObject("subject").put("reference", "Patient/" + patient);
    return flag;
  }

  @Test
  void bothNumbersOfABloodPressureAreJudgedAlikeOnSummaryAndResults() {
    Terminal north = Staff.of("dr.north");
    Staff.Patient patient = Staff.registered(north);
    Staff.stored(north, north.submit(Entries.bundle(pressure(patient.id(), 128, 118))));
    try (Desk desk = Desk.of("dr.north")) {
      desk.open("chart.xhtml?patient=" + patient.id());
      desk.settle();
      assertThat(desk.text()).contains("128/118").contains("high").doesNotContain("in range");
      desk.open("results.xhtml?patient=" + patient.id());
      assertThat(desk.find("tbody tr", "Systolic").innerText()).contains("90–140").contains("128");
      assertThat(desk.find("tbody tr", "Diastolic").innerText()).contains("60–90").contains("118▲");
    }
  }

  private static ObjectNode pressure(String patient, int systolic, int diastolic) {
    ObjectNode panel = Entries.pulse(patient, 1, "");
    panel.remove(List.of("note", "valueQuantity"));
    loinc(panel, "85354-9");
    ArrayNode parts = panel.putArray("component");
    part(parts.addObject(), "8480-6", systolic);
    part(parts.addObject(), "8462-4", diastolic);
    return panel;
  }

  private static void part(ObjectNode part, String code, int value) {
    loinc(part, code);
    part.putObject("valueQuantity")
        .put("value", value)
        .put("unit", "mmHg")
        .put("system", "http://unitsofmeasure.org")
        .put("code", "mm[Hg]");
  }

  private static void loinc(ObjectNode measured, String code) {
    measured
        .putObject("code")
        .putArray("coding")
        .addObject()
        .put("system", "http://loinc.org")
        .put("code", code);
  }

  private static String japanese(Desk desk, String page, String patient) {
    desk.open(page + ".xhtml?patient=" + patient);
    assertThat(desk.barriers()).as(page).isEmpty();
    desk.shoot(page + "-ja");
    return desk.text();
  }

  private static ObjectNode potassium(String patient, String value, LocalDate day) {
    ObjectNode observation = Entries.pulse(patient, 1, "");
    observation.remove("note");
    observation.put("effectiveDateTime", day.toString());
    observation
        .putArray("category")
        .addObject()
        .putArray("coding")
        .addObject()
        .put("system", "http://terminology.hl7.org/CodeSystem/observation-category")
        .put("code", "laboratory");
    ObjectNode code = observation.putObject("code");
    code.putArray("coding")
        .addObject()
        .put("system", "http://loinc.org")
        .put("code", "2823-3")
        .put("display", "Potassium [Moles/volume] in Serum or Plasma");
    observation
        .putObject("valueQuantity")
        .put("value", new java.math.BigDecimal(value))
        .put("unit", "mmol/L")
        .put("system", "http://unitsofmeasure.org")
        .put("code", "mmol/L");
    ObjectNode range = observation.putArray("referenceRange").addObject();
    range.putObject("low").put("value", new java.math.BigDecimal("3.6")).put("unit", "mmol/L");
    range.putObject("high").put("value", new java.math.BigDecimal("4.8")).put("unit", "mmol/L");
    return observation;
  }

  private static ObjectNode problem(String patient, String words) {
    ObjectNode condition = Entries.pulse(patient, 1, "");
    condition.removeAll();
    condition.put("resourceType", "Condition");
    condition
        .putObject("clinicalStatus")
        .putArray("coding")
        .addObject()
        .put("system", "http://terminology.hl7.org/CodeSystem/condition-clinical")
        .put("code", "active");
    condition.putObject("code").put("text", words);
    condition.putObject("subject").put("reference", "Patient/" + patient);
    condition.put("recordedDate", LocalDate.now().toString());
    return condition;
  }
}
