package emr.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.Cookie;
import emr.system.Authenticator;
import emr.system.Installation;
import emr.system.Staff;
import emr.system.Terminal;
import emr.system.Web;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may sign in, with what, and what ends a session: at a terminal and at the portal alike. */
class AccountsIT {

  private static final Pattern FIRST = Pattern.compile("First password of (\\S+): (\\S+) ");
  private static final String OWN = "seven blue giraffes in the rain";

  /** Where people sign in. */
  enum Where {
    TERMINAL("admin.north", "staff.xhtml"),
    PORTAL("operator", "operator/staff.xhtml");

    private final String administrator;
    private final String staff;

    Where(String administrator, String staff) {
      this.administrator = administrator;
      this.staff = staff;
    }

    Desk desk() {
      return this == TERMINAL ? Desk.atTerminal("north") : Desk.atPortal();
    }

    Desk administrator() {
      return Desk.of(administrator).open(staff);
    }
  }

  /** A person whose account was just opened. */
  private record Newcomer(String user, String firstPassword) {}

  private static Newcomer newcomer(Where where, Desk administrator) {
    String user = "t." + Staff.word();
    administrator.open(where.staff);
    administrator.find("#new-user").fill(user);
    administrator.find("#new-name").fill(Staff.name());
    if (where == Where.PORTAL) {
      administrator.find("#new-place").selectOption("east");
    }
    administrator.find("#new-role-of").selectOption("PHYSICIAN");
    administrator.press("#staff-add");
    return new Newcomer(user, firstPassword(administrator));
  }

  private static String firstPassword(Desk administrator) {
    Matcher first = FIRST.matcher(administrator.text());
    assertThat(first.find()).as(administrator.text()).isTrue();
    return first.group(2);
  }

  /** Signs a newcomer in and has them choose {@link #OWN}. */
  private static Desk settled(Where where, Newcomer person) {
    Desk desk = where.desk();
    desk.signIn(person.user(), person.firstPassword());
    choose(desk, person.firstPassword(), OWN);
    return desk;
  }

  private static void choose(Desk desk, String present, String fresh) {
    desk.find("#present").fill(present);
    desk.find("#fresh").fill(fresh);
    desk.find("#again").fill(fresh);
    desk.press("#password-change");
  }

  /** Does something to the account of a person, on the page of staff. */
  private static void change(Desk administrator, Where where, String user, String act) {
    administrator.open(where.staff);
    Locator row = administrator.find("tr", user);
    row.locator("summary").click();
    administrator.follow(row.locator("button", new Locator.LocatorOptions().setHasText(act)));
  }

  private static boolean asksToSignIn(Desk desk) {
    desk.page().reload();
    return desk.find("#go").count() == 1;
  }

