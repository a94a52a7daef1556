package emr.hospital.terminal;

import emr.exchange.access.Role;
import emr.exchange.record.PatientId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Submission;
import emr.faces.FhirJson;
import emr.faces.PatientName;
import emr.faces.Viewpoint;
import emr.faces.entry.Dates;
import emr.faces.page.PatientsPage;
import emr.hospital.access.Permission;
import emr.hospital.access.Staff;
import emr.hospital.temporarystore.Charts;
import emr.hospital.temporarystore.FoundPatients;
import emr.hospital.temporarystore.Hold;
import emr.hospital.temporarystore.PatientQuery;
import emr.hospital.temporarystore.TemporaryStore;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.shiro.authz.annotation.RequiresPermissions;
import org.hl7.fhir.r4.model.Patient;

/** Find a patient, or register a new one. */
@Named("patients")
@ViewScoped
@SuppressWarnings("NullAway.Init") // the container fills the fields in
public class Patients extends PatientsPage {

  private static final long serialVersionUID = 1L;

  @Inject Desk desk;
  @Inject Charts charts;
  @Inject TemporaryStore store;

  /** View action: searches for what was typed on another page, once. */
  @RequiresPermissions("record:read")
  public void load() {
    Object words =
        FacesContext.getCurrentInstance()
            .getExternalContext()
            .getSessionMap()
            .remove(TerminalFrame.WORDS);
    if (words instanceof String text) {
      searchFor(text);
    }
  }

  @Override
  @RequiresPermissions("record:read")
  public void search() {
    if (getQuery().isBlank()) {
      return;
    }
    Viewpoint viewpoint = desk.viewpoint();
    Staff staff = desk.staff(Permission.RECORD_READ);
    var found = new ArrayList<Row>();
    String missing = "";
    for (PatientQuery wanted : queries(getQuery().strip())) {
      FoundPatients answer = charts.find(staff.author(), Desk.purpose(staff), wanted);
      answer
          .here()
          .forEach(p -> found.add(new Row(desk.banner(p), true, !p.registeredHere(), false)));
      answer.atCentre().forEach(p -> found.add(new Row(desk.banner(p), false, true, false)));
      Instant away = answer.awaySince();
      if (away != null) {
        missing = viewpoint.text("patients.centre-away", viewpoint.clock(away));
      }
      if (!found.isEmpty()) {
        break;
      }
    }
    show(found, missing);
  }

  /** A date is a birth date; digits may be a number; anything else is a name. */
  private static List<PatientQuery> queries(String text) {
    Optional<LocalDate> born = Dates.day(text);
    if (born.isPresent()) {
      return List.of(new PatientQuery("", born.get(), ""));
    }
    return text.chars().anyMatch(Character::isDigit)
        ? List.of(new PatientQuery("", null, text), new PatientQuery(text, null, ""))
        : List.of(new PatientQuery(text, null, ""));
  }

  @Override
  public boolean isMayRegister() {
    Staff staff = desk.staff();
    return staff.may(Permission.RECORD_STORE) && staff.role() != Role.ADMINISTRATOR;
  }

  @Override
  @RequiresPermissions("record:store")
  public String register() {
    Viewpoint viewpoint = desk.viewpoint();
    Staff staff = desk.staff(Permission.RECORD_STORE);
    if (!isSound(viewpoint)) {
      return "";
    }
    PatientId id = PatientId.fresh();
    Patient patient = getForm().toPatient(id, desk.hospital());
    var submission =
        new Submission(
            UUID.randomUUID(),
            desk.hospital(),
            id,
            staff.author(),
            Instant.now().truncatedTo(ChronoUnit.SECONDS),
            List.of(new Submission.Entry(id.record(), 0, FhirJson.encode(patient))));
    try {
      store.save(submission, Hold.USUAL);
    } catch (Refusal refusal) {
      Desk.say(FacesMessage.SEVERITY_ERROR, desk.viewpoint().explained(refusal));
      return "";
    }
    Desk.say(
        FacesMessage.SEVERITY_INFO,
        viewpoint.text("register.done", PatientName.of(patient.getName()).inLine()));
    return "chart?faces-redirect=true&patient=" + id.value();
  }
}
