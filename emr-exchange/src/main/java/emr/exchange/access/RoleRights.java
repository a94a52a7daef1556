package emr.exchange.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What staff may do with records of their own hospital by their roles, before any policy is asked.
 * The centre judges by this table, and the hospital refuses by it at once what the centre would set
 * aside later. Types are those of FHIR R4.
 */
public final class RoleRights {

  private static final Set<String> DIRECTORY = directory();

  private static final Set<String> CLERK =
      Set.of("Patient", "Encounter", "Appointment", "Coverage", "RelatedPerson");

  private static final Set<String> NURSE =
      Set.of(
          "Patient",
          "Encounter",
          "Observation",
          "AllergyIntolerance",
          "DocumentReference",
          "Binary",
          "Composition",
          "ClinicalImpression",
          "DiagnosticReport",
          "Procedure",
          "Immunization",
          "MedicationAdministration",
          "MedicationStatement",
          "QuestionnaireResponse",
          "Communication",
          "Media",
          "Flag",
          "Appointment",
          "Coverage",
          "RelatedPerson");

  private RoleRights() {}

  /** Whether {@code role} may use {@code right} on a record of {@code type}. */
  public static boolean may(Role role, AccessRight right, String type) {
    boolean reads = right == AccessRight.READ;
    return switch (role) {
      case PHYSICIAN, PARTNER -> true;
      case NURSE -> reads || NURSE.contains(type);
      case CLERK -> CLERK.contains(type);
      case ADMINISTRATOR -> type.equals("Consent") || (!reads && isDirectory(type));
    };
  }

  /**
   * Whether records of {@code type} may be about nobody: FHIR does not count the type to a
   * patient's <a href="http://hl7.org/fhir/R4/compartmentdefinition-patient.html">compartment</a>,
   * and it cannot hold just anything. Those that are about nobody are for everybody to read.
   */
  public static boolean isDirectory(String type) {
    return DIRECTORY.contains(type);
  }

  private static Set<String> directory() {
    try (InputStream in =
            Objects.requireNonNull(RoleRights.class.getResourceAsStream("directory.txt"));
        var lines = new BufferedReader(new InputStreamReader(in, UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