  @ParameterizedTest
  @EnumSource
  void aNewcomerChoosesAPasswordOfTheirOwnBeforeAnythingElse(Where where) {
    try (Desk administrator = where.administrator()) {
      assertThat(administrator.barriers()).isEmpty();
      Newcomer person = newcomer(where, administrator);
      assertThat(administrator.find("tr", person.user()).innerText()).contains("First password");
      assertThat(administrator.barriers()).isEmpty();
      try (Desk desk = where.desk()) {
        desk.signIn(person.user(), person.firstPassword());
        assertThat(desk.text()).contains("given to you by somebody else");
        assertThat(desk.barriers()).isEmpty();
        desk.open("home.xhtml");
        assertThat(desk.find("#password-change").count()).as("leads back").isEqualTo(1);

        choose(desk, person.firstPassword(), "password1234");
        assertThat(desk.text()).contains("become known elsewhere");
        assertThat(desk.barriers()).isEmpty();
        choose(desk, person.firstPassword(), "too short");
        assertThat(desk.text()).contains("shorter than 12 characters");
        choose(desk, "not the present one", OWN);
        assertThat(desk.text()).contains("not your present password");
        choose(desk, person.firstPassword(), OWN);
        assertThat(desk.text()).contains("Your password is changed");
        desk.open("patients.xhtml");
        assertThat(desk.find("#register-open").count()).isEqualTo(1);
      }
      try (Desk desk = where.desk()) {
        desk.signIn(person.user(), person.firstPassword());
        assertThat(desk.text()).as("the first password").contains("do not belong together");
        desk.signIn(person.user(), OWN);
        assertThat(desk.find("#go").count()).isZero();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whoHasSetUpASecondFactorIsAskedForItsCode(Where where) {
    try (Desk administrator = where.administrator()) {
      Newcomer person = newcomer(where, administrator);
      List<String> recovery;
      Authenticator app;
      try (Desk desk = settled(where, person)) {
        desk.open("account.xhtml");
        assertThat(desk.barriers()).isEmpty();
        desk.press("#factor-begin");
        assertThat(desk.find("svg.qr path").count()).isEqualTo(1);
        assertThat(desk.barriers()).isEmpty();
        app = new Authenticator(desk.find("#factor-key").innerText());
        desk.find("#code").fill("000000");
        desk.find("#password").fill(OWN);
        desk.press("#factor-confirm");
        assertThat(desk.text()).contains("Code and password were not both right");
        desk.find("#code").fill(app.code());
        desk.find("#password").fill(OWN);
        desk.press("#factor-confirm");
        recovery = desk.find("#recovery-codes code").allInnerTexts();
        assertThat(recovery).hasSize(10);
        assertThat(desk.barriers()).isEmpty();
        desk.open("account.xhtml");
        assertThat(desk.find("#recovery-codes").count()).as("shown once").isZero();
      }
      String code = app.nextCode();
      assertThat(letsIn(where, person, "")).as("without a code").isFalse();
      assertThat(letsIn(where, person, code)).isTrue();
      assertThat(letsIn(where, person, code)).as("the same code").isFalse();
      assertThat(letsIn(where, person, recovery.get(0))).as("a recovery code").isTrue();
      assertThat(letsIn(where, person, recovery.get(0))).as("once").isFalse();

      change(administrator, where, person.user(), "Take the second factor away");
      assertThat(letsIn(where, person, "")).as("taken away").isTrue();
    }
  }

  private static boolean letsIn(Where where, Newcomer person, String code) {
    try (Desk desk = where.desk()) {
      desk.signIn(person.user(), OWN, code);
      return desk.find("#go").count() == 0;
    }
  }

  @ParameterizedTest
  @EnumSource
  void switchingOffAnotherRoleAndAnotherPasswordEndSessionsAtOnce(Where where) {
    try (Desk administrator = where.administrator()) {
      Newcomer person = newcomer(where, administrator);
      try (Desk here = settled(where, person);
          Desk there = where.desk()) {
        there.signIn(person.user(), OWN);
        here.open("account.xhtml");
        choose(here, OWN, OWN + " again");
        assertThat(asksToSignIn(there)).as("changed at another place").isTrue();
        assertThat(asksToSignIn(here)).isFalse();

        administrator.open(where.staff);
        Locator row = administrator.find("tr", person.user());
        row.locator("summary").click();
        row.locator("select").selectOption("CLERK");
        administrator.follow(
            row.locator("button", new Locator.LocatorOptions().setHasText("Give this role")));
        assertThat(administrator.find("tr", person.user()).innerText()).contains("Clerk");
        assertThat(asksToSignIn(here)).as("another role").isTrue();

        here.signIn(person.user(), OWN + " again");
        assertThat(here.find("#go").count()).isZero();
        change(administrator, where, person.user(), "Switch off");
        assertThat(asksToSignIn(here)).as("switched off").isTrue();
        here.signIn(person.user(), OWN + " again");
        assertThat(here.text()).contains("do not belong together");
        change(administrator, where, person.user(), "Switch on");
        here.signIn(person.user(), OWN + " again");
        assertThat(here.find("#go").count()).isZero();

        change(administrator, where, person.user(), "Give a first password");
        String first = firstPassword(administrator);
        assertThat(asksToSignIn(here)).as("a first password").isTrue();
        here.signIn(person.user(), first);
        assertThat(here.text()).contains("given to you by somebody else");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whoFailsTooOftenMustWaitWhetherOrNotTheNameExists(Where where) {
    try (Desk administrator = where.administrator();
        Desk desk = where.desk()) {
      Newcomer person = newcomer(where, administrator);
      for (String user : List.of(person.user(), "nobody." + Staff.word())) {
        for (int i = 0; i < 5; i++) {
          desk.signIn(user, "not the password");
          assertThat(desk.text()).contains("do not belong together");
        }
        desk.signIn(user, person.firstPassword());
        assertThat(desk.text()).as(user).containsPattern("looked at in \\d+ seconds, at \\d+ \\w+");
      }
      assertThat(desk.barriers()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void signingInGivesTheSessionAnIdThatNobodyHasSeen(Where where) {
    try (Desk desk = where.desk()) {
      desk.open("");
      List<String> before = sessions(desk);
      desk.signIn(where.administrator, Installation.DEMO_PASSWORD);
      assertThat(desk.find("#go").count()).isZero();
      List<String> after = sessions(desk);
      assertThat(after).isNotEmpty().doesNotContainAnyElementsOf(before);
      assertThat(before).as("there was one to be known").isNotEmpty();
    }
  }

  private static List<String> sessions(Desk desk) {
    return desk.page().context().cookies().stream()
        .filter(cookie -> cookie.name.contains("SESSIONID") || cookie.name.contains("emr-portal"))
        .map((Cookie cookie) -> cookie.value)
        .toList();
  }

  @Test
  void theHospitalsInterfaceJudgesAsItsPagesDo() {
    try (Desk administrator = Where.TERMINAL.administrator()) {
      Newcomer person = newcomer(Where.TERMINAL, administrator);
      assertThat(session(person.user(), person.firstPassword()).status())
          .as("a first password")
          .isEqualTo(403);
      settled(Where.TERMINAL, person).close();
      Terminal system = Terminal.signIn(Staff.INSTALLATION, "north", person.user(), OWN);
      assertThat(system.web().get("/outbox").status()).isEqualTo(200);
      change(administrator, Where.TERMINAL, person.user(), "Switch off");
      assertThat(system.web().get("/outbox").status()).as("switched off").isEqualTo(401);
    }
    String nobody = "nobody." + Staff.word();
    for (int i = 0; i < 5; i++) {
      assertThat(session(nobody, "not the password").status()).isEqualTo(401);
    }
    Web.Answer later = session(nobody, "not the password");
    assertThat(later.status()).isEqualTo(429);
    assertThat(later.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 300L);
  }

  private static Web.Answer session(String user, String password) {
    return Web.to(Staff.INSTALLATION.hospital("north").resolve("/api"), Staff.INSTALLATION)
        .post(
            "/session",
            JsonNodeFactory.instance.objectNode().put("user", user).put("password", password));
  }

  @Test
  void theHospitalsAdministratorOpensNoChart() {
    Staff.Patient patient = Staff.registered(Staff.of("dr.north"));
    try (Desk desk = Desk.of("admin.north")) {
      for (String page :
          List.of("chart.xhtml", "entry.xhtml", "record.xhtml", "patients.xhtml", "home.xhtml")) {
        desk.page()
            .navigate(
                Staff.INSTALLATION.hospital("north")
                    + "terminal/"
                    + page
                    + "?patient="
                    + patient.id());
        assertThat(desk.text()).as(page).doesNotContainIgnoringCase(patient.family());
      }
    }
    var web = Staff.of("admin.north").web();
    for (String path :
        List.of(
            "/patients/" + patient.id() + "/chart",
            "/records/Patient/" + patient.id() + "/history",
            "/patients?name=" + patient.family())) {
      var answer = web.get(path);
      assertThat(answer.status()).as(path).isBetween(400, 499);
      assertThat(answer.body()).doesNotContainIgnoringCase(patient.family());
    }
  }

  @Test
  void aHostedHospitalsAdministratorAdministersItsStaffAndOpensNoChart() {
    Where where = Where.PORTAL;
    String family = Staff.name();
    String patient;
    try (Desk physician = Desk.of("dr.east")) {
      patient = physician.register(family, "Ivy", "7 Jul 1967");
    }
    try (Desk operator = where.administrator()) {
      Newcomer person = newcomer(where, operator);
      try (Desk administrator = settled(where, person)) {
        administrator.page().navigate(Staff.INSTALLATION.portal() + "portal/staff.xhtml");
        assertThat(administrator.text()).as("a physician").doesNotContain("clerk.east");
        operator.open(where.staff);
        Locator row = operator.find("tr", person.user());
        row.locator("summary").click();
        row.locator("select").selectOption("ADMINISTRATOR");
        operator.follow(
            row.locator("button", new Locator.LocatorOptions().setHasText("Give this role")));

        administrator.signIn(person.user(), OWN);
        administrator.open("staff.xhtml");
        assertThat(administrator.text()).contains("clerk.east").doesNotContain("operator");
        assertThat(administrator.barriers()).isEmpty();
        for (String page : List.of("chart.xhtml", "entry.xhtml", "patients.xhtml")) {
          administrator
              .page()
              .navigate(Staff.INSTALLATION.portal() + "portal/" + page + "?patient=" + patient);
          assertThat(administrator.text()).as(page).doesNotContainIgnoringCase(family);
        }
        administrator.page().navigate(Staff.INSTALLATION.portal() + "portal/operator/staff.xhtml");
        assertThat(administrator.text()).as("the operator's").doesNotContain("Olga Operator");
      }
      operator.open("operator/audit.xhtml");
      assertThat(operator.text()).contains("opened the account " + person.user());
    }
  }
}
