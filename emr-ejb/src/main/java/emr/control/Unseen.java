package emr.control;

import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What only the audit trail learns of a refusal, and its caller does not: whose chart it was about,
 * and what decided. It is the refusal's cause.
 */
final class Unseen extends Exception {

  private static final long serialVersionUID = 1L;

  private final @Nullable Long chart;
  private final String because;

  private Unseen(@Nullable Long chart, String because) {
    super(because, null, false, false);
    this.chart = chart;
    this.because = because;
  }

  /**
   * A refusal in the one text that all get.
   *
   * @param chart key of the patient; null for nobody's
   * @param because as {@link emr.access.AccessJudge#because}; may be empty
   */
  static Refusal notPermitted(@Nullable Long chart, String because) {
    return (Refusal) Refusal.notPermitted().initCause(new Unseen(chart, because));
  }

  /** As {@link #notPermitted}, of what the caller is told is not here. */
  static Refusal notHere(String explanation, long chart, String because) {
    return (Refusal)
        new Refusal(Reason.UNKNOWN_RECORD, explanation).initCause(new Unseen(chart, because));
  }

  /** Key of the patient whose chart a refusal is about, where more is known than was stated. */
  static @Nullable Long chart(Refusal refusal) {
    return refusal.getCause() instanceof Unseen unseen ? unseen.chart : null;
  }

  /** What the trail says: the reason that the caller was given, and what lay behind it. */
  static String noted(Refusal refusal) {
    String reason = refusal.reason().name();
    return refusal.getCause() instanceof Unseen unseen && !unseen.because.isEmpty()
        ? reason + " " + unseen.because
        : reason;
  }
}
