package emr.hospital.access;

import emr.exchange.access.Role;
import java.util.EnumSet;
import java.util.Set;

/** What a person signed in may do here. Pages and beans name it by its {@link #text()}. */
public enum Permission {
  RECORD_READ("record:read"),
  RECORD_STORE("record:store"),
  /** Make and withdraw standing policies. */
  POLICY_MAKE("policy:make"),
  /** See where submissions are, without their content. */
  OUTBOX_READ("outbox:read"),
  /** Send, recall, withdraw and try again in place of an author; pause and resume. */
  OUTBOX_MANAGE("outbox:manage"),
  /** Hold times, endpoints, staff. */
  SETTINGS_MANAGE("settings:manage"),
  /** Open a chart in an emergency. */
  EMERGENCY_OPEN("emergency:open"),
  /** Judge afterwards what others opened. */
  EMERGENCY_REVIEW("emergency:review");

  private final String text;

  Permission(String text) {
    this.text = text;
  }

  /** As Shiro's annotations and tags write it. */
  public String text() {
    return text;
  }

  /** What {@code role} may do. An administrator reads no charts. */
  public static Set<Permission> of(Role role) {
    return switch (role) {
      case PHYSICIAN ->
          EnumSet.of(RECORD_READ, RECORD_STORE, POLICY_MAKE, OUTBOX_READ, EMERGENCY_OPEN);
      case NURSE -> EnumSet.of(RECORD_READ, RECORD_STORE, OUTBOX_READ, EMERGENCY_OPEN);
      case CLERK -> EnumSet.of(RECORD_READ, RECORD_STORE, OUTBOX_READ);
      case ADMINISTRATOR ->
          EnumSet.of(POLICY_MAKE, OUTBOX_READ, OUTBOX_MANAGE, SETTINGS_MANAGE, EMERGENCY_REVIEW);
      case PARTNER -> EnumSet.noneOf(Permission.class);
    };
  }
}
