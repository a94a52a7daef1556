package emr.hospital.communication;

import emr.exchange.record.HospitalId;
import emr.exchange.record.HospitalNames;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The hospitals of the exchange by name, as the centre last told. What it told is kept, so that
 * they have names while it is away.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container fills the fields in
public class HospitalDirectory {

  private static final Duration FRESH = Duration.ofMinutes(10);

  @PersistenceContext(unitName = "hospital")
  EntityManager database;

  @Inject HospitalIdentity identity;
  @Inject Centre centre;

  private volatile @Nullable List<HospitalNames.Named> known;
  private volatile Instant staleFrom = Instant.EPOCH;

  /** In the order in which they joined; empty before the centre has ever told. */
  public List<HospitalNames.Named> all() {
    List<HospitalNames.Named> all = known;
    if (all == null) {
      all =
          database
              .createNamedQuery(KnownHospital.ALL, KnownHospital.class)
              .getResultStream()
              .map(KnownHospital::named)
              .toList();
      known = all;
    }
    return all;
  }

  /**
   * What people call the hospital; its short name, with a capital, while the centre has not told.
   */
  public String name(HospitalId hospital) {
    if (hospital.equals(identity.hospital())) {
      return identity.name();
    }
    return all().stream()
        .filter(named -> named.id().equals(hospital))
        .findFirst()
        .map(HospitalNames.Named::name)
        .orElseGet(() -> unknown(hospital));
  }

  private String unknown(HospitalId hospital) {
    staleFrom = Instant.EPOCH; // it has joined since
    return Character.toUpperCase(hospital.value().charAt(0)) + hospital.value().substring(1);
  }

  /**
   * Asks the centre, if what is known is not from the last ten minutes.
   *
   * @throws CentreAway if it does not tell
   */
  @Transactional
  public void renew() {
    if (Instant.now().isBefore(staleFrom)) {
      return;
    }
    List<HospitalNames.Named> told = centre.hospitals();
    staleFrom = Instant.now().plus(FRESH);
    if (told.equals(all())) {
      return;
    }
    database.createNamedQuery(KnownHospital.CLEAR).executeUpdate();
    for (int place = 0; place < told.size(); place++) {
      database.persist(new KnownHospital(place, told.get(place)));
    }
    known = told;
  }
}
