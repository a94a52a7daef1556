package emr.hospital.access;

import emr.exchange.access.Emergency;
import emr.exchange.access.EmergencyOpening;
import emr.exchange.access.EmergencyReason;
import emr.exchange.access.EmergencyVerdict;
import emr.exchange.access.Purpose;
import emr.exchange.record.Author;
import emr.exchange.record.EmergencyRequest;
import emr.exchange.record.PatientId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.exchange.seal.PaperType;
import emr.hospital.communication.Centre;
import emr.hospital.communication.CentreAway;
import emr.hospital.communication.HospitalIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens charts in emergencies for people here, and reviews what others opened of this hospital's
 * patients. The centre opens them, on what this hospital signs.
 *
 * <p>What asks the centre throws {@link CentreAway}, and a {@link Refusal} for what it refuses.
 */
@ApplicationScoped
@Transactional(dontRollbackOn = {CentreAway.class, Refusal.class}) // shut here, come what may
@SuppressWarnings("NullAway.Init") // the container fills the fields in
public class Emergencies {

  /** How long the number of those that wait is believed. */
  private static final Duration FRESH = Duration.ofSeconds(10);

  @PersistenceContext(unitName = "hospital")
  EntityManager opened;

  @Inject HospitalIdentity identity;
  @Inject Statements statements;
  @Inject Centre centre;

  private volatile @Nullable Waiting waiting;

  private record Waiting(long count, Instant readAt) {}

  /**
   * A chart that is open to somebody here.
   *
   * @param types FHIR resource types; empty for all
   * @param until the first instant at which it is shut again
   */
  public record Open(
      UUID id,
      PatientId patient,
      Set<String> types,
      EmergencyReason reason,
      String words,
      Instant until)
      implements Serializable {}

  /** What {@code user} has opened of that patient's chart, and is open now. */
  public Optional<Open> of(String user, PatientId patient, Instant now) {
    return opened
        .createNamedQuery(OpenedEmergency.OPEN, OpenedEmergency.class)
        .setParameter("user", user)
        .setParameter("patient", patient.value())
        .setParameter("now", OpenedEmergency.utc(now))
        .setMaxResults(1)
        .getResultStream()
        .map(OpenedEmergency::open)
        .findFirst();
  }

  /** What {@code user} has opened, and is open now; first what ends first. */
  public List<Open> of(String user, Instant now) {
    return opened
        .createNamedQuery(OpenedEmergency.OPEN_ANYWHERE, OpenedEmergency.class)
        .setParameter("user", user)
        .setParameter("now", OpenedEmergency.utc(now))
        .getResultStream()
        .map(OpenedEmergency::open)
        .toList();
  }

  /** Why {@code who} asks about {@code patient}: what they say, unless they broke the glass. */
  public Purpose purpose(Author who, Purpose said, @Nullable PatientId patient) {
    return patient != null && of(who.user(), patient, Instant.now()).isPresent()
        ? Purpose.BREAK_GLASS
        : said;
  }

  /**
   * Opens a chart for {@code who}, whose password was just asked for again.
   *
   * @param types FHIR resource types; empty for all
   * @param words why, in 10 to 500 characters
   * @throws Refusal {@link Reason#UNPROCESSABLE} for what makes no sense, {@link
   *     Reason#NOT_PERMITTED} if the centre knows no such patient
   */
  public void open(
      Author who, PatientId patient, Set<String> types, EmergencyReason reason, String words) {
    var made = new AtomicReference<@Nullable EmergencyOpening>();
    ask(
        () -> {
          EmergencyOpening opening =
              EmergencyOpening.now(identity.hospital(), who, patient, types, reason, words);
          made.set(opening); // made anew for each attempt: a paper is good once
          return EmergencyRequest.open(identity.sign(PaperType.EMERGENCY, opening));
        });
    opened.persist(new OpenedEmergency(Objects.requireNonNull(made.get())));
  }

  /**
   * Shuts what {@code who} opened. Here it is shut at once; should the centre be away, it shuts it
   * there when its time is over.
   */
  public void end(Author who, PatientId patient) {
    Open open = of(who.user(), patient, Instant.now()).orElse(null);
    if (open == null) {
      return;
    }
    opened.find(OpenedEmergency.class, open.id().toString()).end(Instant.now());
    ask(
        () ->
            EmergencyRequest.end(open.id(), statements.toRead(who, Purpose.BREAK_GLASS, patient)));
  }

  /** What people here opened, and what was opened of this hospital's patients. */
  public Emergency.Listed list(Author administrator) {
    Emergency.Listed known =
        ask(
            () ->
                EmergencyRequest.list(
                    statements.toRead(administrator, Purpose.ADMINISTRATION, null)));
    waiting = new Waiting(known.toReview(), Instant.now());
    return known;
  }

  /** How many wait for a verdict; 0 while the centre does not say. */
  @SuppressWarnings("UnusedException") // the page says otherwise that the centre is away
  public long waiting(Author administrator) {
    Waiting known = waiting;
    if (known == null || Instant.now().isAfter(known.readAt.plus(FRESH))) {
      try {
        waiting = new Waiting(count(administrator), Instant.now());
      } catch (CentreAway | Refusal e) {
        waiting = new Waiting(known == null ? 0 : known.count, Instant.now());
      }
      known = waiting;
    }
    return known == null ? 0 : known.count;
  }

  private long count(Author administrator) {
    return ask(() ->
            EmergencyRequest.count(statements.toRead(administrator, Purpose.ADMINISTRATION, null)))
        .toReview();
  }

  /**
   * Says what this hospital thinks of an emergency.
   *
   * @param words why, in 10 to 500 characters
   * @throws Refusal {@link Reason#NOT_PERMITTED} if it was judged before
   */
  public void judge(Author administrator, UUID emergency, boolean justified, String words) {
    ask(
        () ->
            EmergencyRequest.judge(
                identity.sign(
                    PaperType.EMERGENCY_VERDICT,
                    EmergencyVerdict.now(
                        identity.hospital(), administrator, emergency, justified, words))));
    waiting = null;
  }

  private Emergency.Listed ask(Supplier<EmergencyRequest> request) {
    EmergencyRequest.Answer answer = centre.emergencies(request);
    Reason refused = answer.refused();
    if (refused != null) {
      throw new Refusal(refused, answer.explanation());
    }
    return answer.listed();
  }
}
