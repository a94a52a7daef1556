package emr.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.ReducedMotion;
import emr.system.Installation;
import emr.system.Staff;
import emr.tour.Chromium;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One person at one browser. All share one process of the browser, and nothing else. */
final class Desk implements AutoCloseable {

  private static final Pattern PATIENT = Pattern.compile("[?&]patient=([^&]+)");
  private static final Browser BROWSER = Chromium.launch();

  private final BrowserContext context;
  private final Page page;
  private final URI folder;

  /** What Chromium says of a page that is answered with 404. */
  private static final String REFUSAL =
      "Failed to load resource: the server responded with a status of 404 ()";

  private final List<String> faults = new ArrayList<>();

  private Desk(URI folder) {
    this(folder, "en-GB");
  }

  /**
   * @param language that the browser asks for
   */
  private Desk(URI folder, String language) {
    this.folder = folder;
    this.context =
        BROWSER.newContext(
            new Browser.NewContextOptions()
                .setIgnoreHTTPSErrors(true)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setLocale(language)
                .setViewportSize(1280, 900));
    context.setDefaultTimeout(30_000);
    this.page = context.newPage();
    page.onPageError(faults::add);
    page.onConsoleMessage(
        said -> {
          if (said.type().equals("error")) {
            faults.add(said.text() + " " + said.location());
          }
        });
  }

  /** Before the terminal of a hospital; nobody is signed in. */
  static Desk atTerminal(String hospital) {
    return new Desk(Staff.INSTALLATION.hospital(hospital).resolve("/terminal/"));
  }

  /** Before the centre's portal. */
  static Desk atPortal() {
    return new Desk(Staff.INSTALLATION.portal().resolve("/portal/"));
  }

  /** {@code dr.north} at their own hospital's terminal, signed in. */
  static Desk of(String user) {
    return of(user, "en-GB");
  }

  /** The same with a browser that asks for a language. */
  static Desk of(String user, String language) {
    String hospital = user.substring(user.indexOf('.') + 1);
    boolean hosted = user.equals("operator") || hospital.equals("east");
    Desk desk =
        new Desk(
            hosted
                ? Staff.INSTALLATION.portal().resolve("/portal/")
                : Staff.INSTALLATION.hospital(hospital).resolve("/terminal/"),
            language);
    desk.signIn(user, Installation.DEMO_PASSWORD);
    assertThat(desk.page.locator("#password").count()).as(user + " is signed in").isZero();
    return desk;
  }

  void signIn(String user, String password) {
    signIn(user, password, "");
  }

  /**
   * @param code of the second factor
   */
  void signIn(String user, String password, String code) {
    page.navigate(folder.toString());
    page.locator("#user").fill(user);
    page.locator("#password").fill(password);
    page.locator("#code").fill(code);
    press("#go");
  }

  Page page() {
    return page;
  }

  /** Goes to a page of the terminal or the portal, such as {@code chart.xhtml?patient=…}. */
  Desk open(String path) {
    page.navigate(folder.resolve(path).toString());
    assertThat(page.locator("#main").count()).as(path + ": " + page.title()).isEqualTo(1);
    settle();
    return this;
  }

  /** Of a page of the terminal or the portal. */
  String address(String path) {
    return folder.resolve(path).toString();
  }

  /** Waits until every card of a chart has come, or has said that it could not. */
  void settle() {
    page.waitForFunction("() => !document.querySelector('[data-card][aria-busy=true]')");
  }

  /** Chooses the language of pages in the user menu. */
  void speak(String language) {
    open("home.xhtml");
    page.locator("summary.bar-user").click();
    page.locator("#language").selectOption(language);
    press("#choose");
  }

  /** Keeps a picture of the page, wide and narrow, beside the reports of the build. */
  void shoot(String name) {
    Path folder = Path.of("target", "screens");
    for (int width : new int[] {1440, 390}) {
      page.setViewportSize(width, 900);
      page.screenshot(
          new Page.ScreenshotOptions()
              .setFullPage(true)
              .setPath(folder.resolve(name + "-" + width + ".png")));
    }
    page.setViewportSize(1280, 900);
  }

  /** Presses a button and waits for the page it brings. */
  void press(String button) {
    follow(page.locator(button).first());
  }

  /** Presses a button or a link and waits for the page it brings. */
  @SuppressWarnings("deprecation") // a click alone waits for no page
  void follow(Locator leading) {
    page.waitForNavigation(leading::click);
  }

  /** What stands on the page, as a person reads it. */
  String text() {
    return page.locator("body").innerText();
  }

