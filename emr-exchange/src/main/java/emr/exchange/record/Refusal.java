package emr.exchange.record;

import jakarta.ejb.ApplicationException;
import java.io.Serializable;
import java.util.List;

/**
 * The centre turned a request down for a {@linkplain Reason reason} the caller can act on. It rolls
 * the transaction back, and crosses the wire as a FHIR OperationOutcome. Faults of our own making
 * are never refusals; they stay plain runtime exceptions and reach the caller as an empty 500.
 */
@ApplicationException(rollback = true)
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What a caller without the right is told, whether or not there is anything to see. */
  public static final String NO_RIGHT = "You have no right to this, or it is not here.";

  /**
   * Every reason there is. Codes are from <a
   * href="http://hl7.org/fhir/R4/valueset-issue-type.html">IssueType</a>.
   */
  public enum Reason {
    /** No statement, or one that proves nothing. */
    NOT_AUTHENTICATED("login", 401),
    NOT_PERMITTED("forbidden", 403),
    UNKNOWN_RECORD("not-found", 404),
    DELETED("deleted", 410),
    /** Not based on the latest version. */
    STALE_VERSION("conflict", 412),
    /** The same submission id with other content, or a record id that is taken. */
    CONFLICT("duplicate", 409),
    /** Not JSON or not FHIR. */
    MALFORMED("structure", 400),
    /** Well-formed, but against a rule. */
    UNPROCESSABLE("business-rule", 422),
    UNKNOWN_TYPE("not-supported", 404),
    NOT_SUPPORTED("not-supported", 400),
    TOO_LARGE("too-long", 413),
    /** Too many requests of one caller; see {@link Refusal#retryAfter}. */
    TOO_MANY("throttled", 429);

    private final String issueCode;
    private final int httpStatus;

    Reason(String issueCode, int httpStatus) {
      this.issueCode = issueCode;
      this.httpStatus = httpStatus;
    }

    public String issueCode() {
      return issueCode;
    }

    public int httpStatus() {
      return httpStatus;
    }
  }

  /**
   * One of several things that are wrong with what came.
   *
   * @param severity {@code error} or {@code warning}
   * @param code from <a href="http://hl7.org/fhir/R4/valueset-issue-type.html">IssueType</a>
   * @param expression the element, as FHIRPath
   * @param diagnostics says what is wrong, never with clinical content
   */
  public record Fault(String severity, String code, String expression, String diagnostics)
      implements Serializable {}

  private final Reason reason;
  private final String explanation;
  private final List<Fault> faults;
  private final int retryAfter;

  /**
   * @param explanation for the person at the other end; names ids, never clinical content
   */
  public Refusal(Reason reason, String explanation) {
    this(reason, explanation, List.of(), 0);
  }

  /**
   * @param faults one at least; the first also is the explanation
   */
  public Refusal(Reason reason, List<Fault> faults) {
    this(reason, faults.get(0).diagnostics(), faults, 0);
  }

  private Refusal(Reason reason, String explanation, List<Fault> faults, int retryAfter) {
    super(explanation);
    this.reason = reason;
    this.explanation = explanation;
    this.faults = List.copyOf(faults);
    this.retryAfter = retryAfter;
  }

  /**
   * The caller asks more often than it may.
   *
   * @param seconds after which it may ask again, 1 at least
   */
  public static Refusal tooMany(int seconds) {
    return new Refusal(
        Reason.TOO_MANY,
        "You ask more often than you may; wait " + seconds + " s.",
        List.of(),
        seconds);
  }

  /** The one refusal for lack of a right: it does not say what was wrong. */
  public static Refusal notPermitted() {
    return new Refusal(Reason.NOT_PERMITTED, NO_RIGHT);
  }

  public Reason reason() {
    return reason;
  }

  public String explanation() {
    return explanation;
  }

  /** Seconds after which the same may be asked again; 0 where waiting does not help. */
  public int retryAfter() {
    return retryAfter;
  }

  /** What is wrong, one by one; empty where the explanation says all. */
  public List<Fault> faults() {
    return faults;
  }
}
