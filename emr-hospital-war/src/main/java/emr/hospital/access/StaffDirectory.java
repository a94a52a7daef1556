package emr.hospital.access;

import emr.account.Accounts;
import emr.account.Attempt;
import emr.account.Footing;
import emr.account.Preferences;
import emr.account.SecondFactor;
import emr.account.Ticket;
import emr.account.Verdict;
import emr.exchange.access.Role;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.hospital.communication.HospitalIdentity;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** The hospital's own staff table: who works here, in which role, and signs in with what. */
@ApplicationScoped
@Transactional
@SuppressWarnings("NullAway.Init") // the container fills the fields in
public class StaffDirectory {

  private static final Logger LOG = Logger.getLogger(StaffDirectory.class.getName());
  private static final int LONGEST_NAME = 200;

  @PersistenceContext(unitName = "hospital")
  EntityManager people;

  @Resource(lookup = "jdbc/emr-hospital")
  DataSource database;

  @Inject HospitalIdentity identity;

  private Accounts accounts;

  @PostConstruct
  void prepare() {
    accounts = new Accounts(database, "staff", identity.master());
  }

  /** As {@link Accounts#signIn}. */
  @Transactional(TxType.NOT_SUPPORTED) // failures count, come what may
  public Verdict signIn(Attempt attempt) {
    return accounts.signIn(attempt, Instant.now());
  }

  /** As {@link Accounts#prove}. */
  @Transactional(TxType.NOT_SUPPORTED)
  public Verdict prove(Ticket ticket, Attempt proof) {
    return accounts.prove(ticket, proof, Instant.now());
  }

  /** As {@link Accounts#changePassword}. */
  @Transactional(TxType.NOT_SUPPORTED)
  public Verdict changePassword(Ticket ticket, Attempt proof, String fresh) {
    String name = find(ticket).map(Staff::name).orElse("");
    return accounts.changePassword(ticket, proof, fresh, name, Instant.now());
  }

  /** As {@link Accounts#enrol}. */
  @Transactional(TxType.NOT_SUPPORTED)
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
  public void prefer(String user, Preferences preferences) {
    accounts.prefer(user, preferences);
  }

  /** Whose ticket it is; empty once it holds no longer. */
  public Optional<Staff> find(Ticket ticket) {
    return Optional.ofNullable(people.find(StaffMember.class, ticket.user()))
        .filter(member -> member.holds(ticket, Instant.now()))
        .map(StaffMember::staff);
  }

  /** Everybody, those who left included, by user name. */
  public List<StaffAccount> all() {
    Map<String, Footing> footings = accounts.footings();
    var unknown = new Footing(false, false);
    return people
        .createNamedQuery(StaffMember.ALL, StaffMember.class)
        .getResultStream()
        .map(
            member ->
                new StaffAccount(
                    member.staff(),
                    member.active(),
                    footings.getOrDefault(member.staff().user(), unknown)))
        .toList();
  }

  /**
   * Takes a person into the staff, with a first password that they change when they first sign in.
   *
   * @param by the administrator
   * @return the password, which nobody keeps
   * @throws Refusal {@link Reason#CONFLICT} if the user name is taken, {@link Reason#UNPROCESSABLE}
   *     if it is no name
   */
  public String add(Staff staff, Staff by) {
    if (!staff.user().equals(Accounts.userName(staff.user())) || staff.role() == Role.PARTNER) {
      throw new Refusal(Reason.UNPROCESSABLE, "A user name is written in lower case.");
    }
    if (staff.name().isBlank() || staff.name().length() > LONGEST_NAME) {
      throw new Refusal(Reason.UNPROCESSABLE, "A person has a name of 1 to 200 characters.");
    }
    if (people.find(StaffMember.class, staff.user()) != null) {
      throw new Refusal(Reason.CONFLICT, "This user name is taken.");
    }
    String password = Accounts.freshPassword();
    people.persist(new StaffMember(staff, Accounts.hash(password), true));
    note(by, "opened the account " + staff.user() + " as " + staff.role());
    return password;
  }

  /**
   * Lets a person sign in, or no longer; their sessions end at once, what they wrote stays theirs.
   *
   * @throws Refusal {@link Reason#UNKNOWN_RECORD}, or {@link Reason#UNPROCESSABLE} for oneself
   */
  public void activate(String user, boolean active, Staff by) {
    other(user, by).activate(active);
    note(by, (active ? "switched on " : "switched off ") + user);
  }

  /**
   * Gives a person another role; their sessions end at once.
   *
   * @throws Refusal as {@link #activate}
   */
  public void changeRole(String user, Role role, Staff by) {
    StaffMember member = other(user, by);
    if (role == Role.PARTNER) {
      throw new Refusal(Reason.UNPROCESSABLE, "Nobody of the staff is a partner system.");
    }
    member.changeRole(role);
    note(by, "made " + user + " " + role);
  }

  /**
   * As {@link Accounts#giveFirstPassword}.
   *
   * @throws Refusal as {@link #activate}
   */
  public String giveFirstPassword(String user, Staff by) {
    other(user, by);
    String password = accounts.giveFirstPassword(user);
    note(by, "gave a first password to " + user);
    return password;
  }

  /**
   * As {@link Accounts#takeSecondFactor}.
   *
   * @throws Refusal as {@link #activate}
   */
  public void takeSecondFactor(String user, Staff by) {
    other(user, by);
    accounts.takeSecondFactor(user);
    note(by, "took the second factor of " + user);
  }

  /** For the demonstration, and for the first administrator: with a password that is not judged. */
  void seed(Staff staff, String password, boolean mustChange) {
    if (people.find(StaffMember.class, staff.user()) == null) {
      people.persist(new StaffMember(staff, Accounts.hash(password), mustChange));
    }
  }

  /** So one administrator is always left. */
  private StaffMember other(String user, Staff by) {
    if (user.equals(by.user())) {
      throw new Refusal(Reason.UNPROCESSABLE, "Nobody administers their own account.");
    }
    StaffMember member = people.find(StaffMember.class, user);
    if (member == null) {
      throw new Refusal(Reason.UNKNOWN_RECORD, "Nobody here signs in by that name.");
    }
    return member;
  }

  private static void note(Staff by, String what) {
    LOG.info(() -> by.user() + " " + what);
  }
}
