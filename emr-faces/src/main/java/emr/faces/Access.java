package emr.faces;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAction;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventEntityComponent;

/**
 * A line of who saw a chart: one entry of the audit trail, or several that one person caused at
 * once.
 *
 * @param entries numbers in the audit trail, the newest first
 * @param from when the first of them was recorded
 * @param until when the last of them was
 * @param when the same in words
 * @param person the name they sign in with
 * @param place name of their hospital
 * @param whats what was asked for, in words
 * @param adds whether something was added
 * @param records their types, one for each version that was disclosed or stored
 * @param why it was permitted or refused, in words
 * @param policies by which, of those that the reader may see
 */
public record Access(
    List<String> entries,
    Instant from,
    Instant until,
    String when,
    String person,
    String role,
    String place,
    String purpose,
    List<String> whats,
    boolean adds,
    List<String> records,
    boolean refused,
    boolean emergency,
    String why,
    List<Policy> policies)
    implements Serializable {

  private static final Set<String> EMERGENCIES = Set.of("ETREAT", "BTG");

  /** How long what is shown as one line may have lasted: to open a chart is several entries. */
  private static final Duration AT_ONCE = Duration.ofMinutes(1);

  private static final Pattern POLICY =
      Pattern.compile(
          "policy Consent/([A-Za-z0-9.-]+)/_history/(\\d+)(?: \\(SHA-256 [0-9a-f]{64}\\))?");

  /** The role of a policy that decided, and was not shown. */
  private static final String SECURITY_RESOURCE = "13";

  private static final String STAFF = "urn:emr:staff:";
  private static final String PERMITTED = "0";

  /**
   * A version of a policy.
   *
   * @param id of the Consent that is it, for links only
   */
  public record Policy(String id, String version) implements Serializable {}

  /**
   * @param hospitals give a hospital's name for its id
   */
  public static Access of(AuditEvent event, UnaryOperator<String> hospitals, Viewpoint viewpoint) {
    Optional<AuditEventAgentComponent> user =
        event.getAgent().stream().filter(AuditEventAgentComponent::getRequestor).findFirst();
    String system = user.map(u -> u.getWho().getIdentifier().getSystem()).orElse("");
    String why = event.hasOutcomeDesc() ? event.getOutcomeDesc() : "";
    String purpose = event.getPurposeOfEventFirstRep().getCodingFirstRep().getCode();
    Instant at = event.getRecorded().toInstant();
    return new Access(
        List.of(String.valueOf(event.getIdElement().getIdPart())),
        at,
        at,
        viewpoint.exactly(at),
        user.map(u -> u.getWho().getIdentifier().getValue()).orElse(""),
        user.map(u -> u.getRoleFirstRep().getText())
            .map(role -> viewpoint.textOr("role." + role, role))
            .orElse(""),
        system != null && system.startsWith(STAFF)
            ? hospitals.apply(system.substring(STAFF.length()))
            : "",
        purpose == null ? "" : viewpoint.textOr("seen.purpose." + purpose, purpose),
        List.of(what(event, viewpoint)),
        event.getAction() == AuditEventAction.C,
        event.getEntity().stream()
            .map(Access::version)
            .flatMap(Optional::stream)
            .map(type -> viewpoint.textOr("type." + type, FhirText.humanised(type)))
            .toList(),
        !PERMITTED.equals(event.getOutcome() == null ? null : event.getOutcome().toCode()),
        EMERGENCIES.contains(String.valueOf(purpose)),
        viewpoint.explained(POLICY.matcher(why).replaceAll("policy (version $2)")),
        POLICY
            .matcher(why)
            .results()
            .map(found -> new Policy(found.group(1), found.group(2)))
            .toList());
  }

  private static String what(AuditEvent event, Viewpoint viewpoint) {
    String code =
        event.hasSubtype() ? event.getSubtypeFirstRep().getCode() : event.getType().getCode();
    boolean trail =
        event.getEntity().stream()
            .anyMatch(e -> String.valueOf(e.getWhat().getReference()).contains("AuditEvent/"));
    return viewpoint.textOr("seen.what." + (trail ? "audit" : code), String.valueOf(code));
  }

  /** The type of a record of which a version is named. */
  private static Optional<String> version(AuditEventEntityComponent entity) {
    String reference = entity.getWhat().getReference();
    boolean decided = SECURITY_RESOURCE.equals(entity.getRole().getCode());
    if (decided || reference == null || !reference.contains("/_history/")) {
      return Optional.empty();
    }
    String[] parts = reference.split("/", -1);
    return Optional.of(parts[parts.length - 4]);
  }

  /**
   * One line for what one person was shown at once, for one purpose and by one rule. What was
   * refused, what was added and what an emergency opened stay apart from what was not.
   *
   * @param newestFirst one for each entry
   */
  public static List<Access> together(List<Access> newestFirst, Viewpoint viewpoint) {
    var lines = new ArrayList<Access>();
    for (Access next : newestFirst) {
      Access last = lines.isEmpty() ? null : lines.get(lines.size() - 1);
      if (last != null && last.isOneWith(next)) {
        lines.set(lines.size() - 1, last.with(next, viewpoint));
      } else {
        lines.add(next);
      }
    }
    return lines;
  }

  private boolean isOneWith(Access earlier) {
    return person.equals(earlier.person)
        && role.equals(earlier.role)
        && place.equals(earlier.place)
        && purpose.equals(earlier.purpose)
        && adds == earlier.adds
        && refused == earlier.refused
        && emergency == earlier.emergency
        && why.equals(earlier.why)
        && policies.equals(earlier.policies)
        && Duration.between(earlier.from, until).compareTo(AT_ONCE) <= 0;
  }

  private Access with(Access earlier, Viewpoint viewpoint) {
    return new Access(
        both(entries, earlier.entries).toList(),
        earlier.from,
        until,
        viewpoint.span(earlier.from, until),
        person,
        role,
        place,
        purpose,
        both(whats, earlier.whats).distinct().toList(),
        adds,
        both(records, earlier.records).toList(),
        refused,
        emergency,
        why,
        policies);
  }

  private static Stream<String> both(List<String> some, List<String> others) {
    return Stream.concat(some.stream(), others.stream());
  }

  /** What was asked for, in words. */
  public String what() {
    return String.join(" · ", whats);
  }

  /** Numbers in the audit trail, the newest first. */
  public String numbers() {
    return String.join(", ", entries);
  }

  /** How many records of which types, such as "3 Observation, 1 Patient". */
  public String much() {
    return records.stream()
        .distinct()
        .sorted()
        .map(type -> records.stream().filter(type::equals).count() + " " + type)
        .reduce((one, other) -> one + ", " + other)
        .orElse("");
  }
}
