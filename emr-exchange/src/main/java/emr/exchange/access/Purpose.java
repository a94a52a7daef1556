package emr.exchange.access;

import java.util.List;

/**
 * Why a record is asked for; codes are from <a
 * href="http://terminology.hl7.org/ValueSet/v3-PurposeOfUse">PurposeOfUse</a>. The ordinals stand
 * in the database: new ones are added at the end.
 */
public enum Purpose {
  TREATMENT("TREAT"),
  EMERGENCY("ETREAT"),
  ADMINISTRATION("HOPERAT"),
  /** Under an {@link EmergencyOpening}. */
  BREAK_GLASS("BTG"),
  PAYMENT("HPAYMT");

  private final String code;

  Purpose(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }

  /**
   * For what somebody in {@code role} may say that they act, the usual first. {@link #BREAK_GLASS}
   * is never merely said.
   */
  public static List<Purpose> choices(Role role) {
    return switch (role) {
      case PHYSICIAN, NURSE -> List.of(TREATMENT, PAYMENT, ADMINISTRATION);
      case CLERK -> List.of(ADMINISTRATION, PAYMENT);
      case ADMINISTRATOR -> List.of(ADMINISTRATION);
      case PARTNER -> List.of(TREATMENT);
    };
  }
}
