package emr.access;

import emr.exchange.access.AccessRight;
import emr.exchange.access.AccessStatement;
import emr.exchange.access.Purpose;
import emr.exchange.access.Role;
import emr.exchange.record.RecordKey;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, as the judge sees them.
 *
 * @param hospital its number
 * @param patient whose records they ask for; null to look for a patient, or for the directory, and
 *     for a partner whoever's
 */
public record Asker(
    short hospital,
    String user,
    Role role,
    @Nullable RecordKey patient,
    Set<AccessRight> rights,
    AccessStatement statement) {

  public Asker {
    rights = Set.copyOf(rights);
  }

  /** Whether they may ask for the records of any patient, and need not name one. */
  public boolean asksForAnyPatient() {
    return role == Role.PARTNER && patient == null;
  }

  /** Whether they say that they ask under what they opened in an emergency. */
  public boolean breaksGlass() {
    return patient != null && statement.purpose() == Purpose.BREAK_GLASS;
  }

  /**
   * @param patient the key of {@code statement.patient()}
   */
  public static Asker of(AccessStatement statement, short hospital, @Nullable RecordKey patient) {
    return new Asker(
        hospital, statement.user(), statement.role(), patient, statement.rights(), statement);
  }
}
