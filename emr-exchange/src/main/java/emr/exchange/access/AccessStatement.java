package emr.exchange.access;

import emr.exchange.record.HospitalId;
import emr.exchange.record.PatientId;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Access right information for one request, made and signed at the hospital (claims 10, 14): who
 * asks, in which role, why, for whom, and by which rights. It is good for one request and a few
 * minutes. What it states is judged against the standing policies; it grants nothing by itself. For
 * a partner's system the centre makes it of the token that came with the request.
 *
 * @param id used once
 * @param user the name the person signs in with at their hospital
 * @param patient whose records; null to look for a patient, or for the directory, and for a partner
 *     whoever's
 * @param rights what the hospital says its user may ask for
 * @param types of records to which a right is bound; one that is not among the keys is bound to
 *     none
 * @param expires the first instant at which it no longer holds, at most {@link #LONGEST} after
 *     {@code issued}, and for a partner {@link #LONGEST_OF_PARTNER}
 */
public record AccessStatement(
    UUID id,
    HospitalId hospital,
    String user,
    Role role,
    Purpose purpose,
    @Nullable PatientId patient,
    Set<AccessRight> rights,
    Map<AccessRight, Set<String>> types,
    Instant issued,
    Instant expires)
    implements Serializable {

  public static final Duration LONGEST = Duration.ofMinutes(5);
  public static final Duration LONGEST_OF_PARTNER = Duration.ofHours(1);

  public AccessStatement {
    rights = Set.copyOf(rights);
    types = types == null ? Map.of() : Map.copyOf(types); // papers need not have it
    if (user.isBlank() || user.length() > 64 || user.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a statement names a user, in 1 to 64 characters");
    }
    Duration longest = role == Role.PARTNER ? LONGEST_OF_PARTNER : LONGEST;
    if (!issued.isBefore(expires) || expires.isAfter(issued.plus(longest))) {
      throw new IllegalArgumentException("a statement holds for " + longest + " at most");
    }
  }

  /** Whether {@code right}, if it has it, is not bound to other types than {@code type}. */
  public boolean covers(AccessRight right, String type) {
    Set<String> bound = types.get(right);
    return bound == null || bound.contains(type);
  }

  /** A statement of {@code issued}, good for {@link #LONGEST}. */
  public static AccessStatement of(
      HospitalId hospital,
      String user,
      Role role,
      Purpose purpose,
      @Nullable PatientId patient,
      Set<AccessRight> rights,
      Instant issued) {
    return new AccessStatement(
        UUID.randomUUID(),
        hospital,
        user,
        role,
        purpose,
        patient,
        rights,
        Map.of(),
        issued,
        issued.plus(LONGEST));
  }
}
