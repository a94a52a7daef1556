package emr.portal;

import emr.charging.Tariff;
import emr.charging.Tariffs;
import emr.exchange.record.HospitalId;
import emr.exchange.record.Refusal;
import emr.exchange.seal.Thumbprint;
import emr.identity.Hospital;
import emr.identity.Hospitals;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import org.apache.shiro.authz.annotation.RequiresPermissions;
import org.jspecify.annotations.Nullable;

/**
 * What {@code operator/onboard.xhtml} and {@code operator/hospital.xhtml} do: a hospital joins,
 * gets a new certificate, another tariff, leaves or comes back. Everything is noted in the audit
 * trail.
 */
@Named("hospitalPage")
@ViewScoped
@RequiresPermissions("centre:operate")
@SuppressWarnings("NullAway.Init") // Faces sets id, then calls load(), before anything is shown
public class HospitalPage implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final int LARGEST_PEM = 20_000;
  private static final int SHORTEST_REASON = 10;

  @Inject Hospitals hospitals;
  @Inject Tariffs tariffs;
  @Inject Operation operation;
  @Inject SignedIn signedIn;

  private String id = "";
  private String name = "";
  private boolean hosted;
  private String pem = "";
  private transient @Nullable Part upload;
  private String tariff = "";
  private String reason = "";
  private @Nullable Hospital hospital;

  /** View action: 404 for a hospital that is not there. */
  public void load() throws IOException {
    hospital = parsed() == null ? null : hospitals.find(new HospitalId(id)).orElse(null);
    if (hospital == null) {
      FacesContext faces = FacesContext.getCurrentInstance();
      faces.getExternalContext().responseSendError(404, null);
      faces.responseComplete();
      return;
    }
    tariff = tariffs.of(hospital, thisMonth()).map(Tariff::code).orElse("");
  }

  /** A new hospital joins. */
  public String onboard() {
    HospitalId given = parsed();
    if (given == null) {
      PortalText.notDone(PortalText.of("onboard.id-form"));
      return "";
    }
    try {
      Hospital joined =
          operation.onboard(
              given, name, hosted ? null : certificate(), tariff, signedIn.require().user());
      PortalText.done(PortalText.of("onboard.done", joined.name()));
      return PortalText.leadTo("/portal/operator/home");
    } catch (Refusal refusal) {
      PortalText.notDone(PortalText.viewpoint().explained(refusal));
      return "";
    }
  }

  /** The hospital has a new certificate. */
  public String renew() {
    return changed(by -> operation.renew(new HospitalId(id), certificate(), by));
  }

  /** The hospital pays by another tariff from next month on. */
  public String chooseTariff() {
    return changed(by -> operation.chooseTariff(new HospitalId(id), tariff, by));
  }

  /** The hospital leaves, or comes back. */
  public String activate(boolean active) {
    if (reason.strip().length() < SHORTEST_REASON) {
      PortalText.notDone(PortalText.of("reason.short"));
      return "";
    }
    return changed(by -> operation.activate(new HospitalId(id), active, reason.strip(), by));
  }

  private String changed(Consumer<String> change) {
    try {
      change.accept(signedIn.require().user());
      PortalText.done(PortalText.of("hospital.changed"));
      return PortalText.leadTo("/portal/operator/hospital?id=" + id);
    } catch (Refusal refusal) {
      PortalText.notDone(PortalText.viewpoint().explained(refusal));
      return "";
    }
  }

  /** What was uploaded, or else pasted. */
  private String certificate() {
    if (upload == null || upload.getSize() == 0) {
      return pem;
    }
    try (InputStream in = upload.getInputStream()) {
      return new String(in.readNBytes(LARGEST_PEM), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw (Refusal)
          new Refusal(Refusal.Reason.MALFORMED, PortalText.of("onboard.upload-broken"))
              .initCause(e);
    }
  }

  private @Nullable HospitalId parsed() {
    try {
      return new HospitalId(id.strip());
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Codes of the tariffs in force. */
  public List<String> getCodes() {
    YearMonth now = thisMonth();
    return tariffs.all().stream()
        .filter(version -> !version.validFrom().isAfter(now))
        .map(Tariff::code)
        .distinct()
        .toList();
  }

  /** The certificate in use; null for a hosted hospital. */
  public @Nullable X509Certificate getCertificate() {
    return hospital == null ? null : hospital.certificate();
  }

  public String getCertificateEnds() {
    X509Certificate certificate = getCertificate();
    return certificate == null
        ? ""
        : PortalText.viewpoint().exactly(certificate.getNotAfter().toInstant());
  }

  /** The certificate's thumbprint in groups of eight. */
  public String getFingerprint() {
    X509Certificate certificate = getCertificate();
    return certificate == null ? "" : Thumbprint.of(certificate).replaceAll("(.{8})(?=.)", "$1 ");
  }

  private static YearMonth thisMonth() {
    return YearMonth.now(ZoneOffset.UTC);
  }

  public @Nullable Hospital getHospital() {
    return hospital;
  }

  public String getId() {
    return id;
  }

  public void setId(String id) {
    this.id = id;
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  public boolean isHosted() {
    return hosted;
  }

  public void setHosted(boolean hosted) {
    this.hosted = hosted;
  }

  public String getPem() {
    return pem;
  }

  public void setPem(String pem) {
    this.pem = pem;
  }

  public @Nullable Part getUpload() {
    return upload;
  }

  public void setUpload(@Nullable Part upload) {
    this.upload = upload;
  }

  public String getTariff() {
    return tariff;
  }

  public void setTariff(String tariff) {
    this.tariff = tariff;
  }

  public String getReason() {
    return reason;
  }

  public void setReason(String reason) {
    this.reason = reason;
  }
}
