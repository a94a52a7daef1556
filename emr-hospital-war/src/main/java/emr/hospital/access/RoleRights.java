package emr.hospital.access;

import ca.uhn.fhir.context.FhirContext;
import emr.exchange.access.Role;
import java.util.Set;

/**
 * What this hospital lets its staff do by their roles, before anybody else is asked. The centre
 * judges all the same; but who orders what their role does not order learns it at once, and not
 * from an entry that is set aside later.
 */
public final class RoleRights {

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

  private static final Set<String> ANYTHING =
      Set.of("Binary", "Bundle", "Parameters", "MessageHeader", "Linkage", "OperationOutcome");

  private RoleRights() {}

  /**
   * Whether {@code role} may read a record of {@code type} that waits here.
   *
   * @param type of FHIR R4
   */
  public static boolean mayRead(Role role, String type) {
    return switch (role) {
      case PHYSICIAN, NURSE -> true;
      case CLERK -> CLERK.contains(type);
      case ADMINISTRATOR -> type.equals("Consent");
    };
  }

  /**
   * Whether {@code role} may make or add to a record of {@code type}.
   *
   * @param type of FHIR R4
   */
  public static boolean mayStore(Role role, String type) {
    return switch (role) {
      case PHYSICIAN -> true;
      case NURSE -> NURSE.contains(type);
      case CLERK -> CLERK.contains(type);
      case ADMINISTRATOR -> type.equals("Consent") || isDirectory(type);
    };
  }

  /**
   * Whether records of {@code type} may be about nobody: FHIR does not count the type to a
   * patient's <a href="http://hl7.org/fhir/R4/compartmentdefinition-patient.html">compartment</a>,
   * and it cannot hold just anything.
   */
  public static boolean isDirectory(String type) {
    FhirContext fhir = FhirContext.forR4Cached();
    return fhir.getResourceTypes().contains(type)
        && !type.equals("Patient")
        && !ANYTHING.contains(type)
        && fhir.getResourceDefinition(type).getSearchParamsForCompartmentName("Patient").isEmpty();
  }
}
