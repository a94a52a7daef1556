package emr.exchange.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.exchange.record.HospitalId;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import java.io.Serializable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A standing policy: access right information that a hospital makes about the records it is
 * custodian of (claims 10, 11, 14, 15). It permits; or it refuses, for the people of other
 * hospitals, and then beats whatever permits. It travels and is kept as a FHIR <a
 * href="http://hl7.org/fhir/R4/consent.html">Consent</a>, so it is signed, versioned and audited
 * like any record, and is withdrawn by a new version that is not in force.
 *
 * @param refuses whether it shuts what it names, as a patient may wish (IHE PCF)
 * @param grantor whose records it opens or shuts
 * @param patient whose records; null for all patients of the grantor
 * @param hospital to whom; null for every other hospital, where a policy that permits names a role
 *     alone
 * @param role to that role only; null for any role
 * @param user to that user only; null for every user
 * @param types FHIR resource types; empty for all
 * @param sensitivities it opens a record if it names all that the record is, and shuts one of which
 *     it names any; empty to open what is {@link Sensitivity#NORMAL}, and to shut whatever it is
 * @param rights READ, STORE or both
 * @param from the first instant at which it holds
 * @param until the first instant at which it no longer holds; null for no end
 * @param inForce false once withdrawn
 * @param paper the DocumentReference of what the patient signed; null if there is none, and for
 *     policies about all patients
 * @param referral the ServiceRequest by which the patient was sent to the hospital; null for
 *     policies that stand on their own, and for all that refuse, have no end or are about all
 *     patients
 */
public record AccessPolicy(
    boolean refuses,
    HospitalId grantor,
    @Nullable PatientId patient,
    @Nullable HospitalId hospital,
    @Nullable Role role,
    @Nullable String user,
    Set<String> types,
    Set<Sensitivity> sensitivities,
    Set<AccessRight> rights,
    Instant from,
    @Nullable Instant until,
    boolean inForce,
    @Nullable RecordId paper,
    @Nullable RecordId referral)
    implements Serializable {

  /** IHE PCF's Explicit Basic Consent. */
  static final String PCF_BASIC =
      "https://profiles.ihe.net/ITI/PCF/StructureDefinition/IHE.PCF.consentBasic";

  /**
   * What the patient agrees to or refuses: that records are shared as this exchange shares them.
   */
  private static final String SHARING = "urn:emr:policy:sharing:1";

  /** The shortest reason to withdraw a policy, in characters. */
  public static final int SHORTEST_REASON = 10;

  private static final int LONGEST_REASON = 500;

  private static final int LONGEST_USER = 64;

  /**
   * The extension by which a Consent names the referral that it goes with. FHIR R4 has no element
   * for it: {@code sourceReference} cannot name a ServiceRequest, and {@code provision.data} would
   * limit the policy to it.
   */
  public static final String REFERRAL = "urn:emr:policy:referral";

  /** FHIR's extension for a note on what has no place for one. */
  private static final String NOTE = "http://hl7.org/fhir/StructureDefinition/note";

  private static final String ROLES = "urn:emr:role";
  static final String USERS = "urn:emr:user";
  static final String HOSPITALS = "urn:emr:hospital";
  private static final Set<String> ACTORS = Set.of(HOSPITALS, ROLES, USERS);

  /** FHIR's place for what changes the meaning of the rest, and must not be passed over. */
  private static final String MODIFIER = "modifierExtension";

  /** Limits of a provision that would be lost if they were passed over. */
  private static final Set<String> NOT_UNDERSTOOD =
      Set.of("purpose", "code", "dataPeriod", "data", MODIFIER);

  private static final String ACTIONS = "http://terminology.hl7.org/CodeSystem/consentaction";
  private static final String RESOURCE_TYPES = "http://hl7.org/fhir/resource-types";
  private static final String SCOPES = "http://terminology.hl7.org/CodeSystem/consentscope";
  private static final String RECIPIENT =
      "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";

  public AccessPolicy {
    types = Set.copyOf(types);
    sensitivities = Set.copyOf(sensitivities.isEmpty() ? unnamed(refuses) : sensitivities);
    rights = Set.copyOf(rights);
    if (rights.isEmpty()) {
      throw new IllegalArgumentException("a policy grants or refuses at least one right");
    }
    if (hospital == null && !refuses && (role == null || user != null)) {
      throw new IllegalArgumentException("a policy that permits names a hospital, or a role alone");
    }
    if (refuses && grantor.equals(hospital)) {
      throw new IllegalArgumentException("a refusal is for other hospitals than its own");
    }
    if (until != null && !from.isBefore(until)) {
      throw new IllegalArgumentException("a policy ends after it begins");
    }
    if (!isKept(from) || (until != null && !isKept(until))) {
      throw new IllegalArgumentException("a policy's period is in the years 1 to 9999");
    }
    if (user != null && (user.isBlank() || user.length() > LONGEST_USER || hasControls(user))) {
      throw new IllegalArgumentException("a user's name has 1 to 64 characters");
    }
    if (paper != null && (patient == null || !paper.type().equals("DocumentReference"))) {
      throw new IllegalArgumentException("what one patient signed is a DocumentReference");
    }
    if (referral != null
        && (refuses
            || hospital == null
            || patient == null
            || until == null
            || !Referral.isRequest(referral))) {
      throw new IllegalArgumentException(
          "a referral is a ServiceRequest, and sends one patient until a day");
    }
  }

  private static boolean isKept(Instant instant) {
    int year = instant.atOffset(ZoneOffset.UTC).getYear();
    return year >= 1 && year <= 9999;
  }

  private static boolean hasControls(String text) {
    return text.chars().anyMatch(Character::isISOControl);
  }

  /** One for which nobody signed a paper, and nobody was sent anywhere. */
  public AccessPolicy(
      boolean refuses,
      HospitalId grantor,
      @Nullable PatientId patient,
      @Nullable HospitalId hospital,
      @Nullable Role role,
      @Nullable String user,
      Set<String> types,
      Set<Sensitivity> sensitivities,
      Set<AccessRight> rights,
      Instant from,
      @Nullable Instant until,
      boolean inForce) {
    this(
        refuses,
        grantor,
        patient,
        hospital,
        role,
        user,
        types,
        sensitivities,
        rights,
        from,
        until,
        inForce,
        null,
        null);
  }

  /** The same policy, by what the patient signed. */
  public AccessPolicy onPaper(@Nullable RecordId signed) {
    return with(inForce, signed, referral);
  }

  /** The same policy, going with a referral. */
  public AccessPolicy by(RecordId request) {
    return with(inForce, paper, request);
  }

  /** What a policy means that names no sensitivity. */
  private static Set<Sensitivity> unnamed(boolean refuses) {
    return refuses ? EnumSet.allOf(Sensitivity.class) : EnumSet.of(Sensitivity.NORMAL);
  }

  /** Whether it names sensitivities, beyond what every policy means. */
  public boolean namesSensitivities() {
    return !sensitivities.equals(unnamed(refuses));
  }

  /** The same policy, no longer in force. */
  public AccessPolicy withdrawn() {
    return with(false, paper, referral);
  }

  private AccessPolicy with(
      boolean nowInForce, @Nullable RecordId signed, @Nullable RecordId request) {
    return new AccessPolicy(
        refuses,
        grantor,
        patient,
        hospital,
        role,
        user,
        types,
        sensitivities,
        rights,
        from,
        until,
        nowInForce,
        signed,
        request);
  }

  /**
   * Whether it says no more than IHE's basic consent can say: whose records, to whom, until when.
   */
  private boolean isBasic() {
    return paper != null
        && types.isEmpty()
        && !namesSensitivities()
        && rights.equals(unnamedRights(refuses));
  }

  /**
   * What a consent means that names no actions: all to refuse, and to permit no more than to read.
   */
  private static Set<AccessRight> unnamedRights(boolean refuses) {
    return refuses ? EnumSet.allOf(AccessRight.class) : EnumSet.of(AccessRight.READ);
  }

  /**
   * The Consent that withdraws the policy, and says why.
   *
   * @param id of the record that carries it
   * @param because in {@value #SHORTEST_REASON} to {@value #LONGEST_REASON} characters
   * @param by who withdraws it, for people
   * @throws IllegalArgumentException for a reason that is too short or too long
   */
  public ObjectNode toWithdrawal(String id, String because, String by, Instant at) {
    String reason = because.strip();
    if (reason.length() < SHORTEST_REASON || reason.length() > LONGEST_REASON) {
      throw new IllegalArgumentException(
          "a policy is withdrawn for a reason, given in 10 to 500 characters");
    }
    ObjectNode consent = withdrawn().toConsent(id);
    consent
        .withArray("extension")
        .addObject()
        .put("url", NOTE)
        .putObject("valueAnnotation")
        .put("authorString", by)
        .put("time", at.truncatedTo(ChronoUnit.SECONDS).toString())
        .put("text", reason);
    return consent;
  }

  /** Why {@code consent} was withdrawn; empty if it does not say so. */
  public static String withdrawnBecause(JsonNode consent) {
    for (JsonNode extension : consent.path("extension")) {
      if (NOTE.equals(extension.path("url").asText())) {
        return extension.path("valueAnnotation").path("text").asText();
      }
    }
    return "";
  }

  /** Whether {@code consent} is a policy of this system, and not a partner's own Consent. */
  public static boolean isPolicy(JsonNode consent) {
    return consent.path("resourceType").asText().equals("Consent")
        && HOSPITALS.equals(
            consent.path("organization").path(0).path("identifier").path("system").asText());
  }

  /**
   * Whether {@code consent} says who may see a patient's records, and nobody is judged by it,
   * because it is no policy of this system.
   */
  public static boolean isUnenforced(JsonNode consent) {
    return consent.path("resourceType").asText().equals("Consent")
        && !isPolicy(consent)
        && consent.path("status").asText().equals("active")
        && (consent.has("provision") || consent.has("policyRule"))
        && consent.path("scope").findValuesAsText("code").contains("patient-privacy");
  }

  /**
   * The policy as a FHIR R4 Consent.
   *
   * @param id the logical id of the record that carries it
   */
  public ObjectNode toConsent(String id) {
    ObjectNode consent = JsonNodeFactory.instance.objectNode();
    consent.put("resourceType", "Consent").put("id", id);
    if (isBasic()) {
      consent.putObject("meta").putArray("profile").add(PCF_BASIC);
    }
    if (referral != null) {
      consent
          .putArray("extension")
          .addObject()
          .put("url", REFERRAL)
          .putObject("valueReference")
          .put("reference", referral.toString());
    }
    consent.put("status", inForce ? "active" : "inactive");
    consent.set("scope", concept(SCOPES, "patient-privacy"));
    consent.putArray("category").add(concept("http://loinc.org", "59284-0"));
    if (patient != null) {
      consent.putObject("patient").put("reference", patient.record().toString());
    }
    consent.put("dateTime", from.truncatedTo(ChronoUnit.SECONDS).toString());
    consent.putArray("organization").add(identified(HOSPITALS, grantor.value()));
    if (paper != null && patient != null) {
      consent.putArray("performer").addObject().put("reference", patient.record().toString());
      consent.putObject("sourceReference").put("reference", paper.toString());
    }
    consent.putArray("policy").addObject().put("uri", SHARING);
    consent.set("provision", provision());
    return consent;
  }

  private ObjectNode provision() {
    ObjectNode provision = JsonNodeFactory.instance.objectNode();
    provision.put("type", refuses ? "deny" : "permit");
    ObjectNode period = provision.putObject("period");
    period.put("start", from.toString());
    if (until != null) {
      period.put("end", until.toString());
    }
    ArrayNode actors = actors();
    if (!actors.isEmpty()) {
      provision.set("actor", actors);
    }
    if (!isBasic()) {
      ArrayNode actions = provision.putArray("action");
      for (AccessRight right : EnumSet.copyOf(rights)) {
        actions.add(concept(ACTIONS, right == AccessRight.READ ? "access" : "correct"));
      }
    }
    if (namesSensitivities()) {
      ArrayNode labels = provision.putArray("securityLabel");
      EnumSet.copyOf(sensitivities).forEach(each -> labels.add(coding(each.system(), each.code())));
    }
    if (!types.isEmpty()) {
      ArrayNode classes = provision.putArray("class");
      new TreeSet<>(types).forEach(type -> classes.add(coding(RESOURCE_TYPES, type)));
    }
    return provision;
  }

  private ArrayNode actors() {
    ArrayNode actors = JsonNodeFactory.instance.arrayNode();
    if (hospital != null) {
      actors.add(actor(HOSPITALS, hospital.value()));
    }
    if (role != null) {
      actors.add(actor(ROLES, role.name().toLowerCase(Locale.ROOT)));
    }
    if (user != null) {
      actors.add(actor(USERS, user));
    }
    return actors;
  }

  /**
   * Reads what {@link #toConsent} wrote.
   *
   * @throws IllegalArgumentException if the Consent says something that a policy cannot, with a
   *     text for the person who made it
   */
  public static AccessPolicy fromConsent(JsonNode consent) {
    JsonNode provision = consent.path("provision");
    String does = provision.path("type").asText();
    if (!(does.equals("permit") || does.equals("deny")) || provision.has("provision")) {
      throw new IllegalArgumentException("a policy permits or denies, in one provision");
    }
    for (String limit : NOT_UNDERSTOOD) {
      if (provision.has(limit)) {
        throw new IllegalArgumentException("a policy is not limited by " + limit);
      }
    }
    if (consent.has(MODIFIER)) {
      throw new IllegalArgumentException("a policy has no " + MODIFIER);
    }
    String subject = consent.path("patient").path("reference").asText("");
    if (!subject.isEmpty() && !subject.startsWith("Patient/")) {
      throw new IllegalArgumentException("Consent.patient names a Patient");
    }
    String status = consent.path("status").asText();
    String hospital = actor(provision, HOSPITALS);
    String role = actor(provision, ROLES);
    return new AccessPolicy(
        does.equals("deny"),
        new HospitalId(
            consent.path("organization").path(0).path("identifier").path("value").asText()),
        subject.isEmpty() ? null : new PatientId(subject.substring("Patient/".length())),
        hospital == null ? null : new HospitalId(hospital),
        role == null ? null : role(role),
        actor(provision, USERS),
        types(provision),
        sensitivities(provision),
        rights(provision, does.equals("deny")),
        instant(provision.path("period").path("start").asText()),
        provision.path("period").has("end")
            ? instant(provision.path("period").path("end").asText())
            : null,
        status.equals("active"),
        paper(consent.path("sourceReference").path("reference").asText("")),
        referral(consent));
  }

  private static Role role(String name) {
    return Arrays.stream(Role.values())
        .filter(role -> role.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no such role"));
  }

  private static @Nullable RecordId paper(String reference) {
    return reference.isEmpty() ? null : RecordId.parse(reference);
  }

  private static @Nullable RecordId referral(JsonNode consent) {
    RecordId found = null;
    for (JsonNode extension : consent.path("extension")) {
      if (REFERRAL.equals(extension.path("url").asText())) {
        if (found != null) {
          throw new IllegalArgumentException("a policy goes with one referral");
        }
        found = RecordId.parse(extension.path("valueReference").path("reference").asText(""));
      }
    }
    return found;
  }

  private static Set<String> types(JsonNode provision) {
    var types = new TreeSet<String>();
    for (JsonNode coding : provision.path("class")) {
      if (!coding.path("system").asText().equals(RESOURCE_TYPES)) {
        throw new IllegalArgumentException("a policy is limited by resource types only");
      }
      types.add(coding.path("code").asText());
    }
    return types;
  }

  private static Set<Sensitivity> sensitivities(JsonNode provision) {
    var named = EnumSet.noneOf(Sensitivity.class);
    for (JsonNode label : provision.path("securityLabel")) {
      named.add(
          Sensitivity.of(label.path("code").asText())
              .filter(each -> each.system().equals(label.path("system").asText()))
              .orElseThrow(
                  () -> new IllegalArgumentException("a policy names a label that is not known")));
    }
    return named;
  }

  private static Set<AccessRight> rights(JsonNode provision, boolean refuses) {
    if (!provision.has("action")) {
      return unnamedRights(refuses);
    }
    var rights = EnumSet.noneOf(AccessRight.class);
    for (JsonNode action : provision.path("action")) {
      switch (action.path("coding").path(0).path("code").asText()) {
        case "access" -> rights.add(AccessRight.READ);
        case "correct" -> rights.add(AccessRight.STORE);
        default -> throw new IllegalArgumentException("a policy's actions are access and correct");
      }
    }
    return rights;
  }

  private static Instant instant(String text) {
    try {
      return OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC).toInstant();
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("a policy's period is given to the second, with zone", e);
    }
  }

  private static @Nullable String actor(JsonNode provision, String system) {
    String found = null;
    for (JsonNode actor : provision.path("actor")) {
      JsonNode identifier = actor.path("reference").path("identifier");
      String named = identifier.path("system").asText();
      if (!ACTORS.contains(named)) {
        throw new IllegalArgumentException("a policy's actors are a hospital, a role and a user");
      }
      if (named.equals(system)) {
        if (found != null) {
          throw new IllegalArgumentException("a policy names one hospital, one role, one user");
        }
        found = identifier.path("value").asText();
      }
    }
    return found;
  }

  private static ObjectNode actor(String system, String value) {
    ObjectNode actor = JsonNodeFactory.instance.objectNode();
    actor.set("role", concept(RECIPIENT, "IRCP"));
    actor.set("reference", identified(system, value));
    return actor;
  }

  static ObjectNode identified(String system, String value) {
    ObjectNode reference = JsonNodeFactory.instance.objectNode();
    reference.putObject("identifier").put("system", system).put("value", value);
    return reference;
  }

  static ObjectNode concept(String system, String code) {
    ObjectNode concept = JsonNodeFactory.instance.objectNode();
    concept.putArray("coding").add(coding(system, code));
    return concept;
  }

  static ObjectNode coding(String system, String code) {
    return JsonNodeFactory.instance.objectNode().put("system", system).put("code", code);
  }
}
