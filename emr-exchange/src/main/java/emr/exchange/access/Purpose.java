package emr.exchange.access;

/**
 * Why a record is asked for; codes are from <a
 * href="http://terminology.hl7.org/ValueSet/v3-PurposeOfUse">PurposeOfUse</a>.
 */
public enum Purpose {
  TREATMENT("TREAT"),
  EMERGENCY("ETREAT"),
  ADMINISTRATION("HOPERAT"),
  /** Under an {@link EmergencyOpening}. */
  BREAK_GLASS("BTG");

  private final String code;

  Purpose(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }

  /** Why people of {@code role} ask, unless they say otherwise. */
  public static Purpose of(Role role) {
    return role == Role.CLERK || role == Role.ADMINISTRATOR ? ADMINISTRATION : TREATMENT;
  }
}
