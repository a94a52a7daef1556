package emr.faces;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.Flag.FlagStatus;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Who the chart is about, as it stands on top of every page, in its tab and on its last button.
 *
 * @param id the patient's logical id, for links only
 * @param sex a word, or empty
 * @param gender FHIR's code, or empty
 * @param sexLetter F, M, or empty
 * @param age such as "67 years", or empty
 * @param born such as "14 Mar 1959", or empty
 * @param number the hospital's own number for the patient, or empty
 * @param allergies in one line; empty if none is known
 * @param unread why there may be more allergies than these, in words; empty if all were read
 * @param flags what whoever looks at the chart is warned of, in words
 * @param similar whose chart could be taken for this one, in words; empty if nobody's is known
 */
public record PatientBanner(
    String id,
    PatientName name,
    String gender,
    String sex,
    String sexLetter,
    String age,
    String born,
    String number,
    String allergies,
    String unread,
    List<String> flags,
    String similar)
    implements Serializable {

  private static final String MR_SYSTEM = "http://terminology.hl7.org/CodeSystem/v2-0203";
  private static final Pattern FOR_MACHINES = Pattern.compile("urn:.*|[0-9a-fA-F-]{32,36}");

  public PatientBanner {
    flags = List.copyOf(flags);
  }

  /**
   * Who it is; of allergies it says that they are not shown.
   *
   * @param numberSystem whose identifier is the patient's number here
   */
  public static PatientBanner of(Patient patient, String numberSystem, Viewpoint viewpoint) {
    var born = Optional.ofNullable(patient.getBirthDateElement()).filter(d -> d.getValue() != null);
    String sex = patient.hasGender() ? patient.getGender().toCode() : "";
    return new PatientBanner(
        patient.getIdElement().getIdPart() == null ? "" : patient.getIdElement().getIdPart(),
        PatientName.of(patient.getName()),
        sex,
        sex.isEmpty() ? "" : viewpoint.text("sex." + sex),
        sex.isEmpty() ? "" : viewpoint.text("sex.letter." + sex),
        born.map(viewpoint::dayOf).map(viewpoint::age).orElse(""),
        born.map(d -> viewpoint.day(viewpoint.dayOf(d))).orElse(""),
        number(patient, numberSystem),
        "",
        viewpoint.text("patient.allergies-unasked"),
        List.of(),
        "");
  }

  /**
   * The same, with allergies and flags.
   *
   * @param chart of the patient; allergies that were entered in error, refuted or resolved, and
   *     flags that are not active, are left out
   * @param why there may be more allergies than these, in words; empty if all were read
   */
  public PatientBanner warning(Collection<? extends Resource> chart, String why) {
    return new PatientBanner(
        id,
        name,
        gender,
        sex,
        sexLetter,
        age,
        born,
        number,
        words(chart, AllergyIntolerance.class, ChartSummary::isInForce, PatientBanner::allergy)
            .collect(Collectors.joining(", ")),
        why,
        words(
                chart,
                Flag.class,
                flag -> flag.getStatus() == FlagStatus.ACTIVE,
                flag -> FhirText.concept(flag.getCode()))
            .toList(),
        similar);
  }

  private static <T> Stream<String> words(
      Collection<? extends Resource> chart,
      Class<T> type,
      Predicate<T> inForce,
      Function<T, String> words) {
    return chart.stream()
        .filter(type::isInstance)
        .map(type::cast)
        .filter(inForce)
        .map(words)
        .filter(text -> !text.isEmpty())
        .distinct();
  }

  /** The same, with whose chart could be taken for this one. */
  public PatientBanner beside(String similar) {
    return new PatientBanner(
        id, name, gender, sex, sexLetter, age, born, number, allergies, unread, flags, similar);
  }

  /** The patient's birth date, if it is known to the day. */
  public static Optional<LocalDate> birthDate(Patient patient, Viewpoint viewpoint) {
    return Optional.ofNullable(patient.getBirthDateElement())
        .filter(date -> date.getValue() != null)
        .filter(date -> date.getPrecision() == TemporalPrecisionEnum.DAY)
        .map(viewpoint::dayOf);
  }

  private static String number(Patient patient, String numberSystem) {
    return patient.getIdentifier().stream()
        .filter(identifier -> numberSystem.equals(identifier.getSystem()))
        .findFirst()
        .or(
            () ->
                patient.getIdentifier().stream()
                    .filter(identifier -> identifier.getType().hasCoding(MR_SYSTEM, "MR"))
                    .filter(identifier -> isForPeople(identifier.getValue()))
                    .findFirst())
        .map(Identifier::getValue)
        .orElse("");
  }

  /** Whether people would write {@code id} down; machines' own ids are not shown. */
  static boolean isForPeople(@Nullable String id) {
    return id != null && !id.isBlank() && !FOR_MACHINES.matcher(id).matches();
  }

  private static String allergy(AllergyIntolerance allergy) {
    String reaction =
        allergy.getReaction().stream()
            .flatMap(r -> r.getManifestation().stream())
            .map(FhirText::concept)
            .filter(text -> !text.isEmpty())
            .findFirst()
            .map(text -> " (" + text.toLowerCase(Locale.ROOT) + ")")
            .orElse("");
    return FhirText.concept(allergy.getCode()) + reaction;
  }

  /** For the tab: MORI Aiko F 67. */
  public String title() {
    String years = age.replaceFirst("^(\\d+).*", "$1");
    return String.join(" ", name.inLine(), sexLetter, years).replaceAll(" +", " ").strip();
  }

  /** In one line for tables: F · 67 years · 14 Mar 1959 · 0042-7781. */
  public String facts() {
    return FhirText.joined(" · ", sexLetter, age, born, number);
  }
}
