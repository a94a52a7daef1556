package emr.portal;

import emr.audit.AuditEntry;
import emr.audit.AuditFilter;
import emr.audit.AuditTrail;
import emr.exchange.record.HospitalId;
import emr.exchange.record.RecordKey;
import emr.faces.entry.Dates;
import emr.identity.Hospital;
import emr.identity.Hospitals;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.shiro.authz.annotation.RequiresPermissions;
import org.jspecify.annotations.Nullable;

/**
 * What {@code operator/audit.xhtml} shows: who asked for what, and why it was permitted or refused;
 * numbers and rules, never content. Whoever looks is noted in the trail too.
 */
@Named("audit")
@RequestScoped
@RequiresPermissions("centre:operate")
@SuppressWarnings("NullAway.Init") // Faces calls load() before anything is shown
public class AuditPage {

  private static final int PAGE = 50;

  @Inject AuditTrail trail;
  @Inject Hospitals hospitals;
  @Inject SignedIn signedIn;

  private String entry = "";
  private String hospital = "";
  private String person = "";
  private String patient = "";
  private String from = "";
  private String until = "";
  private boolean refused;
  private long before = Long.MAX_VALUE;
  private List<AuditEntry> entries = List.of();
  private boolean more;

  /** View action. */
  public void load() {
    if (isFromWrong() || isUntilWrong()) {
      return; // the page says so at the field
    }
    AuditFilter filter;
    try {
      filter = filter();
    } catch (IllegalArgumentException e) {
      PortalText.notDone(PortalText.of("audit.form"));
      return;
    }
    List<AuditEntry> found = trail.newestFirst(filter, before, PAGE + 1);
    more = found.size() > PAGE;
    entries = more ? found.subList(0, PAGE) : found;
    trail.administered(signedIn.require().user(), "looked at the audit trail" + words(filter));
  }

  private AuditFilter filter() {
    return new AuditFilter(
        entry.isBlank() ? null : Long.valueOf(entry.strip()),
        hospital.isBlank() ? null : new HospitalId(hospital.strip()),
        person.isBlank() ? null : name(person),
        patient.isBlank() ? null : key(patient.strip()),
        null,
        day(from).map(AuditPage::start).orElse(null),
        day(until).map(day -> start(day.plusDays(1))).orElse(null),
        refused ? Boolean.FALSE : null,
        null);
  }

  private static String name(String person) {
    if (person.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("nobody is called so");
    }
    return person.strip();
  }

  private static RecordKey key(String patient) {
    return RecordKey.parse(patient.toLowerCase(Locale.ROOT))
        .orElseThrow(() -> new IllegalArgumentException("a patient's id has 13 characters"));
  }

  private static Optional<LocalDate> day(String typed) {
    return Dates.day(typed, PortalText.viewpoint().today());
  }

  private static Instant start(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static String words(AuditFilter filter) {
    return (filter.hospital() == null ? "" : " of " + filter.hospital())
        + (filter.person() == null ? "" : ", person " + filter.person())
        + (filter.patient() == null ? "" : ", patient " + filter.patient().text());
  }

  /** Whether the first day cannot be read; nothing is looked at then. */
  public boolean isFromWrong() {
    return !from.isBlank() && day(from).isEmpty();
  }

  /** Whether the last day cannot be read; nothing is looked at then. */
  public boolean isUntilWrong() {
    return !until.isBlank() && day(until).isEmpty();
  }

  public List<AuditEntry> getEntries() {
    return entries;
  }

  public boolean isMore() {
    return more;
  }

  /** Where the next page begins. */
  public long getNext() {
    return entries.isEmpty() ? before : entries.get(entries.size() - 1).id();
  }

  public List<Hospital> getHospitals() {
    return hospitals.all();
  }

  public String at(AuditEntry shown) {
    return PortalText.viewpoint().exactly(shown.at());
  }

  public String place(AuditEntry shown) {
    HospitalId id = shown.hospital();
    return id == null
        ? PortalText.of("centre")
        : hospitals.find(id).map(Hospital::name).orElse(id.value());
  }

  public String role(AuditEntry shown) {
    return shown.role().isEmpty() ? "" : PortalText.of("role." + shown.role());
  }

  public String why(AuditEntry shown) {
    return shown.purpose() == null ? "" : PortalText.of("purpose." + shown.purpose().name());
  }

  /** By which rule it was permitted, or why not. */
  public String rule(AuditEntry shown) {
    return PortalText.viewpoint().explained(shown.why().words());
  }

  public String what(AuditEntry shown) {
    return PortalText.of("action." + shown.action().name());
  }

  /** How much, in words; empty where nothing was disclosed or stored. */
  public String much(AuditEntry shown) {
    return shown.records().isEmpty()
        ? ""
        : PortalText.of("audit.much", shown.records().size(), Numbers.octets(shown.octets()));
  }

  public @Nullable String patientOf(AuditEntry shown) {
    RecordKey key = shown.patient();
    return key == null || key.equals(RecordKey.NONE) ? null : key.text();
  }

  public String getEntry() {
    return entry;
  }

  public void setEntry(String entry) {
    this.entry = entry;
  }

  public String getHospital() {
    return hospital;
  }

  public void setHospital(String hospital) {
    this.hospital = hospital;
  }

  public String getPerson() {
    return person;
  }

  public void setPerson(String person) {
    this.person = person;
  }

  public String getPatient() {
    return patient;
  }

  public void setPatient(String patient) {
    this.patient = patient;
  }

  public String getFrom() {
    return from;
  }

  public void setFrom(String from) {
    this.from = from;
  }

  public String getUntil() {
    return until;
  }

  public void setUntil(String until) {
    this.until = until;
  }

  public boolean isRefused() {
    return refused;
  }

  public void setRefused(boolean refused) {
    this.refused = refused;
  }

  public long getBefore() {
    return before;
  }

  public void setBefore(long before) {
    this.before = before;
  }
}
