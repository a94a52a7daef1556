package emr.hospital.temporarystore;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import emr.exchange.access.AccessPolicy;
import emr.exchange.access.AccessRight;
import emr.exchange.access.RoleRights;
import emr.exchange.record.HospitalId;
import emr.exchange.record.PatientId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.exchange.record.Submission;
import java.util.ArrayList;
import java.util.List;

/** What every submission must be before it is saved, wherever it was made. */
final class SubmissionRules {

  /** Levels of JSON within JSON; FHIR's own need about a dozen. */
  static final int DEEPEST = 100;

  private static final int LONGEST_TEXT = 60_000_000;
  private static final String PATIENT = "Patient/";

  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxStringLength(LONGEST_TEXT)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES) // 71.50 is not 71.5
          .build();

  private SubmissionRules() {}

  /**
   * The contents of {@code submission}, read.
   *
   * @throws Refusal {@link Reason#MALFORMED} or {@link Reason#UNPROCESSABLE}, which name the place
   *     of the fault, not what stands there; {@link Reason#NOT_PERMITTED} for what its author's
   *     role does not write
   */
  static List<JsonNode> check(Submission submission, HospitalId here) {
    if (!submission.hospital().equals(here)) {
      throw new Refusal(
          Reason.UNPROCESSABLE, "An entry is saved at the hospital where it was made.");
    }
    var contents = new ArrayList<JsonNode>(submission.entries().size());
    for (Submission.Entry entry : submission.entries()) {
      JsonNode content = read(entry);
      if (!content.path("resourceType").asText().equals(entry.record().type())
          || !content.path("id").asText().equals(entry.record().id())) {
        throw new Refusal(Reason.UNPROCESSABLE, entry.record() + " is not what its content says.");
      }
      requireOnePatient(content, entry, submission);
      requireSubject(content, entry, submission);
      if (!RoleRights.may(submission.author().role(), AccessRight.STORE, entry.record().type())) {
        throw Refusal.notPermitted();
      }
      contents.add(content);
    }
    return contents;
  }

  static JsonNode read(String content) throws JsonProcessingException {
    return JSON.readTree(content);
  }

  @SuppressWarnings("UnusedException") // Jackson's messages quote the content
  private static JsonNode read(Submission.Entry entry) {
    try {
      return JSON.readTree(entry.content());
    } catch (JsonProcessingException e) {
      throw new Refusal(Reason.MALFORMED, entry.record() + " is not JSON that can be read.");
    }
  }

  /** About nobody are the directory, and a policy about all patients. */
  private static void requireSubject(
      JsonNode content, Submission.Entry entry, Submission submission) {
    if (submission.patient() == null
        && !RoleRights.isDirectory(entry.record().type())
        && !AccessPolicy.isPolicy(content)) {
      throw new Refusal(Reason.UNPROCESSABLE, entry.record() + " does not say whom it is about.");
    }
  }

  private static void requireOnePatient(
      JsonNode content, Submission.Entry entry, Submission submission) {
    PatientId patient = submission.patient();
    String own = patient == null ? "" : PATIENT + patient.value();
    boolean others =
        content.findValues("reference").stream()
            .map(JsonNode::asText)
            .filter(reference -> reference.startsWith(PATIENT))
            .anyMatch(reference -> !reference.equals(own) && !reference.startsWith(own + "/"));
    if (entry.record().type().equals("Patient") && !entry.record().toString().equals(own)) {
      others = true;
    }
    if (others) {
      throw new Refusal(Reason.UNPROCESSABLE, entry.record() + " is about another patient.");
    }
  }
}
