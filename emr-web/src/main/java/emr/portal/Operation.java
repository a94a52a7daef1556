package emr.portal;

import emr.audit.AuditTrail;
import emr.charging.Tariff;
import emr.charging.Tariffs;
import emr.custody.CentreKeys;
import emr.exchange.record.HospitalId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.identity.Hospital;
import emr.identity.Hospitals;
import emr.identity.Partner;
import emr.identity.Partners;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import org.apache.shiro.authz.annotation.RequiresPermissions;
import org.jspecify.annotations.Nullable;

/**
 * What an operator changes, each with its entry in the audit trail in one transaction; a {@link
 * Refusal} leaves neither.
 */
@ApplicationScoped
@Transactional
@RequiresPermissions("centre:operate")
@SuppressWarnings("NullAway.Init") // the container injects
public class Operation {

  @Inject Hospitals hospitals;
  @Inject Partners partners;
  @Inject Tariffs tariffs;
  @Inject CentreKeys keys;
  @Inject AuditTrail trail;

  /**
   * A hospital joins.
   *
   * @param pem null for a hosted hospital
   */
  public Hospital onboard(
      HospitalId id, String name, @Nullable String pem, String tariff, String by) {
    Hospital joined = tariffs.onboard(id, name, pem, keys.authority(), tariff, by);
    trail.administered(by, "onboarded hospital " + id + " with tariff " + tariff);
    return joined;
  }

  /** A hospital has a new certificate. */
  public void renew(HospitalId id, String pem, String by) {
    hospitals.renewCertificate(id, pem, keys.authority(), by);
    trail.administered(by, "renewed the certificate of " + id);
  }

  /** A hospital leaves, or comes back. */
  public void activate(HospitalId id, boolean active, String reason, String by) {
    hospitals.activate(id, active);
    trail.administered(by, (active ? "let in " : "let go ") + id + ": " + reason);
  }

  /** A hospital pays by another tariff from next month on. */
  public void chooseTariff(HospitalId id, String tariff, String by) {
    Hospital hospital =
        hospitals
            .find(id)
            .orElseThrow(() -> new Refusal(Reason.UNKNOWN_RECORD, "There is no hospital " + id));
    tariffs.choose(hospital, tariff, by);
    trail.administered(by, "chose tariff " + tariff + " for " + id);
  }

  /** A partner is registered, or what is registered of it changes. */
  public void registerPartner(Partner partner, String by) {
    partners.register(partner, by);
    trail.administered(
        by,
        (partner.active() ? "registered partner " : "turned away partner ")
            + partner.client()
            + " of "
            + partner.hospital()
            + " with "
            + partner.scopes());
  }

  /** A tariff has a new version. */
  public void addTariff(Tariff tariff, String by) {
    tariffs.add(tariff, by);
    trail.administered(by, "added tariff " + tariff.code() + " from " + tariff.validFrom());
  }
}
