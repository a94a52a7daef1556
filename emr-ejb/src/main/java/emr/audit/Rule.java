package emr.audit;

import static java.util.Map.entry;

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
 *     spaces between; or {@code READ: NOT_PERMITTED} and what lay behind it: {@code scope}, {@code
 *     role}, {@link #SHUT}, the policy that refuses; or words that say what was administered
 * @param hashes SHA-256 of versions of policies, 64 hex digits, as far as they were looked up; see
 *     {@link emr.exchange.record.RecordVersion#hash()}
 */
public record Rule(String noted, boolean permitted, Map<Policy, String> hashes) {

  public Rule {
    hashes = Map.copyOf(hashes);
  }

  /** With no hashes. */
  public Rule(String noted, boolean permitted) {
    this(noted, permitted, Map.of());
  }

  /**
   * A version of a policy.
   *
   * @param patient key of whose Consent it is, 0 for nobody's
   * @param record key of the Consent
   */
  public record Policy(long patient, long record, int number) {

    /** Such as: Consent/x/_history/3. */
    @Override
    public String toString() {
      return RecordId.of("Consent", patient, record) + "/_history/" + number;
    }
  }

  /** That what the caller was told is not here is here, and not for them. */
  public static final String SHUT = "shut";

  /** That nothing was found among what the asker may see. */
  static final String NOTHING = "nothing";

  /** Stands for a policy that whoever looks at the trail may not know. */
  static final String NOT_THEIRS = "policy:other";

  /** Stands before why a paper was refused, in words. */
  static final String PAPER = "PAPER: ";

  private static final String POLICY = "policy:";

  private static final String SHOWN = "shown:";

  static final String EMERGENCY = "emergency:";

  private static final String OTHERS = "a policy that is not yours to see";

  private static final Map<String, String> REASONS =
      Map.ofEntries(
          entry(Reason.NOT_PERMITTED.name(), "no rule and no policy gives the right"),
          entry(Reason.NOT_AUTHENTICATED.name(), "who asked was not proved"),
          entry(Reason.UNKNOWN_RECORD.name(), "it is not there"),
          entry(Reason.DELETED.name(), "it is no longer in use"),
          entry(Reason.STALE_VERSION.name(), "it was not based on the newest version"),
          entry(Reason.CONFLICT.name(), "it was there already, otherwise"),
          entry(Reason.MALFORMED.name(), "it could not be read"),
          entry(Reason.UNPROCESSABLE.name(), "it was against a rule for records"),
          entry(Reason.UNKNOWN_TYPE.name(), "there is no such type of record"),
          entry(Reason.NOT_SUPPORTED.name(), "it cannot be done here"),
          entry(Reason.TOO_LARGE.name(), "it was too large"));

  /** That it was shown again then. */
  public static String shown(Instant at) {
    return SHOWN + at.truncatedTo(ChronoUnit.SECONDS);
  }

  /** Such as: Permitted: policy Consent/x/_history/3 (SHA-256 0f1e…). */
  public String words() {
    if (!permitted) {
      return "Refused: " + String.join("; ", reasonsToRefuse());
    }
    var reasons = new ArrayList<String>();
    for (String part : noted.split(" ")) {
      if (part.equals(Decision.OWN)) {
        reasons.add("their own hospital keeps the chart or wrote the record, and their role may");
      } else if (part.equals(Decision.DIRECTORY)) {
        reasons.add("organisations, practitioners and the like are for everybody");
      } else if (noted.equals(NOTHING)) {
        reasons.add("nothing was found that they may see");
      } else if (part.startsWith(EMERGENCY)) {
        reasons.add("opened in emergency " + part.substring(EMERGENCY.length()));
      } else if (part.startsWith(SHOWN)) {
        reasons.add("shown at " + part.substring(SHOWN.length()) + " while the centre was away");
      } else if (part.equals(NOT_THEIRS) && !reasons.contains(OTHERS)) {
        reasons.add(OTHERS);
      }
    }
    policies().forEach(policy -> reasons.add("policy " + named(policy)));
    if (reasons.isEmpty()) {
      return noted.isBlank() ? "Permitted" : noted;
    }
    return "Permitted: " + String.join("; ", reasons);
  }

  private List<String> reasonsToRefuse() {
    String told = noted.substring(noted.indexOf(": ") + 1).strip();
    if (REASONS.containsKey(told) || !told.contains(" ")) {
      return List.of(REASONS.getOrDefault(told, told));
    }
    List<String> parts = List.of(told.split(" "));
    if (!REASONS.containsKey(parts.get(0))) {
      return List.of(told);
    }
    var reasons = new ArrayList<String>();
    if (parts.contains(Decision.SCOPE)) {
      reasons.add("the statement or the scopes bring no right to this type");
    } else if (parts.contains(Decision.ROLE)) {
      reasons.add("their role may not, and no policy names them");
    } else if (parts.contains(NOT_THEIRS)) {
      reasons.add("a policy refuses it that is not yours to see");
    }
    policies().forEach(policy -> reasons.add("refused by policy " + named(policy)));
    if (reasons.isEmpty()) {
      reasons.add(REASONS.get(parts.contains(SHUT) ? Reason.NOT_PERMITTED.name() : parts.get(0)));
    }
    return reasons;
  }

  private String named(Policy policy) {
    String hash = hashes.get(policy);
    return hash == null ? policy.toString() : policy + " (SHA-256 " + hash + ")";
  }

  /** The versions of policies by which it was permitted or refused. */
  public List<Policy> policies() {
    var policies = new ArrayList<Policy>();
    for (String part : noted.split(" ")) {
      String[] keys = part.startsWith(POLICY) ? part.split(":", -1) : new String[0];
      if (keys.length == 4) {
        policies.add(
            new Policy(
                Long.parseLong(keys[1]), Long.parseLong(keys[2]), Integer.parseInt(keys[3])));
      }
    }
    return policies;
  }
}
