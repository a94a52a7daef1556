package emr.control;

import emr.access.Asker;
import emr.access.EmergencyWindows;
import emr.access.EmergencyWindows.Kept;
import emr.audit.Action;
import emr.audit.AuditTrail;
import emr.custody.CentreKeys;
import emr.exchange.access.AccessRight;
import emr.exchange.access.AccessStatement;
import emr.exchange.access.Emergency;
import emr.exchange.access.EmergencyOpening;
import emr.exchange.access.EmergencyVerdict;
import emr.exchange.access.Purpose;
import emr.exchange.access.Role;
import emr.exchange.record.RecordKey;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.exchange.seal.PaperType;
import emr.exchange.seal.Signed;
import emr.exchange.seal.Thumbprint;
import emr.identity.Hospital;
import emr.identity.Hospitals;
import emr.storage.RecordFinder;
import emr.storage.SealedPapers;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Opens charts in emergencies, shuts them again, and keeps what their hospitals say of it. */
@Dependent
@SuppressWarnings("NullAway.Init") // the container injects
class Emergencies {

  private static final int LISTED = 200;

  @Inject EmergencyWindows windows;
  @Inject SealedPapers papers;
  @Inject RecordFinder finder;
  @Inject Hospitals hospitals;
  @Inject CentreKeys keys;
  @Inject AuditTrail audit;

  /** The statement by which the trail knows who opens. */
  static AccessStatement statement(EmergencyOpening opening) {
    return new AccessStatement(
        opening.id(),
        opening.hospital(),
        opening.user(),
        opening.role(),
        Purpose.BREAK_GLASS,
        opening.patient(),
        Set.of(AccessRight.READ),
        Map.of(),
        opening.from(),
        opening.from().plus(AccessStatement.LONGEST));
  }

  /** The statement by which the trail knows who judges. */
  static AccessStatement statement(EmergencyVerdict verdict) {
    return new AccessStatement(
        verdict.id(),
        verdict.hospital(),
        verdict.user(),
        verdict.role(),
        Purpose.ADMINISTRATION,
        null,
        Set.of(),
        Map.of(),
        verdict.at(),
        verdict.at().plus(AccessStatement.LONGEST));
  }

  /**
   * @param paper the opening as it was signed
   * @throws Refusal {@link Reason#NOT_PERMITTED} for a patient whom nobody keeps
   */
  void open(EmergencyOpening opening, String paper, Hospital hospital) {
    RecordKey patient = finder.key(opening.patient()).orElseThrow(Refusal::notPermitted);
    short custodian = finder.custodianOf(patient.value()).orElseThrow(Refusal::notPermitted);
    windows.open(
        opening,
        hospital.number(),
        patient.value(),
        custodian,
        Instant.now(),
        papers.seal(patient.value(), opening.id(), paper));
    note(
        Asker.of(statement(opening), hospital.number(), patient),
        patient,
        "emergency access %s opened, %s".formatted(opening.id(), opening.reason()));
  }

  /**
   * @throws Refusal {@link Reason#NOT_PERMITTED} unless it is the asker's own, and not ended yet
   */
  void end(UUID id, Asker asker) {
    if (!windows.end(id, asker, Instant.now())) {
      throw Refusal.notPermitted();
    }
    note(asker, asker.patient(), "emergency access %s ended".formatted(id));
  }

  /**
   * @param paper the verdict as it was signed
   * @throws Refusal {@link Reason#NOT_PERMITTED} unless an administrator of the patient's hospital
   *     judges, for the first time
   */
  void judge(EmergencyVerdict verdict, String paper, Hospital hospital) {
    if (verdict.role() != Role.ADMINISTRATOR) {
      throw Refusal.notPermitted();
    }
    Kept kept =
        windows.find(verdict.emergency()).stream().findFirst().orElseThrow(Refusal::notPermitted);
    byte[] sealed = papers.seal(kept.patient(), verdict.id(), paper);
    if (!windows.judge(verdict, hospital.number(), sealed)) {
      throw Refusal.notPermitted();
    }
    note(
        Asker.of(statement(verdict), hospital.number(), null),
        new RecordKey(kept.patient()),
        "emergency access %s judged: %s"
            .formatted(kept.id(), verdict.justified() ? "justified" : "not justified"));
  }

  private void note(Asker asker, @Nullable RecordKey patient, String what) {
    audit.permitted(
        asker,
        Action.EMERGENCY,
        null,
        patient == null ? null : (Long) patient.value(),
        new AuditTrail.Noted(what, new long[0], new int[0], 0));
  }

  /** Of the hospital's patients, and of its own people. */
  Emergency.Listed list(Asker asker) {
    List<Emergency> known =
        windows.concerning(asker.hospital(), LISTED).stream()
            .map(kept -> emergency(kept, asker.hospital()))
            .toList();
    note(asker, null, "emergencies looked at");
    return new Emergency.Listed(
        known, windows.countConcerning(asker.hospital()), windows.countToReview(asker.hospital()));
  }

  /** How many wait for the hospital's verdict. Nothing is shown of them, so nothing is noted. */
  long toReview(Asker asker) {
    return windows.countToReview(asker.hospital());
  }

  private Emergency emergency(Kept kept, short asking) {
    boolean custodian = kept.custodian() == asking;
    AuditTrail.Disclosed disclosed =
        custodian ? audit.disclosedBy(kept) : AuditTrail.Disclosed.NOTHING;
    return new Emergency(
        opening(kept),
        kept.endedAt(),
        disclosed.shown(),
        disclosed.total(),
        custodian && kept.verdict() == null,
        verdict(kept));
  }

  private @Nullable EmergencyVerdict verdict(Kept kept) {
    byte[] sealed = kept.verdict();
    UUID id = kept.verdictId();
    return sealed == null || id == null
        ? null
        : read(kept, id, sealed, PaperType.EMERGENCY_VERDICT, EmergencyVerdict.class);
  }

  /** What the asker has opened of the chart they ask about, and is open now. */
  Optional<EmergencyOpening> lasting(Asker asker) {
    return windows.lasting(asker, Instant.now()).map(this::opening);
  }

  /** What the asker has opened of any chart, and is open now. */
  List<EmergencyOpening> allLasting(Asker asker) {
    return windows.allLasting(asker, Instant.now()).stream().map(this::opening).toList();
  }

  private EmergencyOpening opening(Kept kept) {
    return read(kept, kept.id(), kept.paper(), PaperType.EMERGENCY, EmergencyOpening.class);
  }

  /** Whoever signed it may have another key by now; for who has no key the centre signed. */
  private <T> T read(Kept kept, UUID id, byte[] sealed, PaperType type, Class<T> as) {
    Signed paper = Signed.parse(papers.open(kept.patient(), id, sealed));
    X509Certificate signer =
        paper
            .keyId()
            .flatMap(this::signer)
            .orElseThrow(() -> new IllegalStateException("nobody signed emergency " + kept.id()));
    return paper.verify(type, signer, as);
  }

  private Optional<X509Certificate> signer(String key) {
    X509Certificate centre = keys.signCertificate();
    return Thumbprint.of(centre).equals(key) ? Optional.of(centre) : hospitals.certificate(key);
  }
}
