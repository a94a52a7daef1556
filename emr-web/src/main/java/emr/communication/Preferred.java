package emr.communication;

import static java.nio.charset.StandardCharsets.UTF_8;

import emr.control.Changed;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an answer to a change holds; see {@code Prefer} in FHIR's REST. */
enum Preferred {
  MINIMAL,
  REPRESENTATION,
  OUTCOME;

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
    return Outcome.of(
        "information",
        "informational",
        switch (changed.what()) {
          case CREATED, UPDATED -> "Stored.";
          case UNCHANGED -> "The record says this already; no version was added.";
          case FOUND -> "There is one; none was made.";
          case DELETED -> "Deleted.";
          case NOTHING -> "There was nothing to delete.";
        });
  }
}