  Locator find(String selector, String text) {
    return page.locator(selector, new Page.LocatorOptions().setHasText(text));
  }

  Locator find(String selector) {
    return page.locator(selector);
  }

  /** Registers a patient through the form; gives the logical id. */
  String register(String family, String given, String born) {
    open("patients.xhtml");
    press("#register-open");
    page.locator("#family").fill(family);
    page.locator("#given").fill(given);
    page.locator("#sex").selectOption("female");
    page.locator("#born").fill(born);
    press("#register-go");
    Matcher patient = PATIENT.matcher(page.url());
    assertThat(patient.find()).as(page.url() + "\n" + text()).isTrue();
    return patient.group(1);
  }

  /** Writes an entry with one of each kind, up to its review. */
  void writeEntry(String patient, String words) {
    typeEntry(patient, words);
    press("#review");
    assertThat(page.locator("#sign-go").count()).as(text()).isEqualTo(1);
  }

  /** The same, not yet reviewed. */
  void typeEntry(String patient, String words) {
    open("entry.xhtml?patient=" + patient);
    page.locator("#reason").fill("Check-up");
    page.locator("#subjective").fill("Feels " + words);
    page.locator("#objective").fill("Looks well");
    page.locator("#assessment").fill("Healthy");
    page.locator("#plan").fill("Come again in a year");
    page.locator("[data-field='vital-PULSE'] input").fill("71");
    page.locator("[data-field='vital-BLOOD_PRESSURE'] input").fill("128/82");
    fillCoded("problem", words + " syndrome");
    fillCoded("allergy", words + " pollen");
    fillCoded("drug", words + " tablets 10 mg");
    attach(words + ".txt", "text/plain", words.getBytes(StandardCharsets.UTF_8));
  }

  /** Chooses a file on the page of an entry and waits until the draft has it. */
  void attach(String name, String type, byte[] content) {
    choose(name, type, content);
    attached(name).waitFor();
  }

  /** Chooses a file on the page of an entry. */
  void choose(String name, String type, byte[] content) {
    page.locator("#upload").setInputFiles(new FilePayload(name, type, content));
  }

  /** The line of a file that the draft has. */
  Locator attached(String name) {
    return find("[data-emr=file-list] li:has(button[data-file])", name);
  }

  /** Types into the first line of a coded list of an entry. */
  void fillCoded(String field, String words) {
    page.locator("[data-field='" + field + "'] .ui-autocomplete input[type=text]")
        .first()
        .fill(words);
    page.keyboard().press("Escape");
  }

  /** Everything that axe finds against WCAG 2.2 AA on this page. */
  List<String> barriers() {
    return found(axe().withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")));
  }

  /** Within the page itself, and without a word on what is as it should be: that takes longest. */
  @SuppressWarnings("deprecation") // the other mode opens a page of its own each time
  private AxeBuilder axe() {
    var brief = new AxeRunOptions();
    brief.setResultTypes(List.of("violations"));
    return new AxeBuilder(page).options(brief).setLegacyMode(true);
  }

  private static List<String> found(AxeBuilder axe) {
    return axe.analyze().getViolations().stream()
        .map(
            (Rule rule) ->
                rule.getId() + ": " + rule.getHelp() + " " + rule.getNodes().get(0).getHtml())
        .toList();
  }

  /** What axe finds of colours alone: all that another colouring of the same page can change. */
  List<String> paleness() {
    return found(axe().withRules(List.of("color-contrast", "link-in-text-block")));
  }

  /** Opens a page that is not for this person; that the browser says so is no fault. */
  void openRefused(String path) {
    page.waitForConsoleMessage(
        new Page.WaitForConsoleMessageOptions().setPredicate(Desk::isOfARefusal),
        () -> assertThat(page.navigate(address(path)).status()).isEqualTo(404));
    faults.removeIf(fault -> fault.startsWith(REFUSAL));
  }

  private static boolean isOfARefusal(ConsoleMessage said) {
    return said.text().equals(REFUSAL);
  }

  /** What the browser complained of since it was opened: scripts, policies, missing parts. */
  List<String> faults() {
    return List.copyOf(faults);
  }

  /**
   * Where a journey ends nothing stands in anybody's way, and a page that broke its own content
   * policy is a fault of every journey.
   */
  @Override
  public void close() {
    try (context) {
      if (!page.isClosed() && page.locator("#main").count() == 1) {
        assertThat(barriers()).as(page.url()).isEmpty();
      }
    }
    assertThat(faults).filteredOn(fault -> fault.contains("Content Security Policy")).isEmpty();
  }
}
