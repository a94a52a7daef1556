package emr.hospital.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import emr.exchange.access.AccessRight;
import emr.exchange.access.Purpose;
import emr.exchange.access.Role;
import emr.exchange.access.RoleRights;
import emr.exchange.record.HospitalId;
import emr.exchange.record.HospitalNames;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import emr.exchange.record.Refusal;
import emr.faces.ChartRecord;
import emr.faces.CustodyState;
import emr.faces.FhirJson;
import emr.faces.PatientBanner;
import emr.faces.PatientName;
import emr.faces.Viewpoint;
import emr.faces.account.ChosenPurpose;
import emr.faces.account.Shown;
import emr.faces.chart.ChartDesk;
import emr.faces.chart.Opened;
import emr.faces.chart.Reader;
import emr.faces.chart.Reading;
import emr.faces.entry.PatientForm;
import emr.faces.entry.Scribe;
import emr.hospital.access.Emergencies;
import emr.hospital.access.Permission;
import emr.hospital.access.SignedIn;
import emr.hospital.access.Staff;
import emr.hospital.communication.HospitalDirectory;
import emr.hospital.communication.HospitalIdentity;
import emr.hospital.temporarystore.Chart;
import emr.hospital.temporarystore.Charts;
import emr.hospital.temporarystore.KnownPatient;
import emr.hospital.temporarystore.LocalPatients;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** What every page of the terminal needs: who looks, at whom, and how to say that it cannot be. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container fills the fields in
class Desk implements ChartDesk {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Inject SignedIn signedIn;
  @Inject HospitalIdentity identity;
  @Inject HospitalDirectory hospitals;
  @Inject Charts charts;
  @Inject LocalPatients patients;
  @Inject Emergencies emergencies;
  @Inject Namesakes namesakes;

  Staff staff() {
    return signedIn.require();
  }

  Staff staff(Permission permission) {
    return signedIn.require(permission);
  }

  /** For what {@code staff}, who is signed in, acts. */
  static Purpose purpose(Staff staff) {
    return ChosenPurpose.of(staff.role());
  }

  @Override
  public Viewpoint viewpoint() {
    return new Viewpoint(Shown.language(), ZoneId.systemDefault(), Instant.now());
  }

  @Override
  public boolean isMayAdd() {
    return staff().may(Permission.RECORD_STORE);
  }

  @Override
  public Reader reader() {
    Staff staff = staff();
    return new Reader(identity.hospital(), staff.role(), staff.user());
  }

  @Override
  public boolean isEmergency(String patient) {
    return emergencies.of(staff().user(), patient(patient), viewpoint().now()).isPresent();
  }

  @Override
  public String place() {
    return identity.name();
  }

  @Override
  public List<HospitalNames.Named> hospitals() {
    var own = new HospitalNames.Named(identity.hospital(), identity.name(), true);
    return Stream.concat(
            Stream.of(own), hospitals.all().stream().filter(named -> !named.id().equals(own.id())))
        .toList();
  }

  @Override
  public String placeOf(HospitalId hospital) {
    return hospitalName(hospital.value());
  }

  @Override
  public Opened open(String id, List<String> queries) {
    Staff staff = staff(Permission.RECORD_READ);
    PatientId patient = patient(id);
    var all = new ArrayList<String>();
    all.add(patient.record().toString());
    all.addAll(Opened.queries(patient));
    all.addAll(queries);
    Chart chart = ask(staff, patient, all);
    if (chart.entries().isEmpty() && chart.awaySince() == null) {
      throw Refusal.notPermitted();
    }
    Patient shown =
        chart.entries().stream()
            .filter(entry -> entry.record().equals(patient.record()))
            .findFirst()
            .map(entry -> (Patient) resource(entry))
            .or(() -> known(patient, staff))
            .orElseThrow(Refusal::notPermitted);
    return Opened.of(
        banner(shown),
        shown,
        charts.waiting(staff.author(), patient),
        reading(chart).without(Patient.class),
        staff.role(),
        viewpoint());
  }

  @Override
  public Reading read(String id, List<String> queries) {
    return reading(ask(staff(Permission.RECORD_READ), patient(id), queries));
  }

  @Override
  public List<ChartRecord> versions(String id, List<String> records) {
    Staff staff = staff(Permission.RECORD_READ);
    return charts
        .versions(
            staff.author(),
            purpose(staff),
            patient(id),
            records.stream().map(RecordId::parse).toList())
        .stream()
        .map(entry -> record(entry, resource(entry)))
        .toList();
  }

  /** Clerks' statements would be refused for clinical types; they are not asked for. */
  private Chart ask(Staff staff, PatientId patient, List<String> queries) {
    List<String> asked =
        queries.stream()
            .filter(
                query ->
                    staff.role() != Role.CLERK
                        || RoleRights.may(
                            staff.role(), AccessRight.READ, query.split("[/?]", 2)[0]))
            .toList();
    return asked.isEmpty()
        ? new Chart(patient, List.of(), null, null, false)
        : charts.ask(staff.author(), purpose(staff), patient, asked);
  }

