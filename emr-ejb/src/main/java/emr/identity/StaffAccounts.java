package emr.identity;

import emr.account.Accounts;
import emr.account.Attempt;
import emr.account.Footing;
import emr.account.MasterKey;
import emr.account.Preferences;
import emr.account.SecondFactor;
import emr.account.Ticket;
import emr.account.Verdict;
import emr.exchange.access.Role;
import emr.exchange.record.HospitalId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The accounts of those who work at the portal. */
@Singleton // its persistence unit is its own module's, whoever calls
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
@SuppressWarnings("NullAway.Init") // the container injects
public class StaffAccounts {

  private static final int LONGEST_NAME = 200;

  @PersistenceContext EntityManager people;

  @Resource(lookup = "jdbc/emr")
  DataSource database;

  @Inject Hospitals hospitals;
  @Inject MasterKey key;

  private Accounts accounts;

  @PostConstruct
  void prepare() {
    accounts = new Accounts(database, "portal_staff", key.master());
  }

  /** Lets somebody in, or not; a person whose hospital has left gets the answer of a stranger. */
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED) // failures count, come what may
  public Verdict signIn(Attempt attempt) {
    Verdict verdict = accounts.signIn(attempt, Instant.now());
    return verdict.ticket() != null && find(verdict.ticket()).isEmpty() ? Verdict.REFUSED : verdict;
  }

  /** As {@link Accounts#prove}. */
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  public Verdict prove(Ticket ticket, Attempt proof) {
    return accounts.prove(ticket, proof, Instant.now());
  }

  /** As {@link Accounts#changePassword}. */
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  public Verdict changePassword(Ticket ticket, Attempt proof, String fresh) {
    String name = find(ticket).map(Staff::name).orElse("");
    return accounts.changePassword(ticket, proof, fresh, name, Instant.now());
  }

  /** As {@link Accounts#enrol}. */
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  public Accounts.Enrolled enrol(Ticket ticket, Attempt proof, SecondFactor offered) {
    return accounts.enrol(ticket, proof, offered, Instant.now());
  }

  public boolean hasSecondFactor(String user) {
    return accounts.hasSecondFactor(user);
  }

  /** As {@link Accounts#preferences}. */
  public Preferences preferences(String user) {
    return accounts.preferences(user);
  }

  /** As {@link Accounts#prefer}. */
  @TransactionAttribute(TransactionAttributeType.REQUIRED)
  public void prefer(String user, Preferences preferences) {
    accounts.prefer(user, preferences);
  }

  /** Whose ticket it is; empty once it holds no longer. */
  public Optional<Staff> find(Ticket ticket) {
    return Optional.ofNullable(people.find(PortalAccount.class, ticket.user()))
        .filter(account -> account.holds(ticket, Instant.now()))
        .map(account -> account.toStaff(hospitals));
  }

  /** Whether anybody has, or had, this user name. */
  public boolean isTaken(String user) {
    return people.find(PortalAccount.class, user) != null;
  }

  /** Whose account it is, whether or not they may sign in. */
  public Optional<Staff> whose(String user) {
    return Optional.ofNullable(people.find(PortalAccount.class, user))
        .map(account -> account.whoever(hospitals));
  }

  /** Everybody, those who left included, by user name. */
  public List<StaffAccount> all() {
    Map<String, Footing> footings = accounts.footings();
    var unknown = new Footing(false, false);
    return people
        .createNamedQuery(PortalAccount.ALL, PortalAccount.class)
        .getResultStream()
        .map(
            account -> {
              Staff staff = account.whoever(hospitals);
              return new StaffAccount(
                  staff, account.active(), footings.getOrDefault(staff.user(), unknown));
            })
        .toList();
  }

  /**
   * Gives {@code staff} an account with a first password, which they change when they first sign
   * in.
   *
   * @return the password, which nobody keeps
   * @throws Refusal {@link Reason#CONFLICT} if the name is taken, {@link Reason#UNPROCESSABLE} if
   *     it is no name or the hospital has a server of its own, where its staff sign in
   */
  @TransactionAttribute(TransactionAttributeType.REQUIRED)
  public String open(Staff staff) {
    String password = Accounts.freshPassword();
    open(staff, password, true);
    return password;
  }

  /** For the demonstration, and for the first operator: with a password that is not judged. */
  @TransactionAttribute(TransactionAttributeType.REQUIRED)
  public void openFromSeed(Staff staff, String password, boolean mustChange) {
    open(staff, password, mustChange);
  }

  private void open(Staff staff, String password, boolean mustChange) {
    if (!staff.user().equals(Accounts.userName(staff.user()))) {
      throw new Refusal(Reason.UNPROCESSABLE, "A user name is written in lower case.");
    }
    if (staff.name().isBlank() || staff.name().length() > LONGEST_NAME) {
      throw new Refusal(Reason.UNPROCESSABLE, "A person has a name of 1 to 200 characters.");
    }
    if (isTaken(staff.user())) {
      throw new Refusal(Reason.CONFLICT, "This user name is taken.");
    }
    people.persist(
        new PortalAccount(staff, number(staff.hospital()), Accounts.hash(password), mustChange));
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

  /**
   * Lets a person sign in, or no longer; their sessions end at once.
   *
   * @throws Refusal {@link Reason#UNKNOWN_RECORD}
   */
  @TransactionAttribute(TransactionAttributeType.REQUIRED)
  public void activate(String user, boolean active) {
    existing(user).activate(active);
  }

  /**
   * Gives a person of a hospital another role; their sessions end at once.
   *
   * @throws Refusal {@link Reason#UNKNOWN_RECORD}, {@link Reason#UNPROCESSABLE} for an operator
   */
  @TransactionAttribute(TransactionAttributeType.REQUIRED)
  public void changeRole(String user, Role role) {
    PortalAccount account = existing(user);
    if (account.whoever(hospitals).operator() || role == Role.PARTNER) {
      throw new Refusal(Reason.UNPROCESSABLE, "Only staff of a hospital change their role.");
    }
    account.changeRole(role);
  }

  /** As {@link Accounts#giveFirstPassword}. */
  @TransactionAttribute(TransactionAttributeType.REQUIRED)
  public String giveFirstPassword(String user) {
    return accounts.giveFirstPassword(user);
  }

  /** As {@link Accounts#takeSecondFactor}. */
  @TransactionAttribute(TransactionAttributeType.REQUIRED)
  public void takeSecondFactor(String user) {
    accounts.takeSecondFactor(user);
  }

  private PortalAccount existing(String user) {
    PortalAccount account = people.find(PortalAccount.class, user);
    if (account == null) {
      throw new Refusal(Reason.UNKNOWN_RECORD, "Nobody signs in as " + user + ".");
    }
    return account;
  }
}
