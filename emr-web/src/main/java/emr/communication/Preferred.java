package emr.communication;

import static java.nio.charset.StandardCharsets.UTF_8;

import emr.control.Changed;
import emr.exchange.access.AccessPolicy;
import emr.exchange.record.RecordId;
import emr.storage.FhirJson;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an answer to a change holds; see {@code Prefer} in FHIR's REST. */
enum Preferred {
  MINIMAL,
  REPRESENTATION,
  OUTCOME;

  /** What nobody shall believe of a Consent that was stored. */
  static final String UNENFORCED =
      "This Consent is kept, and it is not enforced: nobody is judged by a Consent that is not the"
          + " policy of a hospital. Let the patient's hospital make a policy that says the same.";

  static Preferred of(HttpHeaders headers) {
    List<String> values = headers.getRequestHeader("Prefer");
    return of(values == null ? null : String.join(",", values));
  }

  /**
   * @param prefer the header; null if there is none
   */
  static Preferred of(@Nullable String prefer) {
    if (prefer == null) {
      return MINIMAL;
    }
    return prefer.contains("return=representation")
        ? REPRESENTATION
        : prefer.contains("return=OperationOutcome") ? OUTCOME : MINIMAL;
  }

  /** Null for nothing. */
  byte @Nullable [] body(Changed changed) {
    return switch (this) {
      case MINIMAL -> null;
      case REPRESENTATION -> changed.isThere() ? changed.content().get() : null;
      case OUTCOME -> outcome(changed).getBytes(UTF_8);
    };
  }

  /** Says how it ended. */
  static String outcome(Changed changed) {
    String how =
        switch (changed.what()) {
          case CREATED, UPDATED -> "Stored.";
          case UNCHANGED -> "The record says this already; no version was added.";
          case FOUND -> "There is one; none was made.";
          case DELETED -> "Deleted.";
          case NOTHING -> "There was nothing to delete.";
        };
    return isUnenforced(changed)
        ? Outcome.warning(how, UNENFORCED)
        : Outcome.of("information", "informational", how);
  }

  private static boolean isUnenforced(Changed changed) {
    RecordId record = changed.record();
    return record != null
        && record.type().equals("Consent")
        && changed.isThere()
        && AccessPolicy.isUnenforced(FhirJson.read(changed.content().get()));
  }
}
