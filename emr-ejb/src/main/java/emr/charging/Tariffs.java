package emr.charging;

import emr.exchange.record.HospitalId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.identity.Hospital;
import emr.identity.Hospitals;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.security.cert.X509Certificate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tariffs, and which hospital pays by which. */
@Stateless // its persistence unit is its own module's, whoever calls
@SuppressWarnings("NullAway.Init") // the container injects
public class Tariffs {

  @PersistenceContext EntityManager database;
  @Inject Hospitals hospitals;

  /** Every version of every tariff, by code, newest first. */
  public List<Tariff> all() {
    return database
        .createNamedQuery(KeptTariff.ALL, KeptTariff.class)
        .getResultStream()
        .map(KeptTariff::toTariff)
        .toList();
  }

  /** By what {@code hospital} pays in {@code month}; empty if it had not joined by then. */
  public Optional<Tariff> of(Hospital hospital, YearMonth month) {
    return database
        .createNamedQuery(TariffChoice.ALL, TariffChoice.class)
        .getResultStream()
        .filter(choice -> choice.hospital() == hospital.number())
        .filter(choice -> !choice.validFrom().isAfter(month))
        .findFirst()
        .flatMap(choice -> version(choice.code(), month));
  }

  /**
   * Adds a version of a tariff, or a new tariff.
   *
   * @throws Refusal {@link Reason#UNPROCESSABLE} if it would change prices of a month that has
   *     begun, {@link Reason#CONFLICT} if that month has one already
   */
  public void add(Tariff tariff, String by) {
    List<Tariff> versions = all().stream().filter(t -> t.code().equals(tariff.code())).toList();
    if (!versions.isEmpty() && !tariff.validFrom().isAfter(thisMonth())) {
      throw new Refusal(
          Reason.UNPROCESSABLE,
          "Prices of a month that has begun stay as they are: choose a later month.");
    }
    if (versions.stream().anyMatch(t -> t.validFrom().equals(tariff.validFrom()))) {
      throw new Refusal(Reason.CONFLICT, "This tariff has a version from that month already.");
    }
    if (versions.stream().anyMatch(t -> !t.currency().equals(tariff.currency()))) {
      throw new Refusal(
          Reason.UNPROCESSABLE, "A tariff keeps its currency: make one with another code.");
    }
    database.persist(new KeptTariff(tariff, by));
  }

  /**
   * A hospital joins: registered with its certificate, and paying by a tariff from this month on.
   *
   * @param certificatePem null for a hosted hospital
   * @param authority who must have issued the certificate
   * @throws Refusal as {@link Hospitals#onboard}, and {@link Reason#UNPROCESSABLE} if there is no
   *     such tariff
   */
  public Hospital onboard(
      HospitalId id,
      String name,
      @Nullable String certificatePem,
      X509Certificate authority,
      String tariff,
      String by) {
    requireInForce(tariff, thisMonth());
    Hospital hospital = hospitals.onboard(id, name, certificatePem, authority, by);
    database.persist(new TariffChoice(hospital.number(), thisMonth(), tariff, by));
    return hospital;
  }

  /**
   * Lets {@code hospital} pay by another tariff from the next month on.
   *
   * @throws Refusal {@link Reason#UNPROCESSABLE} if there is no such tariff by then, {@link
   *     Reason#CONFLICT} if one was chosen for that month already
   */
  public void choose(Hospital hospital, String tariff, String by) {
    YearMonth next = thisMonth().plusMonths(1);
    requireInForce(tariff, next);
    boolean chosen =
        database
            .createNamedQuery(TariffChoice.ALL, TariffChoice.class)
            .getResultStream()
            .anyMatch(c -> c.hospital() == hospital.number() && c.validFrom().equals(next));
    if (chosen) {
      throw new Refusal(Reason.CONFLICT, "A tariff was chosen for that month already.");
    }
    database.persist(new TariffChoice(hospital.number(), next, tariff, by));
  }

  private void requireInForce(String tariff, YearMonth month) {
    if (version(tariff, month).isEmpty()) {
      throw new Refusal(Reason.UNPROCESSABLE, "There is no such tariff in force.");
    }
  }

  private Optional<Tariff> version(String code, YearMonth month) {
    return all().stream()
        .filter(t -> t.code().equals(code) && !t.validFrom().isAfter(month))
        .findFirst();
  }

  private static YearMonth thisMonth() {
    return YearMonth.now(ZoneOffset.UTC);
  }
}
