package emr.portal;

import emr.exchange.access.Role;
import emr.identity.Staff;
import java.util.EnumSet;
import java.util.Set;

/**
 * What someone may do at the portal, before any record is judged. Pages and beans name it by its
 * {@link #text()}.
 */
public enum Permission {
  RECORD_READ("record:read"),
  RECORD_STORE("record:store"),
  /** Make and withdraw standing policies of one's own hospital. */
  POLICY_MAKE("policy:make"),
  /** Open a chart in an emergency. */
  EMERGENCY_OPEN("emergency:open"),
  /** Judge afterwards what others opened. */
  EMERGENCY_REVIEW("emergency:review"),
  /** Who may sign in: an operator's for everybody, an administrator's for their hospital. */
  STAFF_MANAGE("staff:manage"),
  /** Hospitals, tariffs, bills and the audit trail; no chart. */
  CENTRE_OPERATE("centre:operate");

  private final String text;

  Permission(String text) {
    this.text = text;
  }

  /** As Shiro's annotations and tags write it. */
  public String text() {
    return text;
  }

  static Set<Permission> of(Staff staff) {
    Role role = staff.role();
    if (role == null) {
      return EnumSet.of(CENTRE_OPERATE, STAFF_MANAGE);
    }
    return switch (role) {
      case PHYSICIAN -> EnumSet.of(RECORD_READ, RECORD_STORE, POLICY_MAKE, EMERGENCY_OPEN);
      case NURSE -> EnumSet.of(RECORD_READ, RECORD_STORE, EMERGENCY_OPEN);
      case CLERK -> EnumSet.of(RECORD_READ, RECORD_STORE);
      case ADMINISTRATOR -> EnumSet.of(POLICY_MAKE, STAFF_MANAGE, EMERGENCY_REVIEW);
      case PARTNER -> EnumSet.noneOf(Permission.class);
    };
  }
}
