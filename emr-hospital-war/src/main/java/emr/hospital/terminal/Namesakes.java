package emr.hospital.terminal;

import emr.faces.PatientBanner;
import emr.faces.PatientName;
import emr.faces.Viewpoint;
import emr.hospital.temporarystore.LocalPatients;
import emr.hospital.temporarystore.PatientQuery;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.hl7.fhir.r4.model.Patient;

/** Whose chart could be taken for another's. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container fills the fields in
class Namesakes {

  @Inject LocalPatients patients;
  @Inject Desk desk;

  /** A patient known here whose name sounds like {@code patient}'s, in words; or nothing. */
  String of(Patient patient, Viewpoint viewpoint) {
    PatientName name = PatientName.of(patient.getName());
    String id = patient.getIdElement().getIdPart();
    if (name.family().isEmpty()) {
      return "";
    }
    return patients
        .search(new PatientQuery(name.family(), null, ""), desk.staff().author(), viewpoint.now())
        .stream()
        .filter(known -> !known.id().value().equals(id))
        .map(desk::banner)
        .filter(banner -> banner.name().soundsLike(name))
        .findFirst()
        .map(banner -> words(banner, viewpoint))
        .orElse("");
  }

  private static String words(PatientBanner other, Viewpoint viewpoint) {
    return viewpoint.text(
        other.number().isEmpty() ? "patient.similar-to" : "patient.similar-number",
        other.name().inLine() + " " + other.name().kanji(),
        other.born(),
        other.number());
  }
}
