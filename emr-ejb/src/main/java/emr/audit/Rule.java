package emr.audit;

import emr.access.Decision;
import emr.exchange.record.RecordId;
import emr.exchange.record.Refusal.Reason;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Why something was permitted or refused, as the trail notes it, in words.
 *
 * @param noted {@code own}, {@code directory} and {@code policy:patient:record:version}, with
 *     spaces between; or {@code READ: NOT_PERMITTED}; or words that say what was administered
 */
public record Rule(String noted, boolean permitted) {

  private static final String POLICY = "policy:";

  private static final String SHOWN = "shown:";

  static final String EMERGENCY = "emergency:";

  private static final Map<String, String> REASONS =
      Map.of(
          Reason.NOT_PERMITTED.name(), "no rule and no policy gives the right",
          Reason.NOT_AUTHENTICATED.name(), "who asked was not proved",
          Reason.UNKNOWN_RECORD.name(), "it is not there",
          Reason.DELETED.name(), "it is no longer in use",
          Reason.STALE_VERSION.name(), "it was not based on the newest version",
          Reason.CONFLICT.name(), "it was there already, otherwise",
          Reason.MALFORMED.name(), "it could not be read",
          Reason.UNPROCESSABLE.name(), "it was against a rule for records");

  /** That it was shown again then. */
  public static String shown(Instant at) {
    return SHOWN + at.truncatedTo(ChronoUnit.SECONDS);
  }

  /** Such as: Permitted: policy Consent/x/_history/3. */
  public String words() {
    if (!permitted) {
      String reason = noted.substring(noted.indexOf(": ") + 1).strip();
      return "Refused: " + REASONS.getOrDefault(reason, reason);
    }
    var reasons = new ArrayList<String>();
    for (String part : noted.split(" ")) {
      if (part.equals(Decision.OWN)) {
        reasons.add("their own hospital keeps the chart or wrote the record, and their role may");
      } else if (part.equals(Decision.DIRECTORY)) {
        reasons.add("organisations, practitioners and the like are for everybody");
      } else if (part.startsWith(EMERGENCY)) {
        reasons.add("opened in emergency " + part.substring(EMERGENCY.length()));
      } else if (part.startsWith(SHOWN)) {
        reasons.add("shown at " + part.substring(SHOWN.length()) + " while the centre was away");
      }
    }
    policies().forEach(policy -> reasons.add("policy " + policy));
    if (reasons.isEmpty()) {
      return noted.isBlank() ? "Permitted" : noted;
    }
    return "Permitted: " + String.join("; ", reasons);
  }

  /** The versions of policies by which it was permitted: {@code Consent/x/_history/3}. */
  public List<String> policies() {
    var policies = new ArrayList<String>();
    for (String part : noted.split(" ")) {
      String[] keys = part.startsWith(POLICY) ? part.split(":", -1) : new String[0];
      if (keys.length == 4) {
        RecordId consent = RecordId.of("Consent", Long.parseLong(keys[1]), Long.parseLong(keys[2]));
        policies.add(consent + "/_history/" + keys[3]);
      }
    }
    return policies;
  }
}
