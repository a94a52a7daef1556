package emr.storage;

import com.fasterxml.jackson.databind.JsonNode;
import emr.exchange.record.PatientId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.search.ElementPath;
import emr.search.OwnAddresses;
import emr.search.SearchParameter;
import emr.search.SearchParameters;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says in whose chart a resource belongs: of the patient whom it names as such. */
public final class Subjects {

  private static final String PATIENT = "Patient/";

  private static final Pattern ELSEWHERE = Pattern.compile("https?://.+/Patient/[^/]+");

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

  /**
   * The patient whom these references name, as {@link #of} gives them; null for none, or several.
   *
   * @throws Refusal {@link Reason#UNPROCESSABLE} for a patient of another server
   */
  public static @Nullable PatientId named(Collection<String> references) {
    Set<String> patients = patients(references);
    if (patients.size() != 1) {
      return null;
    }
    String only = patients.iterator().next();
    if (!only.startsWith(PATIENT)) {
      throw new Refusal(
          Reason.UNPROCESSABLE,
          "The patient whom a record is about must be one of this server; register them here.");
    }
    return patient(only.substring(PATIENT.length()));
  }

  /** Patients that are named: {@code Patient/id}, or the address of one of another server. */
  private static Set<String> patients(Collection<String> references) {
    var patients = new LinkedHashSet<String>();
    for (String reference : references) {
      String relative = OwnAddresses.relative(reference).replaceFirst("/_history/.*", "");
      if (relative.startsWith(PATIENT) || ELSEWHERE.matcher(relative).matches()) {
        patients.add(relative);
      }
    }
    return patients;
  }

  private static PatientId patient(String id) {
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
    Set<String> references = of(resource);
    PatientId named = named(references);
    if (chart == null && named != null) {
      throw new Refusal(
          Reason.UNPROCESSABLE,
          "A record's content names a patient, and it lies in nobody's chart.");
    }
    if (chart != null && !Set.of(chart.record().toString()).containsAll(patients(references))) {
      throw new Refusal(
          Reason.UNPROCESSABLE, "A record's content names another patient than its submission.");
    }
  }
}
