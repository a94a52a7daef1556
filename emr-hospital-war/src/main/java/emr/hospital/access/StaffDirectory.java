package emr.hospital.access;

import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/** The hospital's own staff table: who works here, in which role. */
@ApplicationScoped
@Transactional
@SuppressWarnings("NullAway.Init") // the container fills the fields in
public class StaffDirectory {

  private static final int SHORTEST_PASSWORD = 12;

  @PersistenceContext(unitName = "hospital")
  EntityManager database;

  @Inject Passwords passwords;

  /** The person who signs in as {@code user}, unless they have left. */
  public Optional<Staff> find(String user) {
    return member(user).map(StaffMember::staff);
  }

  /** Everybody, those who left included, by user name. */
  public List<Staff> all() {
    return database
        .createNamedQuery(StaffMember.ALL, StaffMember.class)
        .getResultStream()
        .map(StaffMember::staff)
        .toList();
  }

  /**
   * Takes a person into the staff.
   *
   * @param password at least {@value #SHORTEST_PASSWORD} characters; kept only as an argon2id hash
   * @throws Refusal {@link Reason#CONFLICT} if the user name is taken, {@link Reason#UNPROCESSABLE}
   *     for a short password
   */
  public void add(Staff staff, String password) {
    if (database.find(StaffMember.class, staff.user()) != null) {
      throw new Refusal(Reason.CONFLICT, "The user name is taken.");
    }
    database.persist(new StaffMember(staff, hash(password)));
  }

  /**
   * Gives a person a new password.
   *
   * @throws Refusal {@link Reason#UNKNOWN_RECORD} or {@link Reason#UNPROCESSABLE}
   */
  public void changePassword(String user, String password) {
    existing(user).changePassword(hash(password));
  }

  /** Lets a person sign in, or no longer; what they wrote stays theirs. */
  public void changeActive(String user, boolean active) {
    existing(user).changeActive(active);
  }

  Optional<StaffMember> member(String user) {
    return Optional.ofNullable(database.find(StaffMember.class, user)).filter(StaffMember::active);
  }

  void seed(Staff staff, String password) {
    if (database.find(StaffMember.class, staff.user()) == null) {
      database.persist(new StaffMember(staff, passwords.hash(password)));
    }
  }

  private StaffMember existing(String user) {
    StaffMember member = database.find(StaffMember.class, user);
    if (member == null) {
      throw new Refusal(Reason.UNKNOWN_RECORD, "Nobody here signs in by that name.");
    }
    return member;
  }

  private String hash(String password) {
    if (password.length() < SHORTEST_PASSWORD) {
      throw new Refusal(
          Reason.UNPROCESSABLE, "A password has at least " + SHORTEST_PASSWORD + " characters.");
    }
    return passwords.hash(password);
  }
}