  private Reading reading(Chart chart) {
    return new Reading(
        chart.entries().stream().map(entry -> record(entry, resource(entry))).toList(),
        chart.awaySince() == null ? "" : viewpoint().text("chart.away"),
        chart.more());
  }

  private ChartRecord record(Chart.Entry entry, Resource resource) {
    return new ChartRecord(
        resource,
        hospitalName(entry.hospital()),
        entry.author(),
        entry.number(),
        entry.at(),
        state(entry.state()));
  }

  @Override
  public void refuse(Refusal refusal) {
    refused(refusal);
  }

  /** As it stands on top of a page. */
  PatientBanner banner(Patient patient) {
    return plain(patient).beside(namesakes.of(patient, viewpoint()));
  }

  /** As it stands in a list. */
  PatientBanner banner(KnownPatient known) {
    return plain(patient(known));
  }

  private PatientBanner plain(Patient patient) {
    return PatientBanner.of(patient, PatientForm.numberSystem(identity.hospital()), viewpoint());
  }

  /** The person as {@code staff} may remember them, for when the centre cannot be asked. */
  Optional<Patient> known(PatientId id, Staff staff) {
    return patients.find(id, staff.author(), viewpoint().now()).map(this::patient);
  }

  private Patient patient(KnownPatient known) {
    var patient = new Patient();
    patient.setId(known.id().value());
    if (!known.family().isEmpty() || !known.given().isEmpty()) {
      patient.addName(new HumanName().setFamily(known.family()).addGiven(known.given()));
    }
    script(patient, "IDE", known.kanji());
    script(patient, "SYL", known.kana());
    if (!known.gender().isEmpty()) {
      patient.setGender(AdministrativeGender.fromCode(known.gender()));
    }
    if (known.birthDate() != null) {
      patient.setBirthDateElement(new DateType(known.birthDate().toString()));
    }
    if (!known.number().isEmpty()) {
      patient
          .addIdentifier()
          .setSystem(PatientForm.numberSystem(identity.hospital()))
          .setValue(known.number());
    }
    return patient;
  }

  private static void script(Patient patient, String script, String text) {
    if (!text.isEmpty()) {
      var name = new HumanName().setText(text);
      name.addExtension(PatientName.SCRIPT, new CodeType(script));
      patient.addName(name);
    }
  }

  static Resource resource(Chart.Entry entry) {
    Resource resource = FhirJson.parse(entry.content());
    resource.setId(entry.record().id());
    return resource;
  }

  @SuppressWarnings("UnusedException") // Jackson's messages quote the content
  static JsonNode json(String content) {
    try {
      return JSON.readTree(content);
    } catch (JsonProcessingException quotesTheContent) {
      throw new IllegalStateException("a record that was shown is not JSON");
    }
  }

  static @Nullable CustodyState state(emr.hospital.temporarystore.@Nullable CustodyState state) {
    return state == null ? null : CustodyState.valueOf(state.name());
  }

  String hospitalName(String id) {
    if (id.isEmpty()) {
      return "";
    }
    return hospitals.name(new HospitalId(id));
  }

  HospitalId hospital() {
    return identity.hospital();
  }

  /** The person signed in, about to write for {@code patient}. */
  Scribe scribe(Staff staff, PatientId patient) {
    return new Scribe(
        patient,
        staff.author(),
        identity.hospital(),
        identity.name(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }

  /** As whom {@code staff} signs. */
  String signer(Staff staff) {
    return staff.name() + ", " + viewpoint().text("role." + staff.role()).toLowerCase(Locale.ROOT);
  }

  static PatientId patient(String id) {
    try {
      return new PatientId(id);
    } catch (IllegalArgumentException e) {
      throw new Refusal(Refusal.Reason.UNKNOWN_RECORD, Refusal.NO_RIGHT);
    }
  }

  static RecordId record(String type, String id) {
    try {
      return new RecordId(type, id);
    } catch (IllegalArgumentException e) {
      throw new Refusal(Refusal.Reason.UNKNOWN_RECORD, Refusal.NO_RIGHT);
    }
  }

  /** Answers a refused page like one that is not there: nobody learns which. */
  static void refused(Refusal refusal) {
    FacesContext faces = FacesContext.getCurrentInstance();
    try {
      faces
          .getExternalContext()
          .responseSendError(
              refusal.reason() == Refusal.Reason.NOT_AUTHENTICATED
                  ? HttpServletResponse.SC_FORBIDDEN
                  : HttpServletResponse.SC_NOT_FOUND,
              Refusal.NO_RIGHT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    faces.responseComplete();
  }

  /** Tells the person what happened, on this page or, after a redirect, on the next. */
  static void say(FacesMessage.Severity severity, String text) {
    FacesContext faces = FacesContext.getCurrentInstance();
    faces.addMessage(null, new FacesMessage(severity, text, null));
    faces.getExternalContext().getFlash().setKeepMessages(true);
  }
}
