package emr.exchange.access;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * How delicate a record is, by the <a href="http://hl7.org/fhir/R4/security-labels.html">security
 * labels</a> in its {@code meta.security}: two levels of confidentiality, and what a hospital keeps
 * apart. The ordinals stand in the database: new ones are added at the end, fifteen at most.
 */
public enum Sensitivity {
  /** No label of this list. */
  NORMAL("N", Sensitivity.CONFIDENTIALITY),
  RESTRICTED("R", Sensitivity.CONFIDENTIALITY),
  VERY_RESTRICTED("V", Sensitivity.CONFIDENTIALITY),
  PSYCHIATRY("PSY", Sensitivity.ACT_CODE),
  HIV("HIV", Sensitivity.ACT_CODE),
  SEXUALITY("SEX", Sensitivity.ACT_CODE),
  SUBSTANCE_USE("ETH", Sensitivity.ACT_CODE),
  GENETICS("GDIS", Sensitivity.ACT_CODE),
  VIOLENCE("SDV", Sensitivity.ACT_CODE);

  private static final String CONFIDENTIALITY =
      "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";
  private static final String ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

  private final String code;
  private final String system;

  Sensitivity(String code, String system) {
    this.code = code;
    this.system = system;
  }

  public String code() {
    return code;
  }

  /** The code system that {@link #code} is from. */
  public String system() {
    return system;
  }

  /**
   * The one of that code, whatever system it is said to be from: a label that is written wrong
   * rather shuts a record than opens it.
   */
  public static Optional<Sensitivity> of(String code) {
    for (Sensitivity each : values()) {
      if (each.code.equals(code)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /** Those of a FHIR resource; {@link #NORMAL} alone where it has none. */
  public static Set<Sensitivity> of(JsonNode resource) {
    var found = EnumSet.noneOf(Sensitivity.class);
    for (JsonNode label : resource.path("meta").path("security")) {
      of(label.path("code").asText()).filter(each -> each != NORMAL).ifPresent(found::add);
    }
    return found.isEmpty() ? EnumSet.of(NORMAL) : found;
  }

  /** A bit for each. */
  public static short bits(Collection<Sensitivity> sensitivities) {
    int bits = 0;
    for (Sensitivity each : sensitivities) {
      bits |= 1 << each.ordinal();
    }
    return (short) bits;
  }

  /** What {@link #bits} was made of. */
  public static Set<Sensitivity> ofBits(short bits) {
    var found = EnumSet.noneOf(Sensitivity.class);
    for (Sensitivity each : values()) {
      if ((bits & 1 << each.ordinal()) != 0) {
        found.add(each);
      }
    }
    return found;
  }
}
