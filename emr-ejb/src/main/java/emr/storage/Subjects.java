package emr.storage;

import com.fasterxml.jackson.databind.JsonNode;
import emr.exchange.record.PatientId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.search.ElementPath;
import emr.search.SearchParameter;
import emr.search.SearchParameters;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says in whose chart a resource belongs: of the patient whom it names as such. */
public final class Subjects {

  private static final String PATIENT = "Patient/";

  private Subjects() {}

  /**
   * The references, as they stand, where the resource says whom it is about; a Binary says so by
   * what stands for it where access is judged.
   */
  public static Set<String> of(JsonNode resource) {
    SearchParameters parameters = SearchParameters.of(resource.path("resourceType").asText());
    var references = new LinkedHashSet<String>();
    for (String name : List.of("patient", "subject")) {
      parameters
          .find(name)
          .filter(SearchParameter::isPatient)
          .ifPresent(
              parameter -> {
                for (ElementPath path : parameter.paths()) {
                  path.values(
                      resource, element -> references.add(element.path("reference").asText()));
                }
              });
    }
    if (resource.path("resourceType").asText().equals("Binary")) {
      references.add(resource.path("securityContext").path("reference").asText());
    }
    references.remove("");
    return references;
  }

  /** The patient that a reference names; null if it names none of ours. */
  public static @Nullable PatientId patient(String reference) {
    if (!reference.startsWith(PATIENT)) {
      return null;
    }
    int history = reference.indexOf("/_history/");
    String id = reference.substring(PATIENT.length(), history < 0 ? reference.length() : history);
    try {
      return new PatientId(id);
    } catch (IllegalArgumentException e) {
      throw (Refusal)
          new Refusal(Reason.UNPROCESSABLE, "A reference to a Patient has no id as FHIR has it.")
              .initCause(e);
    }
  }

  /**
   * A record lies in the chart of the patient its content names, and of no other; in nobody's if it
   * names none, or several.
   *
   * @param chart whose it is; null for nobody's
   * @throws Refusal {@link Reason#UNPROCESSABLE}
   */
  static void require(JsonNode resource, @Nullable PatientId chart) {
    var named = new LinkedHashSet<PatientId>();
    for (String reference : of(resource)) {
      PatientId patient = patient(reference);
      if (patient != null) {
        named.add(patient);
      }
    }
    boolean right = chart == null ? named.size() != 1 : Set.of(chart).containsAll(named);
    if (!right) {
      throw new Refusal(
          Reason.UNPROCESSABLE,
          chart == null
              ? "A record's content names a patient, and it lies in nobody's chart."
              : "A record's content names another patient than its submission.");
    }
  }
}
