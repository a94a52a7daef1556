package emr.portal;

import com.nimbusds.jose.jwk.JWKSet;
import emr.exchange.record.HospitalId;
import emr.exchange.record.Refusal;
import emr.identity.Hospital;
import emr.identity.Hospitals;
import emr.identity.Partner;
import emr.identity.Partners;
import emr.partner.PartnerTokens;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.Serializable;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.shiro.authz.annotation.RequiresPermissions;

/**
 * What {@code operator/partners.xhtml} shows and does: systems that sign in by themselves, each
 * with its public keys, its scopes and its rate. One is registered, changed, turned away or let in
 * again; what it was given before ends at once when it is turned away.
 */
@Named("partnersPage")
@ViewScoped
@RequiresPermissions("centre:operate")
@SuppressWarnings("NullAway.Init") // the container injects
public class PartnersPage implements Serializable {

  private static final long serialVersionUID = 1L;

  @Inject Partners partners;
  @Inject Hospitals hospitals;
  @Inject Operation operation;
  @Inject SignedIn signedIn;

  private String chosen = "";
  private String client = "";
  private String hospital = "";
  private String name = "";
  private String keys = "";
  private String scopes = "system/*.rs";
  private int seconds = 300;
  private int perMinute = 6000;
  private boolean active = true;

  /** View action: fills in the partner that the address names; 404 if there is none. */
  public void load() throws IOException {
    if (chosen.isEmpty()) {
      return;
    }
    Optional<Partner> known = partners.find(chosen);
    if (known.isEmpty()) {
      FacesContext faces = FacesContext.getCurrentInstance();
      faces.getExternalContext().responseSendError(404, null);
      faces.responseComplete();
      return;
    }
    Partner partner = known.get();
    client = partner.client();
    hospital = partner.hospital().value();
    name = partner.name();
    keys = partner.keys().toString(true);
    scopes = partner.scopes();
    seconds = (int) partner.token().toSeconds();
    perMinute = partner.perMinute();
    active = partner.active();
  }

  public List<Partner> getAll() {
    return partners.all();
  }

  /** Those for whom a partner may act; of one that is registered, its own. */
  public List<Hospital> getHospitals() {
    return hospitals.all().stream()
        .filter(each -> isNew() ? each.active() : each.id().value().equals(hospital))
        .toList();
  }

  /** Of what scopes are made, in words. */
  public String getExamples() {
    return String.join(" ", PartnerTokens.scopes());
  }

  /** Registers what is in the form, or changes what is registered. */
  public String register() {
    try {
      if (chosen.isEmpty() && partners.find(client.strip()).isPresent()) {
        PortalText.notDone(PortalText.of("partners.taken"));
        return "";
      }
      if (!PartnerTokens.exist(scopes)) {
        PortalText.notDone(PortalText.of("partners.scopes-form"));
        return "";
      }
      var partner =
          new Partner(
              client.strip(),
              new HospitalId(hospital),
              name.strip(),
              JWKSet.parse(keys).toPublicJWKSet(),
              scopes.strip(),
              Duration.ofSeconds(seconds),
              perMinute,
              active);
      operation.registerPartner(partner, signedIn.require().user());
      PortalText.done(PortalText.of("partners.done", partner.name()));
      return PortalText.leadTo("/portal/operator/partners");
    } catch (Refusal refusal) {
      PortalText.notDone(PortalText.viewpoint().explained(refusal));
    } catch (ParseException e) {
      PortalText.notDone(PortalText.of("partners.keys-form"));
    } catch (IllegalArgumentException e) {
      PortalText.notDone(PortalText.of("partners.hospital-form"));
    }
    return "";
  }

  public boolean isNew() {
    return chosen.isEmpty();
  }

  public String getChosen() {
    return chosen;
  }

  public void setChosen(String chosen) {
    this.chosen = chosen == null ? "" : chosen;
  }

  public String getClient() {
    return client;
  }

  public void setClient(String client) {
    this.client = client;
  }

  public String getHospital() {
    return hospital;
  }

  public void setHospital(String hospital) {
    this.hospital = hospital;
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  public String getKeys() {
    return keys;
  }

  public void setKeys(String keys) {
    this.keys = keys;
  }

  public String getScopes() {
    return scopes;
  }

  public void setScopes(String scopes) {
    this.scopes = scopes;
  }

  public int getSeconds() {
    return seconds;
  }

  public void setSeconds(int seconds) {
    this.seconds = seconds;
  }

  public int getPerMinute() {
    return perMinute;
  }

  public void setPerMinute(int perMinute) {
    this.perMinute = perMinute;
  }

  public boolean isActive() {
    return active;
  }

  public void setActive(boolean active) {
    this.active = active;
  }
}
