package emr.portal;

import emr.exchange.record.PatientId;
import emr.exchange.record.Refusal;
import emr.faces.PatientName;
import emr.faces.Viewpoint;
import emr.faces.entry.Complaint;
import emr.faces.entry.Dates;
import emr.faces.entry.PatientForm;
import emr.faces.page.PatientsPage;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.shiro.authz.annotation.RequiresPermissions;
import org.hl7.fhir.r4.model.Patient;
import org.jspecify.annotations.Nullable;

/** Find a patient at the centre, or register a new one (claim 2). */
@Named("patients")
@ViewScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class Patients implements PatientsPage, Serializable {

  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 50;

  @Inject Desk desk;
  @Inject SignedIn signedIn;
  @Inject HandedOver handedOver;

  private String query = "";
  private boolean searched;
  private boolean registering;
  private ArrayList<Row> rows = new ArrayList<>();
  private final PatientForm form = new PatientForm();
  private final PatientId fresh = PatientId.fresh();
  private final UUID submission = UUID.randomUUID(); // registering twice registers once
  private ArrayList<Complaint> complaints = new ArrayList<>();

  /** View action: searches for what was typed on another page, once. */
  @RequiresPermissions("record:read")
  public void load() {
    String searched = handedOver.takeQuery();
    if (!searched.isBlank()) {
      query = searched;
      search();
    }
  }

  @Override
  @RequiresPermissions("record:read")
  public void search() {
    if (query.isBlank()) {
      return;
    }
    var found = new ArrayList<Row>();
    try {
      for (String parameter : parameters(query.strip())) {
        desk.search("Patient?" + parameter + "&_count=" + SHOWN, null)
            .matches()
            .forEach(
                version ->
                    found.add(
                        new Row(
                            desk.banner((Patient) Desk.resource(version), List.of()),
                            version.custodian().equals(signedIn.hospital()),
                            true,
                            false)));
        if (!found.isEmpty()) {
          break;
        }
      }
    } catch (Refusal refusal) {
      PortalText.notDone(refusal.explanation());
    }
    rows = new ArrayList<>(Row.marked(found));
    searched = true;
  }

  /** A date is a birth date; digits may be a number; anything else is a name. */
  private static List<String> parameters(String text) {
    String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
    Optional<LocalDate> born = Dates.day(text);
    if (born.isPresent()) {
      return List.of("birthdate=" + born.get());
    }
    return text.chars().anyMatch(Character::isDigit)
        ? List.of("identifier=" + encoded, "name=" + encoded)
        : List.of("name=" + encoded);
  }

  @Override
  public boolean isMayRegister() {
    return desk.mayAdd("Patient");
  }

  @Override
  public void openForm() {
    registering = true;
  }

  @Override
  @RequiresPermissions("record:store")
  public String register() {
    Viewpoint viewpoint = PortalText.viewpoint();
    complaints = new ArrayList<>(form.complaints(viewpoint));
    if (!complaints.isEmpty()) {
      return "";
    }
    Patient patient = form.toPatient(fresh, signedIn.hospital());
    try {
      desk.store(
          submission,
          fresh,
          Instant.now().truncatedTo(ChronoUnit.SECONDS),
          List.of(Desk.entry(patient, 0)));
    } catch (Refusal refusal) {
      PortalText.notDone(refusal.explanation());
      return "";
    }
    PortalText.done(viewpoint.text("register.done", PatientName.of(patient.getName()).inLine()));
    return PortalText.leadTo("/portal/chart?patient=" + fresh.value());
  }

  @Override
  public String getQuery() {
    return query;
  }

  @Override
  public void setQuery(@Nullable String query) {
    this.query = query == null ? "" : query;
  }

  @Override
  public boolean isSearched() {
    return searched;
  }

  @Override
  public List<Row> getRows() {
    return rows;
  }

  @Override
  public String getGap() {
    return "";
  }

  @Override
  public boolean isRegistering() {
    return registering;
  }

  @Override
  public PatientForm getForm() {
    return form;
  }

  @Override
  public List<Complaint> getComplaints() {
    return complaints;
  }
}
