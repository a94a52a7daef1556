package emr.portal;

import static java.nio.charset.StandardCharsets.UTF_8;

import emr.control.ControlServer;
import emr.exchange.access.AccessRight;
import emr.exchange.access.Role;
import emr.exchange.access.RoleRights;
import emr.exchange.record.Author;
import emr.exchange.record.HospitalId;
import emr.exchange.record.HospitalNames;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import emr.exchange.record.RecordVersion;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.exchange.record.Submission;
import emr.faces.ChartRecord;
import emr.faces.FhirJson;
import emr.faces.PatientBanner;
import emr.faces.Viewpoint;
import emr.faces.chart.ChartDesk;
import emr.faces.chart.Opened;
import emr.faces.chart.Reader;
import emr.faces.chart.Reading;
import emr.faces.entry.PatientForm;
import emr.faces.entry.Scribe;
import emr.identity.Hospital;
import emr.identity.Hospitals;
import emr.storage.Page;
import emr.storage.Search;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * What the portal's chart pages have in common. Each look and each entry goes through the control
 * server's door under a statement of its own, as if it came from a hospital (claims 2, 3).
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container injects
class Desk implements ChartDesk {

  /** In what a version's {@code meta} says who wrote it. */
  private static final String AUTHOR = "urn:emr:author";

  @Inject ControlServer control;
  @Inject SignedIn signedIn;
  @Inject Hospitals hospitals;

  @Override
  public Viewpoint viewpoint() {
    return PortalText.viewpoint();
  }

  @Override
  public boolean isMayAdd() {
    return signedIn.may(Permission.RECORD_STORE);
  }

  @Override
  public Reader reader() {
    Author author = signedIn.author();
    return new Reader(signedIn.hospital(), author.role(), author.user());
  }

  @Override
  public boolean isEmergency(String patient) {
    return signedIn.emergency(patient(patient)).isPresent();
  }

  @Override
  public String place() {
    return signedIn.place();
  }

  @Override
  public List<HospitalNames.Named> hospitals() {
    return hospitals.all().stream()
        .map(each -> new HospitalNames.Named(each.id(), each.name(), each.active()))
        .toList();
  }

  @Override
  public String placeOf(HospitalId hospital) {
    return hospitalName(hospital);
  }

  @Override
  public Opened open(String id, List<String> queries) {
    PatientId patient = patient(id);
    Patient person = (Patient) resource(read(patient.record(), patient));
    var all = new ArrayList<String>();
    all.addAll(Opened.queries(patient));
    all.addAll(queries);
    return Opened.of(
        banner(person), person, 0, read(id, all), signedIn.author().role(), viewpoint());
  }

  @Override
  public Reading read(String id, List<String> queries) {
    PatientId patient = patient(id);
    Role role = signedIn.require().role();
    var records = new ArrayList<ChartRecord>();
    boolean more = false;
    for (String query : queries) {
      String type = query.split("[/?]", 2)[0];
      if (role != Role.CLERK || RoleRights.may(role, AccessRight.READ, type)) {
        more |= read(query, patient, records);
      }
    }
    return new Reading(records, "", more);
  }

  /** Adds what {@code query} finds; whether there is more. */
  private boolean read(String query, PatientId patient, List<ChartRecord> into) {
    try {
      if (!query.contains("?")) {
        RecordVersion version = read(RecordId.parse(query), patient);
        into.add(record(version, resource(version)));
        return false;
      }
      Page page = search(query, patient);
      page.matches().forEach(version -> into.add(record(version, resource(version))));
      return page.next() != null;
    } catch (Refusal refusal) {
      if (refusal.reason() == Reason.NOT_PERMITTED || refusal.reason() == Reason.UNKNOWN_RECORD) {
        return false;
      }
      throw refusal;
    }
  }

  @Override
  public List<ChartRecord> versions(String id, List<String> records) {
    PatientId patient = patient(id);
    return records.stream()
        .flatMap(record -> history(RecordId.parse(record), patient).stream())
        .map(version -> record(version, resource(version)))
        .toList();
  }

