package emr.identity;

import emr.exchange.record.HospitalId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The accounts of those who work at the portal. */
@Singleton // its persistence unit is its own module's, whoever calls
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
@SuppressWarnings("NullAway.Init") // the container injects
public class StaffAccounts {

  static final int SHORTEST_PASSWORD = 12;

  @PersistenceContext EntityManager accounts;
  @Inject Hospitals hospitals;

  private final Attempts attempts = new Attempts();
  private String nobodysPassword;

  @PostConstruct
  void prepare() {
    nobodysPassword = Passwords.hash(UUID.randomUUID().toString());
  }

  /**
   * Who signs in, if user name and password are right. For a name that nobody has it takes as long
   * and gives the same answer; nothing is looked at while {@link #waitBeforeNext} is not over.
   */
  public Optional<Staff> signIn(String userName, String password) {
    String user = normalised(userName);
    Instant now = Instant.now();
    if (!attempts.wait(user, now).isZero()) {
      return Optional.empty();
    }
    PortalAccount account = accounts.find(PortalAccount.class, user);
    boolean right =
        Passwords.matches(password, account == null ? nobodysPassword : account.password());
    Staff staff = account == null || !right ? null : account.toStaff(hospitals);
    if (staff == null) {
      attempts.failed(user, now);
    } else {
      attempts.succeeded(user);
    }
    return Optional.ofNullable(staff);
  }

  /** How long the next try for {@code userName} will not be looked at; zero as a rule. */
  public Duration waitBeforeNext(String userName) {
    return attempts.wait(normalised(userName), Instant.now());
  }

  /** Someone who may sign in, today; empty once they have left. */
  public Optional<Staff> find(String userName) {
    return Optional.ofNullable(accounts.find(PortalAccount.class, normalised(userName)))
        .map(account -> account.toStaff(hospitals));
  }

  /**
   * Gives {@code staff} an account.
   *
   * @throws Refusal {@link Reason#CONFLICT} if the name is taken, {@link Reason#UNPROCESSABLE} if
   *     the password is shorter than 12 characters or the hospital has a server of its own, where
   *     its staff sign in
   */
  @TransactionAttribute(TransactionAttributeType.REQUIRED)
  public void open(Staff staff, String password) {
    if (!staff.user().equals(normalised(staff.user())) || staff.user().isEmpty()) {
      throw new Refusal(Reason.UNPROCESSABLE, "A user name is written in lower case.");
    }
    if (password.length() < SHORTEST_PASSWORD) {
      throw new Refusal(Reason.UNPROCESSABLE, "A password has at least 12 characters.");
    }
    if (accounts.find(PortalAccount.class, staff.user()) != null) {
      throw new Refusal(Reason.CONFLICT, "This user name is taken.");
    }
    accounts.persist(new PortalAccount(staff, number(staff.hospital()), Passwords.hash(password)));
  }

  private @Nullable Short number(@Nullable HospitalId hospital) {
    if (hospital == null) {
      return null;
    }
    return hospitals
        .find(hospital)
        .filter(Hospital::hosted)
        .map(Hospital::number)
        .orElseThrow(() -> new Refusal(Reason.UNPROCESSABLE, hospital + " is no hosted hospital."));
  }

  private static String normalised(String userName) {
    return userName.strip().toLowerCase(Locale.ROOT);
  }
}
