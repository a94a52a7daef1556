package emr.identity;

import emr.exchange.record.HospitalId;
import emr.exchange.record.KeyAnnouncement;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.exchange.seal.BrokenSeal;
import emr.exchange.seal.PaperType;
import emr.exchange.seal.Signed;
import emr.exchange.seal.Thumbprint;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The register of hospitals. Every request asks it, so it is answered from memory; a change made
 * here is seen at once, one made by another server of the centre after {@link #FRESH}.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class Hospitals {

  /** How long the register in memory is believed. */
  private static final Duration FRESH = Duration.ofSeconds(10);

  /** How long a hospital's old certificate is accepted beside the new one that it announced. */
  public static final Duration OVERLAP = Duration.ofDays(7);

  @Inject RegisterRows register;
  @Resource TransactionSynchronizationRegistry transaction;

  private volatile @Nullable Register known;

  public Optional<Hospital> find(HospitalId id) {
    return Optional.ofNullable(known().byId.get(id));
  }

  public Optional<Hospital> find(short number) {
    return Optional.ofNullable(known().byNumber.get(number));
  }

  /**
   * The hospital that has, or had, the certificate of this {@linkplain Thumbprint thumbprint}.
   * Whether it is the one in use now, {@link Hospital#certificate()} says.
   */
  public Optional<Hospital> byThumbprint(String thumbprint) {
    return Optional.ofNullable(known().byThumbprint.get(thumbprint)).flatMap(this::find);
  }

  /**
   * A certificate by which a hospital may prove itself now: its newest or, while it changes its
   * key, the one before.
   */
  public Optional<X509Certificate> accepted(String thumbprint) {
    return known().accepted.find(thumbprint, Instant.now());
  }

  /**
   * Any certificate ever registered, in use or not: what it signed is checked with it for ever.
   *
   * @param thumbprint as in a paper's {@code kid}
   */
  public Optional<X509Certificate> certificate(String thumbprint) {
    return Optional.ofNullable(known().certificates.get(thumbprint));
  }

  /** In the order in which they joined. */
  public List<Hospital> all() {
    return known().inOrder;
  }

  /**
   * Registers a hospital.
   *
   * @param certificatePem null for a hosted hospital, which has no server to prove itself
   * @param authority who must have issued the certificate
   * @param by who registers it
   * @throws Refusal {@link Reason#CONFLICT} if the id is taken; {@link Reason#MALFORMED} or {@link
   *     Reason#UNPROCESSABLE} for the certificate
   */
  @Transactional
  public Hospital onboard(
      HospitalId id,
      String name,
      @Nullable String certificatePem,
      X509Certificate authority,
      String by) {
    if (name.isBlank() || name.length() > 200) {
      throw new Refusal(Reason.UNPROCESSABLE, "A hospital has a name of 1 to 200 characters.");
    }
    if (find(id).isPresent()) {
      throw new Refusal(Reason.CONFLICT, "There is a hospital with the id " + id + " already.");
    }
    X509Certificate certificate =
        certificatePem == null
            ? null
            : HospitalCertificate.require(certificatePem, id, authority, Instant.now());
    var hospital = new RegisteredHospital(id, name.strip(), certificate == null, by);
    register.add(hospital); // gives the number
    if (certificate != null) {
      persist(certificate, hospital.number(), by, null);
    }
    forgetWhenDone();
    return hospital.toHospital(certificate);
  }

  /**
   * Gives {@code hospital} a new certificate; the one before is no longer accepted for what comes
   * in, and remains for what it signed.
   *
   * @throws Refusal as {@link #onboard}
   */
  @Transactional
  public void renewCertificate(
      HospitalId hospital, String certificatePem, X509Certificate authority, String by) {
    Hospital registered = require(hospital);
    if (registered.hosted()) {
      throw new Refusal(Reason.UNPROCESSABLE, "A hosted hospital has no certificate.");
    }
    persist(
        HospitalCertificate.require(certificatePem, hospital, authority, Instant.now()),
        registered.number(),
        by,
        null);
    forgetWhenDone();
  }

  /**
   * Takes over the new certificate that a hospital announces under its old key; the old one is
   * accepted beside it for {@link #OVERLAP}.
   *
   * @param proof the announcement, signed with the new key
   * @return until when the old one is accepted
   * @throws Refusal as {@link #onboard}; {@link Reason#NOT_AUTHENTICATED} if the hospital does not
   *     have the new key
   */
  @Transactional
  public Instant announceCertificate(
      KeyAnnouncement announcement, String proof, X509Certificate authority) {
    Hospital registered = require(announcement.hospital());
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    X509Certificate fresh =
        HospitalCertificate.require(
            announcement.certificate(), announcement.hospital(), authority, now);
    try {
      KeyAnnouncement proved =
          Signed.parse(proof).verify(PaperType.KEY, fresh, KeyAnnouncement.class);
      if (!proved.equals(announcement)) {
        throw unproved();
      }
    } catch (BrokenSeal e) {
      throw (Refusal) unproved().initCause(e);
    }
    Instant until = now.plus(OVERLAP);
    persist(fresh, registered.number(), registered.id().value(), until);
    forgetWhenDone();
    return until;
  }

  private static Refusal unproved() {
    return new Refusal(Reason.NOT_AUTHENTICATED, "The announcement is not signed by the new key.");
  }

  /** Lets {@code hospital} take part, or no longer. */
  @Transactional
  public void activate(HospitalId hospital, boolean active) {
    short number = require(hospital).number();
    Objects.requireNonNull(register.find(RegisteredHospital.class, number)).activate(active);
    forgetWhenDone();
  }

  private void persist(
      X509Certificate certificate, short hospital, String by, @Nullable Instant beforeUntil) {
    if (known().certificates.containsKey(Thumbprint.of(certificate))) {
      throw new Refusal(Reason.CONFLICT, "This certificate is registered already.");
    }
    register.add(new RegisteredCertificate(hospital, certificate, by, beforeUntil));
  }

  private Hospital require(HospitalId id) {
    return find(id)
        .orElseThrow(() -> new Refusal(Reason.UNKNOWN_RECORD, "There is no hospital " + id + "."));
  }

  private void forgetWhenDone() {
    Completion.forget(transaction, () -> known = null);
  }

  private Register known() {
    Register current = known;
    if (current == null || Instant.now().isAfter(current.readAt.plus(FRESH))) {
      current =
          Register.of(
              register.all(RegisteredHospital.ALL, RegisteredHospital.class),
              register.all(RegisteredCertificate.ALL, RegisteredCertificate.class));
      known = current;
    }
    return current;
  }

  /** The register as it was at one moment. */
  private record Register(
      Instant readAt,
      List<Hospital> inOrder,
      Map<HospitalId, Hospital> byId,
      Map<Short, Hospital> byNumber,
      Map<String, Short> byThumbprint,
      AcceptedCertificates accepted,
      Map<String, X509Certificate> certificates) {

    static Register of(List<RegisteredHospital> rows, List<RegisteredCertificate> papers) {
      var newest = new HashMap<Short, X509Certificate>();
      var owners = new HashMap<String, Short>();
      var certificates = new HashMap<String, X509Certificate>();
      var links = new HashMap<Short, List<AcceptedCertificates.Link>>();
      for (RegisteredCertificate paper : papers) {
        links
            .computeIfAbsent(paper.hospital(), hospital -> new ArrayList<>())
            .add(
                new AcceptedCertificates.Link(
                    paper.thumbprint(), paper.certificate(), paper.beforeUntil()));
        newest.put(paper.hospital(), paper.certificate());
        owners.put(paper.thumbprint(), paper.hospital());
        certificates.put(paper.thumbprint(), paper.certificate());
      }
      var accepted = new AcceptedCertificates();
      links.values().forEach(accepted::add);
      List<Hospital> all =
          rows.stream().map(row -> row.toHospital(newest.get(row.number()))).toList();
      return new Register(
          Instant.now(),
          all,
          all.stream().collect(Collectors.toMap(Hospital::id, Function.identity())),
          all.stream().collect(Collectors.toMap(Hospital::number, Function.identity())),
          owners,
          accepted,
          certificates);
    }
  }
}
