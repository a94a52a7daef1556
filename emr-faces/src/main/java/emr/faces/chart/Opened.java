package emr.faces.chart;

import emr.exchange.access.AccessRight;
import emr.exchange.access.Role;
import emr.exchange.access.RoleRights;
import emr.exchange.record.PatientId;
import emr.faces.ChartRecord;
import emr.faces.PatientBanner;
import emr.faces.Viewpoint;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.List;
import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.Patient;
import org.jspecify.annotations.Nullable;

/**
 * A chart as it was opened.
 *
 * @param born null if it is not known to the day
 * @param waiting how many of its records are not yet at the centre
 * @param reading the patient's allergies and what else was asked for
 */
public record Opened(PatientBanner banner, @Nullable LocalDate born, long waiting, Reading reading)
    implements Serializable {

  /** What is asked of a chart whenever it is opened: what its banner warns of. */
  public static List<String> queries(PatientId patient) {
    String about = "?patient=" + patient.value();
    return List.of("AllergyIntolerance" + about + "&_count=100", "Flag" + about + "&_count=100");
  }

  /**
   * @param banner without warnings
   * @param found what {@link #queries} found, and what else was asked for
   * @param role of who opens it: allergies that it does not see are never said to be none
   */
  public static Opened of(
      PatientBanner banner,
      Patient patient,
      long waiting,
      Reading found,
      Role role,
      Viewpoint viewpoint) {
    boolean reads = RoleRights.may(role, AccessRight.READ, "AllergyIntolerance");
    String unread = found.gap().isEmpty() ? "" : viewpoint.text("patient.allergies-unread");
    return new Opened(
        banner.warning(
            found.records().stream().map(ChartRecord::resource).toList(),
            reads ? unread : banner.unread()),
        PatientBanner.birthDate(patient, viewpoint).orElse(null),
        waiting,
        found.without(Flag.class));
  }
}
