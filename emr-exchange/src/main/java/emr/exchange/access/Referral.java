package emr.exchange.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.exchange.record.Author;
import emr.exchange.record.HospitalId;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import emr.exchange.record.Submission;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A patient sent to another hospital, which thereby comes to treat them: a request, and a policy
 * with an end that lets the hospital see what it needs (claims 10, 11, 14). Both are records of the
 * chart, made in one submission; the policy names the request.
 *
 * @param policy that permits, of one patient, to another hospital, for at most about a year
 * @param reason why, in {@value #SHORTEST_REASON} to {@value #LONGEST_REASON} characters
 */
public record Referral(AccessPolicy policy, String reason, boolean urgent) implements Serializable {

  /** The shortest reason, in characters. */
  public static final int SHORTEST_REASON = 3;

  /** The longest reason, in characters. */
  public static final int LONGEST_REASON = 1000;

  /** SNOMED CT: patient referral. */
  public static final String CODE = "3457005";

  private static final String SNOMED = "http://snomed.info/sct";

  /** A leap year, and what is left of its last day. */
  private static final Duration LONGEST = Duration.ofDays(367);

  public Referral {
    reason = reason.strip();
    Instant until = policy.until();
    if (policy.refuses() || policy.patient() == null || until == null) {
      throw new IllegalArgumentException("a referral permits, of one patient, until a day");
    }
    if (policy.hospital() == null || policy.grantor().equals(policy.hospital())) {
      throw new IllegalArgumentException("a referral is to another hospital");
    }
    if (until.isAfter(policy.from().plus(LONGEST))) {
      throw new IllegalArgumentException("a referral ends within a year");
    }
    if (reason.length() < SHORTEST_REASON || reason.length() > LONGEST_REASON) {
      throw new IllegalArgumentException("a referral is for a reason, in 3 to 1000 characters");
    }
  }

  /** Whether {@code record} can be what a referral asks by. */
  static boolean isRequest(RecordId record) {
    return record.type().equals("ServiceRequest");
  }

  /** The hospital that the patient is sent to. */
  public HospitalId to() {
    return Objects.requireNonNull(policy.hospital()); // asked when it was made
  }

  private PatientId patient() {
    return Objects.requireNonNull(policy.patient());
  }

  /**
   * New records for one submission: the policy, and the request that it goes with.
   *
   * @param hospitalName what people call the hospital that the patient is sent to
   */
  public List<Submission.Entry> entries(Author author, String hospitalName, Instant now) {
    RecordId request = RecordId.fresh("ServiceRequest", Optional.of(patient()));
    RecordId consent = RecordId.fresh("Consent", Optional.of(patient()));
    return List.of(
        entry(consent, policy.by(request).toConsent(consent.id())),
        entry(request, toRequest(request.id(), author, hospitalName, now)));
  }

  private static Submission.Entry entry(RecordId record, ObjectNode content) {
    return new Submission.Entry(record, 0, content.toString());
  }

  private ObjectNode toRequest(String id, Author author, String hospitalName, Instant now) {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.put("resourceType", "ServiceRequest").put("id", id);
    request.put("status", "active").put("intent", "order");
    request.putArray("category").add(what());
    request.put("priority", urgent ? "urgent" : "routine");
    request.set("code", what());
    request.putObject("subject").put("reference", patient().record().toString());
    request.put("authoredOn", now.truncatedTo(ChronoUnit.SECONDS).toString());
    request.set(
        "requester",
        AccessPolicy.identified(AccessPolicy.USERS, policy.grantor().value() + "/" + author.user())
            .put("type", "Practitioner")
            .put("display", author.name()));
    request
        .putArray("performer")
        .add(
            AccessPolicy.identified(AccessPolicy.HOSPITALS, to().value())
                .put("type", "Organization")
                .put("display", hospitalName));
    request.putArray("reasonCode").addObject().put("text", reason);
    return request;
  }

  private static ObjectNode what() {
    ObjectNode concept = JsonNodeFactory.instance.objectNode();
    concept
        .putArray("coding")
        .add(AccessPolicy.coding(SNOMED, CODE).put("display", "Patient referral"));
    return concept;
  }

  /** Why {@code request} was made; empty if it is no referral or does not say so. */
  public static String reason(JsonNode request) {
    boolean refers =
        request.path("resourceType").asText().equals("ServiceRequest")
            && CODE.equals(request.at("/code/coding/0/code").asText());
    return refers ? request.at("/reasonCode/0/text").asText() : "";
  }
}
