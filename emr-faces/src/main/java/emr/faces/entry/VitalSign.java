package emr.faces.entry;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A vital sign that can be entered, with its LOINC code, its UCUM unit, and limits beyond which a
 * number is impossible or asked about again. The limits catch slips of the hand; they are no
 * clinical advice.
 */
public enum VitalSign {
  BLOOD_PRESSURE("85354-9", "mm[Hg]", "mmHg", "20", "60", "220", "320"),
  PULSE("8867-4", "/min", "/min", "0", "35", "180", "350"),
  TEMPERATURE("8310-5", "Cel", "°C", "20", "34", "41", "46"),
  OXYGEN_SATURATION("2708-6", "%", "%", "0", "80", "100", "100"),
  RESPIRATION("9279-1", "/min", "/min", "0", "6", "40", "120"),
  WEIGHT("29463-7", "kg", "kg", "0.2", "1", "250", "650"),
  HEIGHT("8302-2", "cm", "cm", "15", "30", "220", "280");

  private static final Pattern NUMBER = Pattern.compile("\\d{1,4}([.,]\\d{1,2})?");
  private static final Pattern PRESSURE = Pattern.compile("(\\d{2,3})\\s*[/ ]\\s*(\\d{1,3})");

  private final String loinc;
  private final String ucum;
  private final String unit;
  private final BigDecimal least;
  private final BigDecimal usualLow;
  private final BigDecimal usualHigh;
  private final BigDecimal most;

  VitalSign(
      String loinc,
      String ucum,
      String unit,
      String least,
      String usualLow,
      String usualHigh,
      String most) {
    this.loinc = loinc;
    this.ucum = ucum;
    this.unit = unit;
    this.least = new BigDecimal(least);
    this.usualLow = new BigDecimal(usualLow);
    this.usualHigh = new BigDecimal(usualHigh);
    this.most = new BigDecimal(most);
  }

  /**
   * A value as typed.
   *
   * @param first the number; of a blood pressure, the systolic one
   * @param second the diastolic one; empty otherwise
   */
  record Value(BigDecimal first, Optional<BigDecimal> second) {}

  /** Reads "36.6", "36,6" or, for blood pressure, "148/86"; empty if it is none of these. */
  Optional<Value> read(String typed) {
    String text = typed.strip();
    if (this == BLOOD_PRESSURE) {
      Matcher pressure = PRESSURE.matcher(text);
      return pressure.matches()
          ? Optional.of(
              new Value(
                  new BigDecimal(pressure.group(1)),
                  Optional.of(new BigDecimal(pressure.group(2)))))
          : Optional.empty();
    }
    return NUMBER.matcher(text).matches()
        ? Optional.of(new Value(new BigDecimal(text.replace(',', '.')), Optional.empty()))
        : Optional.empty();
  }

  boolean isPossible(Value value) {
    boolean ordered = value.second().map(low -> low.compareTo(value.first()) < 0).orElse(true);
    return ordered && value.first().compareTo(least) >= 0 && value.first().compareTo(most) <= 0;
  }

  /**
   * Whether nobody need be asked again: within the usual, and no jump from the last value. A jump
   * is more than a quarter in weight, more than a tenth in height.
   */
  boolean isPlausible(Value value, Optional<BigDecimal> previous) {
    boolean usual =
        value.first().compareTo(usualLow) >= 0 && value.first().compareTo(usualHigh) <= 0;
    return usual && previous.map(last -> !isJump(value.first(), last)).orElse(true);
  }

  private boolean isJump(BigDecimal now, BigDecimal last) {
    BigDecimal share =
        switch (this) {
          case WEIGHT -> new BigDecimal("0.25");
          case HEIGHT -> new BigDecimal("0.10");
          default -> null;
        };
    return share != null && now.subtract(last).abs().compareTo(last.multiply(share)) > 0;
  }

  /** Its LOINC code. */
  public String loinc() {
    return loinc;
  }

  String ucum() {
    return ucum;
  }

  /** For people. */
  public String getUnit() {
    return unit;
  }

  /** Key of its name in the message bundle. */
  public String getKey() {
    return "measure." + name();
  }
}
