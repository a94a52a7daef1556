package emr.portal;

import emr.exchange.record.PatientId;
import emr.exchange.record.Refusal;
import emr.faces.PatientName;
import emr.faces.Viewpoint;
import emr.faces.entry.Dates;
import emr.faces.page.PatientsPage;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
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

/** Find a patient at the centre, or register a new one (claim 2). */
@Named("patients")
@ViewScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class Patients extends PatientsPage {

  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 50;

  @Inject Desk desk;
  @Inject SignedIn signedIn;
  @Inject HandedOver handedOver;

  private final PatientId fresh = PatientId.fresh();
  private final UUID submission = UUID.randomUUID(); // registering twice registers once

  /** View action: searches for what was typed on another page, once. */
  @RequiresPermissions("record:read")
  public void load() {
    searchFor(handedOver.takeQuery());
  }

  @Override
  @RequiresPermissions("record:read")
  public void search() {
    if (getQuery().isBlank()) {
      return;
    }
    var found = new ArrayList<Row>();
    try {
      for (String parameter : parameters(getQuery().strip())) {
        desk.search("Patient?" + parameter + "&_count=" + SHOWN, null)
            .matches()
            .forEach(
                version ->
                    found.add(
                        new Row(
                            desk.banner((Patient) Desk.resource(version)),
                            version.custodian().equals(signedIn.hospital()),
                            true,
                            false)));
        if (!found.isEmpty()) {
          break;
        }
      }
    } catch (Refusal refusal) {
      PortalText.notDone(PortalText.viewpoint().explained(refusal));
    }
    show(found, "");
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
  @RequiresPermissions("record:store")
  public String register() {
    Viewpoint viewpoint = PortalText.viewpoint();
    if (!isSound(viewpoint)) {
      return "";
    }
    Patient patient = getForm().toPatient(fresh, signedIn.hospital());
    try {
      desk.store(
          submission,
          fresh,
          Instant.now().truncatedTo(ChronoUnit.SECONDS),
          List.of(Desk.entry(patient, 0)));
    } catch (Refusal refusal) {
      PortalText.notDone(PortalText.viewpoint().explained(refusal));
      return "";
    }
    PortalText.done(viewpoint.text("register.done", PatientName.of(patient.getName()).inLine()));
    return PortalText.leadTo("/portal/chart?patient=" + fresh.value());
  }
}
