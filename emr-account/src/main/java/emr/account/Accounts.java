package emr.account;

import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.logging.Logger;
import javax.crypto.SecretKey;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Judges who signs in, and changes what they sign in with. Failures are counted for good only
 * outside of a transaction that may be rolled back: {@link #signIn}, {@link #prove}, {@link
 * #changePassword} and {@link #enrol} are called without one.
 */
public final class Accounts {

  private static final Logger LOG = Logger.getLogger("emr.account");

  private final AccountTable table;
  private final FailedSignIns failed;
  private final AccountKey key;
  private final String nobodys = Passwords.hash(UUID.randomUUID().toString());

  /**
   * @param people the table of people, with the columns that {@link AccountTable} names
   */
  public Accounts(DataSource database, String people, SecretKey master) {
    var sql = new Sql(database);
    this.table = new AccountTable(sql, people);
    this.failed = new FailedSignIns(sql);
    this.key = new AccountKey(master);
  }

  /**
   * Lets somebody in, or not. A name that nobody has takes the same time and gets the same answer;
   * while an attempt must wait, nothing is looked at.
   */
  public Verdict signIn(Attempt attempt, Instant now) {
    return judge(attempt, now, row -> hasSecondFactor(row, attempt.code(), now));
  }

  private Verdict judge(Attempt attempt, Instant now, Predicate<AccountTable.Row> also) {
    String user = key.hash("user", attempt.user());
    String address = key.hash("address", network(attempt.address()));
    Duration wait = failed.admit(address, Delay.OF_ADDRESS, now);
    if (wait.isZero()) {
      wait = failed.admit(user, Delay.OF_USER, now);
    }
    Optional<AccountTable.Row> row = table.find(attempt.user());
    if (!wait.isZero()) {
      LOG.warning(() -> "sign-in not looked at: " + known(row) + " from " + attempt.address());
      return Verdict.later(wait);
    }
    boolean right =
        Passwords.matches(attempt.password(), row.map(AccountTable.Row::password).orElse(nobodys));
    if (!right || row.isEmpty() || !row.get().active() || !also.test(row.get())) {
      LOG.warning(() -> "sign-in refused: " + known(row) + " from " + attempt.address());
      failed.forgetBefore(now.minus(Delay.OF_USER.memory()));
      return Verdict.REFUSED;
    }
    failed.forget(user);
    failed.giveBack(address);
    LOG.info(() -> "signed in: " + attempt);
    return Verdict.good(ticket(row.get(), now));
  }

  /** What is typed for a name may be a password: names that nobody has are not told. */
  private static String known(Optional<AccountTable.Row> row) {
    return row.map(AccountTable.Row::user).orElse("a name that nobody has");
  }

  private static Ticket ticket(AccountTable.Row row, Instant now) {
    return new Ticket(row.user(), row.epoch(), now, row.mustChange());
  }

  /** An address, or the network of 2⁶⁴ addresses that one subscriber has with version 6. */
  @SuppressWarnings("UnusedException") // then it is no address, and counts as what it is
  private static String network(String address) {
    try {
      return InetAddress.getByName(address) instanceof Inet6Address six
          ? HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), 8))
          : address;
    } catch (UnknownHostException e) {
      return address;
    }
  }

  private boolean hasSecondFactor(AccountTable.Row row, String code, Instant now) {
    if (row.secret() == null) {
      return true;
    }
    String digits = code.replaceAll("\\s", "");
    OptionalLong step =
        OneTimeCodes.step(key.open(row.secret(), row.user()), digits, now, row.lastStep());
    if (step.isPresent()) {
      return table.take(row.user(), step.getAsLong());
    }
    return RecoveryCodes.without(code, row.recovery(), key)
        .map(rest -> table.useUp(row.user(), row.recovery(), rest))
        .orElse(false);
  }

  /**
   * Gives who has {@code ticket} the password {@code fresh}, if they prove themselves with the
   * present one. Their other sessions end.
   *
   * @param name the person's, which is no password; empty if it is not known
   * @return with a new ticket, for as long as the old one
   * @throws Refusal {@link Reason#UNPROCESSABLE} if it breaks the {@link PasswordRule} or is the
   *     present one
   */
  public Verdict changePassword(
      Ticket ticket, Attempt proof, String fresh, String name, Instant now) {
    require(fresh, ticket.user(), name);
    Verdict verdict = prove(ticket, proof, now);
    if (verdict.ticket() == null) {
      return verdict;
    }
    if (Passwords.normalised(fresh).equals(Passwords.normalised(proof.password()))) {
      throw new Refusal(Reason.UNPROCESSABLE, "The new password is the present one.");
    }
    table.changePassword(ticket.user(), Passwords.hash(fresh), false);
    LOG.info(() -> "password changed: " + ticket.user());
    return renewed(ticket);
  }

  /** What became of enrolling: the codes are shown once and kept by nobody. */
  public record Enrolled(Verdict verdict, List<String> recoveryCodes) {}

  /**
   * Gives who has {@code ticket} a second factor, if they prove themselves with their password and
   * show by {@link Attempt#code} that their app has it. Their other sessions end, and what they had
   * before counts no longer.
   */
  public Enrolled enrol(Ticket ticket, Attempt proof, SecondFactor offered, Instant now) {
    OptionalLong step =
        OneTimeCodes.step(offered.secret(), proof.code().replaceAll("\\s", ""), now, 0);
    Verdict verdict = step.isEmpty() ? Verdict.REFUSED : prove(ticket, proof, now);
    if (verdict.ticket() == null) {
      return new Enrolled(verdict, List.of());
    }
    List<String> codes = RecoveryCodes.fresh();
    table.changeSecondFactor(
        ticket.user(),
        key.seal(offered.secret(), ticket.user()),
        step.orElseThrow(),
        RecoveryCodes.kept(codes, key));
    LOG.info(() -> "second factor set up: " + ticket.user());
    return new Enrolled(renewed(ticket), codes);
  }

  /** Whether {@code proof} has the present password of who has {@code ticket}. */
  public Verdict prove(Ticket ticket, Attempt proof, Instant now) {
    return judge(
        proof, now, row -> row.user().equals(ticket.user()) && ticket.holds(row.epoch(), now));
  }

  private Verdict renewed(Ticket ticket) {
    AccountTable.Row row = existing(ticket.user());
    return Verdict.good(new Ticket(row.user(), row.epoch(), ticket.since(), row.mustChange()));
  }

  /** Whether {@code user} has a second factor. */
  public boolean hasSecondFactor(String user) {
    return table.find(user).map(AccountTable.Row::secret).isPresent();
  }

  /** How {@code user} wants pages shown. */
  public Preferences preferences(String user) {
    return table.preferences(user).map(Preferences::parse).orElse(Preferences.NONE);
  }

  /**
   * Keeps how {@code user} wants pages shown.
   *
   * @throws Refusal {@link Reason#UNKNOWN_RECORD}
   */
  public void prefer(String user, Preferences preferences) {
    change(user, table.prefer(user, preferences.text()));
  }

  /** How every account stands, by user name. */
  public Map<String, Footing> footings() {
    return table.footings();
  }

  /**
   * A first password for somebody, good until they choose their own at the next sign-in. All their
   * sessions end.
   *
   * @throws Refusal {@link Reason#UNKNOWN_RECORD}
   */
  public String giveFirstPassword(String user) {
    String password = freshPassword();
    change(user, table.changePassword(user, Passwords.hash(password), true));
    return password;
  }

  /**
   * Takes the second factor away from somebody who has lost it. All their sessions end.
   *
   * @throws Refusal {@link Reason#UNKNOWN_RECORD}
   */
  public void takeSecondFactor(String user) {
    change(user, table.changeSecondFactor(user, null, 0, ""));
  }

  private static void change(String user, boolean changed) {
    if (!changed) {
      throw new Refusal(Reason.UNKNOWN_RECORD, "Nobody signs in as " + user + ".");
    }
  }

  private AccountTable.Row existing(String user) {
    return table
        .find(user)
        .orElseThrow(() -> new Refusal(Reason.UNKNOWN_RECORD, "Nobody signs in by that name."));
  }

  /** A password for one person to give to another. */
  public static String freshPassword() {
    return FirstPassword.fresh();
  }

  /** What is kept of a password; it is not judged. */
  public static String hash(String password) {
    return Passwords.hash(password);
  }

  /**
   * A user name as it is kept.
   *
   * @throws Refusal {@link Reason#UNPROCESSABLE} unless it has 2 to 64 letters, digits and . - _
   */
  public static String userName(@Nullable String typed) {
    String user = Attempt.normalised(typed == null ? "" : typed);
    if (!user.matches("[a-z0-9][a-z0-9._-]{1,63}")) {
      throw new Refusal(
          Reason.UNPROCESSABLE,
          "A user name has 2 to 64 letters from a to z, digits, dots, hyphens or underscores.");
    }
    return user;
  }

  private static void require(String password, String user, String name) {
    PasswordRule.fault(password, user, name)
        .ifPresent(
            fault -> {
              throw new Refusal(
                  Reason.UNPROCESSABLE,
                  switch (fault) {
                    case SHORT -> "A password has at least 12 characters.";
                    case LONG -> "A password has at most 128 characters.";
                    case GUESSABLE -> "This password is known or easily guessed.";
                  });
            });
  }
}