  private ChartRecord record(RecordVersion version, Resource resource) {
    return new ChartRecord(
        resource,
        hospitalName(version.author()),
        author(resource),
        version.number(),
        version.storedAt(),
        null);
  }

  /** Who wrote a version, as its {@code meta} says; empty if it does not. */
  static String author(Resource version) {
    return version.getMeta().getExtension().stream()
        .filter(said -> AUTHOR.equals(said.getUrl()) && said.hasValue())
        .map(said -> said.getValue().primitiveValue())
        .findFirst()
        .orElse("");
  }

  @Override
  public void refuse(Refusal refusal) {
    refused();
  }

  Page search(String query, @Nullable PatientId patient) {
    return control.search(Search.parse(query), signedIn.statement(patient, AccessRight.READ));
  }

  RecordVersion read(RecordId record, PatientId patient) {
    return control.read(record, signedIn.statement(patient, AccessRight.READ));
  }

  List<RecordVersion> history(RecordId record, PatientId patient) {
    return control.history(record, signedIn.statement(patient, AccessRight.READ));
  }

  /**
   * Stores what the person signed, at once.
   *
   * @param id of the submission; signing twice stores once
   * @throws Refusal as the control server judges
   */
  void store(UUID id, @Nullable PatientId patient, Instant at, List<Submission.Entry> entries) {
    control.store(
        new Submission(id, signedIn.hospital(), patient, signedIn.author(), at, entries),
        signedIn.statement(patient, AccessRight.STORE),
        null);
  }

  static Submission.Entry entry(Resource resource, int basedOn) {
    return new Submission.Entry(
        new RecordId(resource.fhirType(), resource.getIdElement().getIdPart()),
        basedOn,
        FhirJson.encode(resource));
  }

  /**
   * The banner of a patient whose chart is not opened.
   *
   * @throws Refusal if the person signed in may not read who it is
   */
  PatientBanner banner(PatientId patient) {
    return banner((Patient) resource(read(patient.record(), patient)));
  }

  PatientBanner banner(Patient patient) {
    return PatientBanner.of(
        patient, PatientForm.numberSystem(signedIn.hospital()), PortalText.viewpoint());
  }

  static Resource resource(RecordVersion version) {
    Resource resource = FhirJson.parse(new String(version.content(), UTF_8));
    resource.setId(version.record().id());
    return resource;
  }

  String hospitalName(HospitalId id) {
    return hospitals.find(id).map(Hospital::name).orElse(id.value());
  }

  /** The person signed in, about to write for {@code patient}. */
  Scribe scribe(PatientId patient) {
    return new Scribe(
        patient,
        signedIn.author(),
        signedIn.hospital(),
        signedIn.place(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }

  /** Whether the person signed in may, by their role, add records of {@code type} at all. */
  boolean mayAdd(String type) {
    Role role = signedIn.require().role();
    if (role == null || !signedIn.may(Permission.RECORD_STORE)) {
      return false;
    }
    return RoleRights.may(role, AccessRight.STORE, type);
  }

  static PatientId patient(String id) {
    try {
      return new PatientId(id);
    } catch (IllegalArgumentException e) {
      throw (Refusal) new Refusal(Reason.UNKNOWN_RECORD, Refusal.NO_RIGHT).initCause(e);
    }
  }

  static RecordId record(String type, String id) {
    try {
      return new RecordId(type, id);
    } catch (IllegalArgumentException e) {
      throw (Refusal) new Refusal(Reason.UNKNOWN_RECORD, Refusal.NO_RIGHT).initCause(e);
    }
  }

  /** Answers a refused page like one that is not there: nobody learns which. */
  static void refused() {
    FacesContext faces = FacesContext.getCurrentInstance();
    try {
      faces.getExternalContext().responseSendError(HttpServletResponse.SC_NOT_FOUND, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    faces.responseComplete();
  }
}
