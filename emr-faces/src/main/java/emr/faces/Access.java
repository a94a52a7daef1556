package emr.faces;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventEntityComponent;

/**
 * A line of who saw a chart.
 *
 * @param entry number in the audit trail
 * @param person the name they sign in with
 * @param place name of their hospital
 * @param what was asked for, in words
 * @param records their types, one for each version that was disclosed or stored
 * @param why it was permitted or refused, in words
 * @param policies by which, of those that the reader may see
 */
public record Access(
    String entry,
    String when,
    String person,
    String role,
    String place,
    String purpose,
    String what,
    List<String> records,
    boolean refused,
    boolean emergency,
    String why,
    List<Policy> policies)
    implements Serializable {

  private static final Set<String> EMERGENCIES = Set.of("ETREAT", "BTG");

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
    return new Access(
        event.getIdElement().getIdPart(),
        viewpoint.exactly(event.getRecorded().toInstant()),
        user.map(u -> u.getWho().getIdentifier().getValue()).orElse(""),
        user.map(u -> u.getRoleFirstRep().getText())
            .map(role -> viewpoint.textOr("role." + role, role))
            .orElse(""),
        system != null && system.startsWith(STAFF)
            ? hospitals.apply(system.substring(STAFF.length()))
            : "",
        purpose == null ? "" : viewpoint.textOr("seen.purpose." + purpose, purpose),
        what(event, viewpoint),
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
