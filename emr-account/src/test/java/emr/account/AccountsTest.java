package emr.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emr.exchange.record.Refusal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.crypto.spec.SecretKeySpec;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccountsTest {

  private static final String NAME = "Ada Lovelace";
  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
  private static final String PASSWORD = "demo-Only-2026";
  private static final String KEPT = Passwords.hash(PASSWORD);

  private final JdbcDataSource database = new JdbcDataSource();
  private Connection open;
  private Accounts accounts;

  @BeforeEach
  void make() throws SQLException {
    database.setURL("jdbc:h2:mem:" + UUID.randomUUID());
    open = database.getConnection();
    sql(
        "create table staff (user_name varchar(64) primary key, password varchar(400) not null,"
            + " active boolean default true not null, epoch int default 0 not null, must_change"
            + " boolean default false not null, second_factor varbinary(200), second_factor_step"
            + " bigint default 0 not null, recovery varchar(1000) default '' not null)");
    sql(
        "create table failed_sign_in (subject char(64) primary key, failures int not null, last_at"
            + " timestamp(9) with time zone not null)");
    sql(
        "insert into staff (user_name, password) values ('ada', '"
            + KEPT
            + "'), ('ben', '"
            + KEPT
            + "')");
    accounts = again();
  }

  @AfterEach
  void close() throws SQLException {
    open.close();
  }

  /** As after a restart. */
  private Accounts again() {
    return new Accounts(database, "staff", new SecretKeySpec(new byte[32], "AES"));
  }

  @Test
  void whoHasTheRightPasswordIsLetIn() {
    Ticket ticket = signIn("Ada ", PASSWORD, NOON).ticket();
    assertThat(ticket).isEqualTo(new Ticket("ada", 0, NOON, false));
  }

  @Test
  void wrongUnknownAndSwitchedOffGetOneAnswer() throws SQLException {
    sql("update staff set active = false where user_name = 'ben'");
    assertThat(signIn("ada", "wrong", NOON))
        .isEqualTo(signIn("nobody", PASSWORD, NOON))
        .isEqualTo(signIn("ben", PASSWORD, NOON))
        .isEqualTo(Verdict.REFUSED);
  }

  @Test
  void afterAFewFailuresEvenTheRightPasswordMustWaitAndARestartForgetsNothing() {
    fail("ada", 5);
    assertThat(signIn("ada", PASSWORD, NOON)).isEqualTo(Verdict.later(Duration.ofSeconds(2)));
    assertThat(again().signIn(attempt("ada", PASSWORD, ""), NOON).mustWait()).isTrue();
    assertThat(signIn("ada", PASSWORD, NOON.plusSeconds(2)).ticket()).isNotNull();
    assertThat(signIn("ada", "wrong", NOON.plusSeconds(2)))
        .as("forgotten")
        .isEqualTo(Verdict.REFUSED);
  }

  @Test
  void aNameThatNobodyHasIsDelayedAlike() {
    fail("nobody", 5);
    assertThat(signIn("nobody", PASSWORD, NOON)).isEqualTo(Verdict.later(Duration.ofSeconds(2)));
  }

  @Test
  void anothersFailuresDelayNobody() {
    fail("ada", 5);
    assertThat(signIn("ben", PASSWORD, NOON).ticket()).isNotNull();
  }

  @Test
  void whoTriesManyNamesIsDelayedAtTheirAddressAndNobodyElsewhere() {
    for (int i = 0; i < Delay.OF_ADDRESS.free(); i++) {
      signIn("name" + i, "Summer-2026!", NOON);
    }
    assertThat(signIn("ada", PASSWORD, NOON).mustWait()).isTrue();
    var elsewhere = new Attempt("ada", PASSWORD, "", "192.0.2.77");
    assertThat(accounts.signIn(elsewhere, NOON).ticket()).isNotNull();
  }

  @Test
  void theManyAddressesOfOneSubscriberAreOne() {
    for (int i = 0; i < Delay.OF_ADDRESS.free(); i++) {
      accounts.signIn(new Attempt("name" + i, "x", "", "2001:db8:1:2::" + i), NOON);
    }
    var next = new Attempt("ada", PASSWORD, "", "2001:db8:1:2:ffff::1");
    assertThat(accounts.signIn(next, NOON).mustWait()).isTrue();
  }

  @Test
  void whoGuessesManyAtOnceGetsNoMoreTries() throws Exception {
    ExecutorService many = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Verdict>> guesses =
          java.util.Collections.nCopies(40, () -> signIn("ada", "wrong", NOON));
      long looked = 0;
      for (var verdict : many.invokeAll(guesses)) {
        looked += verdict.get().mustWait() ? 0 : 1;
      }
      assertThat(looked).isBetween(1L, (long) Delay.OF_USER.free());
    } finally {
      many.shutdownNow();
    }
  }

  @Test
  void namesThatWereTypedAreNotKeptInClear() throws SQLException {
    signIn("my secret password", "x", NOON);
    assertThat(text("select listagg(subject) from failed_sign_in"))
        .doesNotContain("secret")
        .doesNotContain("192");
  }

  @Test
  void aNewPasswordEndsAllSessionsButThisOne() {
    Ticket here = good(signIn("ada", PASSWORD, NOON));
    Ticket there = good(signIn("ada", PASSWORD, NOON));
    Ticket renewed =
        good(
            accounts.changePassword(
                here,
                attempt("ada", PASSWORD, ""),
                "seven blue giraffes",
                NAME,
                NOON.plusSeconds(60)));
    assertThat(renewed.since()).isEqualTo(NOON);
    assertThat(there.holds(renewed.epoch(), NOON)).isFalse();
    assertThat(signIn("ada", PASSWORD, NOON).ticket()).isNull();
    assertThat(signIn("ada", "seven blue giraffes", NOON).ticket()).isEqualTo(renewed);
  }

  @Test
  void aNewPasswordNeedsThePresentOneAndHasToBeGood() {
    Ticket ticket = good(signIn("ada", PASSWORD, NOON));
    assertThat(
            accounts.changePassword(
                ticket, attempt("ada", "wrong", ""), "seven blue giraffes", NAME, NOON))
        .isEqualTo(Verdict.REFUSED);
    for (String bad : List.of("short", "password1234", PASSWORD)) {
      assertThatThrownBy(
              () -> accounts.changePassword(ticket, attempt("ada", PASSWORD, ""), bad, NAME, NOON))
          .isInstanceOf(Refusal.class);
    }
    assertThatThrownBy(
            () ->
                accounts.changePassword(
                    ticket, attempt("ada", PASSWORD, ""), "ada ada ada ada", NAME, NOON))
        .isInstanceOf(Refusal.class);
    assertThatThrownBy(
            () ->
                accounts.changePassword(
                    ticket, attempt("ada", PASSWORD, ""), "J4xk-Lovelace-w2Lm", NAME, NOON))
        .isInstanceOf(Refusal.class);
    assertThat(signIn("ada", PASSWORD, NOON).ticket()).isNotNull();
  }

  @Test
  void aFirstPasswordHasToBeChanged() {
    Ticket before = good(signIn("ada", PASSWORD, NOON));
    String first = accounts.giveFirstPassword("ada");
    Ticket ticket = good(signIn("ada", first, NOON));
    assertThat(ticket.mustChange()).isTrue();
    assertThat(before.holds(ticket.epoch(), NOON)).isFalse();
    Ticket own =
        good(
            accounts.changePassword(
                ticket, attempt("ada", first, ""), "seven blue giraffes", NAME, NOON));
    assertThat(own.mustChange()).isFalse();
  }

  @Test
  void aTicketHoldsForTwelveHours() {
    Ticket ticket = good(signIn("ada", PASSWORD, NOON));
    assertThat(ticket.holds(0, NOON.plus(Ticket.LONGEST).minusSeconds(1))).isTrue();
    assertThat(ticket.holds(0, NOON.plus(Ticket.LONGEST))).isFalse();
    assertThat(ticket.holds(1, NOON)).isFalse();
  }

  @Test
  void whoHasASecondFactorNeedsItsCodeAndEachCodeOnce() throws SQLException {
    SecondFactor factor = SecondFactor.fresh("North", "ada");
    Accounts.Enrolled enrolled = enrolled(factor);
    assertThat(enrolled.recoveryCodes()).hasSize(10).doesNotHaveDuplicates();
    assertThat(text("select rawtohex(second_factor) from staff where user_name = 'ada'"))
        .doesNotContainIgnoringCase(java.util.HexFormat.of().formatHex(factor.secret()));

    Instant later = NOON.plusSeconds(60);
    String code = code(factor, later);
    assertThat(signIn("ada", PASSWORD, later).ticket()).as("without").isNull();
    assertThat(signIn("ada", PASSWORD, code(factor, NOON), NOON).ticket()).as("used").isNull();
    assertThat(signIn("ada", PASSWORD, code, later).ticket()).isNotNull();
    assertThat(signIn("ada", PASSWORD, code, later).ticket()).as("twice").isNull();
  }

  @Test
  void aRecoveryCodeLetsInOnce() throws SQLException {
    Accounts.Enrolled enrolled = enrolled(SecondFactor.fresh("North", "ada"));
    String code = enrolled.recoveryCodes().get(3);
    assertThat(text("select recovery from staff where user_name = 'ada'")).doesNotContain(code);
    assertThat(signIn("ada", PASSWORD, code.toLowerCase(java.util.Locale.ROOT), NOON).ticket())
        .isNotNull();
    assertThat(signIn("ada", PASSWORD, code, NOON).ticket()).isNull();
    assertThat(signIn("ada", PASSWORD, enrolled.recoveryCodes().get(4), NOON).ticket()).isNotNull();
  }

  @Test
  void aSecondFactorIsNotTakenUntilItsAppWasShownToWork() {
    Ticket ticket = good(signIn("ada", PASSWORD, NOON));
    SecondFactor factor = SecondFactor.fresh("North", "ada");
    assertThat(accounts.enrol(ticket, attempt("ada", PASSWORD, "000000"), factor, NOON).verdict())
        .isEqualTo(Verdict.REFUSED);
    assertThat(
            accounts
                .enrol(ticket, attempt("ada", "wrong", code(factor, NOON)), factor, NOON)
                .verdict())
        .isEqualTo(Verdict.REFUSED);
    assertThat(accounts.hasSecondFactor("ada")).isFalse();
  }

  @Test
  void aLostSecondFactorIsTakenAway() {
    enrolled(SecondFactor.fresh("North", "ada"));
    assertThat(accounts.footings().get("ada")).isEqualTo(new Footing(false, true));
    accounts.takeSecondFactor("ada");
    assertThat(signIn("ada", PASSWORD, NOON).ticket()).isNotNull();
    assertThatThrownBy(() -> accounts.takeSecondFactor("nobody")).isInstanceOf(Refusal.class);
  }

  private Accounts.Enrolled enrolled(SecondFactor factor) {
    Ticket ticket = good(signIn("ada", PASSWORD, NOON));
    return accounts.enrol(ticket, attempt("ada", PASSWORD, code(factor, NOON)), factor, NOON);
  }

  private static String code(SecondFactor factor, Instant at) {
    return OneTimeCodes.code(factor.secret(), OneTimeCodes.stepAt(at));
  }

  private static Ticket good(Verdict verdict) {
    assertThat(verdict.ticket()).isNotNull();
    return verdict.ticket();
  }

  private void fail(String user, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(signIn(user, "wrong", NOON)).isEqualTo(Verdict.REFUSED);
    }
  }

  private Verdict signIn(String user, String password, Instant now) {
    return signIn(user, password, "", now);
  }

  private Verdict signIn(String user, String password, String code, Instant now) {
    return accounts.signIn(attempt(user, password, code), now);
  }

  private static Attempt attempt(String user, String password, String code) {
    return new Attempt(user, password, code, "192.0.2.1");
  }

  private void sql(String text) throws SQLException {
    try (Statement statement = open.createStatement()) {
      statement.execute(text);
    }
  }

  private String text(String query) throws SQLException {
    try (Statement statement = open.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
