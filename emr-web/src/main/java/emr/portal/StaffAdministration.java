package emr.portal;

import emr.account.Attempt;
import emr.account.Verdict;
import emr.audit.AuditTrail;
import emr.exchange.access.Role;
import emr.exchange.record.HospitalId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.identity.Staff;
import emr.identity.StaffAccount;
import emr.identity.StaffAccounts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who works at the portal. An operator administers everybody, a hosted hospital's administrator its
 * own staff, and nobody their own account. Each change stands in the audit trail, in one
 * transaction with itself.
 */
@ApplicationScoped
@Transactional
@SuppressWarnings("NullAway.Init") // the container injects
public class StaffAdministration {

  @Inject StaffAccounts accounts;
  @Inject AuditTrail trail;

  /**
   * An attempt that was looked at, by somebody who has an account; others leave a line in the log.
   */
  public void noteSignIn(Attempt attempt, Verdict verdict) {
    if (verdict.ticket() != null) {
      trail.administered(attempt.user(), "signed in from " + attempt.address());
    } else if (accounts.isTaken(attempt.user())) {
      trail.administered(attempt.user(), "was refused to sign in from " + attempt.address());
    }
  }

  /** What somebody changed of their own account. */
  public void noteOwn(String user, String what) {
    trail.administered(user, what);
  }

  /** Those whom {@code by} administers, those who left included. */
  public List<StaffAccount> all(Staff by) {
    return accounts.all().stream().filter(account -> administers(by, account.staff())).toList();
  }

  /**
   * Opens an account.
   *
   * @param hospital null for an operator, who has no role either
   * @return its first password
   * @throws Refusal {@link Reason#NOT_PERMITTED}, or as {@link StaffAccounts#open}
   */
  public String open(
      String user, String name, @Nullable HospitalId hospital, @Nullable Role role, Staff by) {
    if ((hospital == null) != (role == null)) {
      throw new Refusal(Reason.UNPROCESSABLE, "Staff of a hospital have a role, operators none.");
    }
    var staff = new Staff(user, name, hospital, role);
    if (!administers(by, staff) || role == Role.PARTNER) {
      throw Refusal.notPermitted();
    }
    String password = accounts.open(staff);
    trail.administered(
        by.user(),
        "opened the account "
            + user
            + (hospital == null ? " of an operator" : " of " + hospital + " as " + role));
    return password;
  }

  /**
   * Lets somebody sign in, or no longer.
   *
   * @throws Refusal {@link Reason#NOT_PERMITTED} for oneself and for who is not of one's hospital
   */
  public void activate(String user, boolean active, Staff by) {
    require(user, by);
    accounts.activate(user, active);
    trail.administered(by.user(), (active ? "switched on " : "switched off ") + user);
  }

  /**
   * Gives somebody another role.
   *
   * @throws Refusal as {@link #activate}, or {@link Reason#UNPROCESSABLE} for an operator
   */
  public void changeRole(String user, Role role, Staff by) {
    require(user, by);
    accounts.changeRole(user, role);
    trail.administered(by.user(), "made " + user + " " + role);
  }

  /**
   * Gives somebody a first password.
   *
   * @throws Refusal as {@link #activate}
   */
  public String giveFirstPassword(String user, Staff by) {
    require(user, by);
    String password = accounts.giveFirstPassword(user);
    trail.administered(by.user(), "gave a first password to " + user);
    return password;
  }

  /**
   * Takes somebody's second factor away.
   *
   * @throws Refusal as {@link #activate}
   */
  public void takeSecondFactor(String user, Staff by) {
    require(user, by);
    accounts.takeSecondFactor(user);
    trail.administered(by.user(), "took the second factor of " + user);
  }

  private void require(String user, Staff by) {
    Optional<Staff> whose = accounts.whose(user);
    if (user.equals(by.user()) || whose.filter(staff -> administers(by, staff)).isEmpty()) {
      throw Refusal.notPermitted();
    }
  }

  private static boolean administers(Staff by, Staff whom) {
    return Permission.of(by).contains(Permission.STAFF_MANAGE)
        && (by.operator() || by.hospital() != null && by.hospital().equals(whom.hospital()));
  }
}
