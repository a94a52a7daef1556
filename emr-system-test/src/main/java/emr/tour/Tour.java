package emr.tour;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.Media;
import com.microsoft.playwright.options.ReducedMotion;
import emr.system.Installation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes small pictures of the pages of a running system, and the document that shows them: {@code
 * Tour FOLDER} writes {@code FOLDER/tour.md} and {@code FOLDER/tour/*.png}.
 */
public final class Tour {

  private static final int WIDE = 1200;
  private static final int PHONE = 390;

  /** Of a picture's pixels to those of its page. */
  private static final double SCALE = 0.75;

  private static final Pattern PATIENT = Pattern.compile("[?&]patient=([^&]+)");

  private final Browser browser = Chromium.launch();
  private final Installation installation = Installation.named();
  private final Path folder;
  private final List<String> document = new ArrayList<>();

  private Tour(Path folder) {
    this.folder = folder;
  }

  public static void main(String... arguments) throws IOException {
    new Tour(Path.of(arguments[0])).make();
    System.exit(0); // the browser's threads would wait
  }

  private void make() throws IOException {
    Files.createDirectories(folder.resolve("tour"));
    say(
        "# Tour",
        "",
        "The pages as they are now, made by `./emr tour` from invented patients. Pages");
    say(
        "that terminal and portal share are shown at a terminal, and the chart at both. Pictures are");
    say("three quarters of the pages' size.", "");
    terminal();
    emergency();
    portal();
    operator();
    Files.writeString(folder.resolve("tour.md"), String.join("\n", document) + "\n", UTF_8);
    System.out.println(folder.resolve("tour.md"));
  }

  private void terminal() {
    URI base = installation.hospital("south").resolve("/terminal/");
    chapter("At a hospital's terminal");
    try (Visit visit = new Visit(base, WIDE)) {
      visit.open("sign-in.xhtml");
      visit.picture("sign-in", "Sign in, in the language of one's choice.");
      visit.signIn("dr.south");
      visit.open("home.xhtml");
      visit.firstDay();
      String patient = visit.register("Mori", "Aiko", "森 愛子", "モリ アイコ", "14 Mar 1959", "0042-7781");
      if (visit.registered) {
        new Past(installation, patient).make();
      }
      String twin = visit.register("Mori", "Akiko", "森 明子", "モリ アキコ", "2 Sep 1961", "0042-7790");
      visit.entry(patient);
      visit.picture(
          "entry",
          "An entry: note left, numbers right, warnings where they arise, the draft kept as one types.");
      visit.click("#review");
      visit.picture(
          "sign",
          "Review and sign: the name and the birth date once more, and when it goes to the centre.");
      visit.click("#sign-go");
      visit.draft(twin);
      visit.open("home.xhtml");
      visit.picture("home", "Home: who was seen today, drafts, what waits, what needs a person.");
      visit.search("mori");
      visit.picture("search", "Search in any script; letters that differ are marked.");
      visit.open("chart.xhtml?patient=" + patient);
      visit.picture("summary", "Summary, with the strip that warns of a similar name.");
      for (String page : List.of("timeline", "results", "documents", "outside")) {
        visit.ifThere(page, patient);
      }
      visit.open("results.xhtml?patient=" + patient);
      visit.open(visit.find("main tbody th a"));
      visit.picture(
          "plot", "A course, with the reference as a band and the table of the same values.");
      visit.record(patient);
      visit.versions(patient);
      visit.child();
      visit.open("rights.xhtml?patient=" + patient);
      visit.picture("rights", "Who may read and who may add.");
      visit.open("seen.xhtml?patient=" + patient);
      visit.picture("seen", "Who saw this chart, and by which right.");
      visit.paper("report.xhtml?patient=" + patient);
      visit.picture("report-paper", "The same, signed by the centre, on paper for the patient.");
      visit.onScreen();
      visit.open("policies.xhtml");
      visit.picture("policies", "What this hospital has permitted for all of its patients.");
      visit.open("outbox.xhtml");
      visit.picture(
          "outbox", "Outbox: every record's way to the centre; send or recall several at once.");
      visit.open("stamps.xhtml");
      visit.picture("stamps", "Stamps: text one writes often, put in by `;word` and Tab.");
      visit.open("keys.xhtml");
      visit.picture("help", "Keys, how it works, version, conformance and licences.");
      visit.open("account.xhtml");
      visit.picture("account", "Password and second factor.");

      chapter("The same in other ways");
      visit.show("chart.xhtml?patient=" + patient, "dark", "", WIDE);
      visit.picture("summary-dark", "Dark.");
      visit.show("chart.xhtml?patient=" + patient, "contrast", "", WIDE);
      visit.picture("summary-contrast", "High contrast.");
      visit.show("outbox.xhtml", "light", "compact", WIDE);
      visit.picture("outbox-compact", "Compact.");
      visit.show("chart.xhtml?patient=" + patient, "light", "", PHONE);
      visit.picture("summary-phone", "On a telephone.");
      for (String page : List.of("home", "entry", "timeline", "results", "outbox", "patients")) {
        visit.show(page + ".xhtml?patient=" + patient, "light", "", PHONE);
        visit.picture(page + "-phone", "On a telephone: " + page + ".");
      }
      visit.show("timeline.xhtml?patient=" + patient, "contrast", "", WIDE);
      visit.picture("timeline-contrast", "The timeline in high contrast.");
      visit.paper("timeline.xhtml?patient=" + patient);
      visit.picture("timeline-paper", "The same on paper.");
    }
    try (Visit visit = new Visit(base, WIDE, "ja-JP")) {
      visit.signIn("nurse.south");
      visit.search("モリ");
      visit.picture("search-ja", "日本語。カナで検索。");
      visit.open(visit.find("main tbody th a"));
      visit.picture("summary-ja", "サマリー。");
      visit.open("outbox.xhtml");
      visit.picture("outbox-ja", "送信箱。");
    }
    try (Visit visit = new Visit(base, WIDE)) {
      visit.signIn("admin.south");
      chapter("For the hospital's administrator");
      visit.open("staff.xhtml");
      visit.picture("staff", "Staff and accounts.");
      visit.open("settings.xhtml");
      visit.picture("settings", "How long records wait, and where the centre is.");
    }
  }

  private void emergency() {
    chapter("In an emergency");
    String patient;
    try (Visit visit = visit("north")) {
      visit.signIn("dr.north");
      patient = visit.register("Ito", "Naoki", "伊藤 直樹", "イトウ ナオキ", "3 Jul 1972", "N-20417");
      if (visit.registered) {
        new Past(installation, patient).makeStay();
      }
    }
    try (Visit visit = visit("south")) {
      visit.signIn("dr.south");
      visit.emergency(patient);
    }
    try (Visit visit = visit("north")) {
      visit.signIn("admin.north");
      visit.open("emergencies.xhtml");
      visit.picture(
          "emergencies", "The patient's hospital reviews it: who, why and what, and no contents.");
    }
  }

  private Visit visit(String hospital) {
    return new Visit(installation.hospital(hospital).resolve("/terminal/"), WIDE);
  }

  private void portal() {
    chapter("At the centre's portal, for hospitals without a server");
    try (Visit visit = new Visit(installation.portal().resolve("/portal/"), WIDE)) {
      visit.signIn("dr.east");
      visit.open("home.xhtml");
      visit.picture("portal-home", "Home.");
      String patient = visit.register("Kimura", "Sora", "木村 空", "キムラ ソラ", "21 May 1990", "E-118");
      if (visit.registered) {
        visit.entry(patient);
        visit.click("#review");
        visit.click("#sign-go");
      }
      visit.open("chart.xhtml?patient=" + patient);
      visit.picture("portal-chart", "A chart, as a practice without a server sees it.");
    }
  }

  private void operator() {
    chapter("For the centre's operator");
    try (Visit visit = new Visit(installation.portal().resolve("/portal/operator/"), WIDE)) {
      visit.signIn("operator");
      visit.open("home.xhtml");
      visit.picture("operator-home", "Hospitals and their links; never a patient.");
      visit.open("audit.xhtml");
      visit.picture("operator-audit", "The audit trail.");
      visit.open("charges.xhtml");
      visit.picture("operator-charges", "Usage and charges, computed from the audit trail alone.");
      visit.open("tariffs.xhtml");
      visit.picture("operator-tariffs", "Tariffs.");
      visit.open("partners.xhtml");
      visit.picture("operator-partners", "Partners' systems, their keys and what they may do.");
      visit.open("onboard.xhtml");
      visit.picture("operator-onboard", "A hospital joins.");
      visit.open("hospital.xhtml?id=south");
      visit.picture("operator-hospital", "A hospital, its certificates and its link.");
      visit.open("staff.xhtml");
      visit.picture("operator-staff", "Who may sign in at the portal.");
    }
  }

  private void chapter(String title) {
    say("## " + title, "");
  }

  private void say(String... lines) {
    document.addAll(List.of(lines));
  }

  /** One person at one browser. */
  private final class Visit implements AutoCloseable {

    private final BrowserContext context;
    private final Page page;
    private final URI base;

    /** Whether the last patient asked for was not known before. */
    private boolean registered;

    Visit(URI base, int width) {
      this(base, width, "en-GB");
    }

    Visit(URI base, int width, String language) {
      this.base = base;
      this.context =
          browser.newContext(
              new Browser.NewContextOptions()
                  .setIgnoreHTTPSErrors(true)
                  .setLocale(language)
                  .setReducedMotion(ReducedMotion.REDUCE) // colours that fade are in no theme
                  .setDeviceScaleFactor(SCALE)
                  .setViewportSize(width, 820));
      this.page = context.newPage();
      context.setDefaultTimeout(60_000);
    }

    void open(String path) {
      page.navigate(base.resolve(path).toString());
    }

    String find(String link) {
      return page.locator(link).first().getAttribute("href");
    }

    void signIn(String user) {
      open("home.xhtml");
      page.locator("#user").fill(user);
      page.locator("#password").fill(Installation.DEMO_PASSWORD);
      click("#go");
    }

    @SuppressWarnings("deprecation") // a click alone waits for no page
    void click(String button) {
      page.waitForNavigation(page.locator(button).first()::click);
    }

    /** Once for each person: on a later day the picture of the first stays. */
    void firstDay() {
      String name = "first-day";
      String words =
          "The first page of a first day: a short guide, and empty lists that say what will stand"
              + " there.";
      if (page.locator("#guide-end").count() > 0) {
        picture(name, words);
        click("#guide-end");
      } else {
        show(name, words);
      }
    }

    void search(String words) {
      open("patients.xhtml");
      page.locator("#query").fill(words);
      click("#search-go");
    }

    String register(
        String family, String given, String kanji, String kana, String born, String number) {
      search(number);
      Optional<String> known =
          page.locator("main tbody th a").all().stream()
              .map(link -> link.getAttribute("href"))
              .findFirst();
      registered = known.isEmpty();
      if (registered) {
        click("#register-open");
        page.locator("#family").fill(family);
        page.locator("#given").fill(given);
        page.locator("#kanji").fill(kanji);
        page.locator("#kana").fill(kana);
        page.locator("#sex").selectOption("female");
        page.locator("#born").fill(born);
        page.locator("#number").fill(number);
        click("#register-go");
      }
      return patient(known.orElseGet(page::url));
    }

    private static String patient(String address) {
      Matcher patient = PATIENT.matcher(address);
      if (!patient.find()) {
        throw new IllegalStateException("no chart: " + address);
      }
      return patient.group(1);
    }

    void entry(String patient) {
      open("entry.xhtml?patient=" + patient);
      page.locator("#reason").fill("Follow-up");
      page.locator("#subjective").fill("Sleeps better. No more dizziness in the morning.");
      page.locator("#objective").fill("Heart sounds regular, no oedema.");
      page.locator("#assessment").fill("Hypertension, under control.");
      page.locator("#plan").fill("Go on as before; again in three months.");
      page.locator("[data-field='vital-BLOOD_PRESSURE'] input").fill("128/82");
      page.locator("[data-field='vital-PULSE'] input").fill("71");
      page.locator("[data-field='vital-WEIGHT'] input").fill("58.5");
      coded("problem", "Insomnia");
      coded("drug", "Amlodipine 5 mg tablet");
      page.locator("[data-field=drug] input[id$=dosage]").first().fill("1 tablet every morning");
      page.locator("#upload")
          .setInputFiles(
              new FilePayload("letter.txt", "text/plain", "Dear colleague".getBytes(UTF_8)));
      page.locator("[data-emr=file-list] button[data-file]").waitFor();
      page.waitForTimeout(2_500);
      page.evaluate("() => { document.activeElement.blur(); window.scrollTo(0, 0); }");
    }

    private void coded(String field, String words) {
      page.locator("[data-field='" + field + "'] .ui-autocomplete input[type=text]")
          .first()
          .fill(words);
      page.keyboard().press("Escape");
    }

    void draft(String patient) {
      open("entry.xhtml?patient=" + patient);
      page.locator("#subjective").fill("Coughs since Monday.");
      page.waitForTimeout(3_000);
    }

    void record(String patient) {
      open("chart.xhtml?patient=" + patient);
      page.locator("main .items a").first().click();
      page.waitForLoadState();
      picture("record", "A record: its versions, what it says, its receipt and its way.");
    }

    /** A problem to which the other hospital added; one is there only since the past is made. */
    void versions(String patient) {
      open("timeline.xhtml?period=all&kind=problems&patient=" + patient);
      Locator added =
          page.locator("main tbody tr", new Page.LocatorOptions().setHasText("added to"));
      if (added.count() > 0) {
        added.first().locator("th a").click();
        page.waitForLoadState();
        picture("versions", "What another hospital added, beside the original.");
      }
    }

    /** A child of two years, whose weight was written down each season. */
    void child() {
      LocalDate born = LocalDate.now().minusYears(2);
      String child = register("Kato", "Mei", "加藤 芽衣", "カトウ メイ", born.toString(), "0042-7802");
      if (registered) {
        new Past(installation, child).makeChildhood();
      }
      open("results.xhtml?patient=" + child);
      if (page.locator("main tbody th a").count() > 0) {
        open(find("main tbody th a"));
        picture("growth", "A child among the growth curves of the World Health Organization.");
      }
    }

    /** Opens the chart of another hospital's patient, without a right. */
    void emergency(String patient) {
      open("emergency.xhtml?patient=" + patient);
      page.locator("#reason").selectOption("CANNOT_SPEAK");
      page.locator("#words").fill("Found unconscious, brought by ambulance");
      page.evaluate("() => { document.activeElement.blur(); window.scrollTo(0, 0); }");
      picture("emergency", "Emergency access: a reason, words and the password once more.");
      page.locator("#password").fill(Installation.DEMO_PASSWORD);
      click("#glass-break");
      open("chart.xhtml?patient=" + patient);
      picture("emergency-chart", "A chart that is open in an emergency, and for how long.");
      click("#glass-end");
    }

    void ifThere(String name, String patient) {
      open("chart.xhtml?patient=" + patient);
      if (page.locator(".rail a[data-page='" + name + "']").count() > 0) {
        open(name + ".xhtml?patient=" + patient);
        page.waitForTimeout(1_000);
        picture(name, page.locator("h1").first().innerText() + ".");
      }
    }

    void show(String path, String theme, String density, int width) {
      page.setViewportSize(width, 820);
      open(path);
      page.evaluate(
          "([theme, density]) => { const d = document.documentElement.dataset; d.theme = theme;"
              + " if (density) { d.density = density; } }",
          List.of(theme, density));
    }

    void paper(String path) {
      show(path, "light", "", WIDE);
      page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
    }

    void onScreen() {
      page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
    }

    void picture(String name, String words) {
      page.waitForFunction("() => !document.querySelector('[data-card][aria-busy=true]')");
      Palette.write(page.screenshot(), folder.resolve("tour/" + name + ".png"));
      show(name, words);
    }

    private void show(String name, String words) {
      say(words, "", "![" + name + "](tour/" + name + ".png)", "");
    }

    @Override
    public void close() {
      context.close();
    }
  }
}
