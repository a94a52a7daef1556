package emr.communication;

import static java.nio.charset.StandardCharsets.UTF_8;

import emr.access.RefusedPapers;
import emr.access.Statements;
import emr.control.ControlServer;
import emr.custody.CentreKeys;
import emr.custody.Deletions;
import emr.custody.Links;
import emr.exchange.access.AccessStatement;
import emr.exchange.access.Emergency;
import emr.exchange.access.EmergencyOpening;
import emr.exchange.access.EmergencyVerdict;
import emr.exchange.record.BatchResult;
import emr.exchange.record.DeletionReport;
import emr.exchange.record.EmergencyRequest;
import emr.exchange.record.HospitalId;
import emr.exchange.record.HospitalNames;
import emr.exchange.record.KeyAnnouncement;
import emr.exchange.record.Reconciliation;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.exchange.record.Retrieval;
import emr.exchange.record.RetrievalAnswer;
import emr.exchange.record.ShownAgain;
import emr.exchange.record.SimulationRequest;
import emr.exchange.record.SubmissionBatch;
import emr.exchange.seal.BrokenSeal;
import emr.exchange.seal.Envelope;
import emr.exchange.seal.Json;
import emr.exchange.seal.PaperType;
import emr.exchange.seal.Signed;
import emr.identity.Hospital;
import emr.identity.Hospitals;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * The exchange with hospitals' servers. Every request and every answer is sealed (claims 18, 19,
 * 28): opened here, answered under the key that came with it.
 */
@ApplicationScoped
@Path("")
@Consumes(ExchangeResource.JOSE)
@Produces(ExchangeResource.JOSE)
@SuppressWarnings("NullAway.Init") // the container injects
public class ExchangeResource {

  static final String JOSE = "application/jose";

  @Inject CentreKeys keys;
  @Inject Incoming incoming;
  @Inject Statements statements;
  @Inject RefusedPapers papers;
  @Inject FhirReader reader;
  @Inject Deletions deletions;
  @Inject ControlServer control;
  @Inject Hospitals hospitals;
  @Inject Links links;
  @Inject ExchangeMeter meter;

  @Inject
  @ConfigProperty(name = "emr.request.limit", defaultValue = "52428800")
  long limit;

  /** A {@link SubmissionBatch}; answered by a {@link BatchResult}. */
  @POST
  @Path("submissions")
  public String submissions(@Context HttpServletRequest http, InputStream body) {
    Envelope.Received request = open(body);
    var batch = Json.read(request.content(), SubmissionBatch.class);
    Hospital hospital = HospitalFilter.hospital(http);
    X509Certificate certificate = certificate(hospital);
    var result =
        new BatchResult(
            batch.submissions().stream()
                .map(signed -> incoming.take(signed, hospital, certificate))
                .toList());
    return sealed(result, request);
  }

  /** A {@link Retrieval}; answered by a {@link RetrievalAnswer}. */
  @POST
  @Path("retrievals")
  public String retrievals(@Context HttpServletRequest http, InputStream body) {
    long began = System.nanoTime();
    Envelope.Received request = open(body);
    var retrieval = Json.read(request.content(), Retrieval.class);
    Hospital hospital = HospitalFilter.hospital(http);
    AccessStatement by = statements.accept(required(retrieval.statement()), certificate(hospital));
    requireSame(by.hospital(), hospital);
    var answer =
        new RetrievalAnswer(retrieval.queries().stream().map(query -> answer(query, by)).toList());
    String sealed = sealed(answer, request);
    meter.retrieved(retrieval.queries().size(), System.nanoTime() - began);
    return sealed;
  }

  private RetrievalAnswer.Answer answer(String query, AccessStatement by) {
    FhirReader.Answer answer = reader.answer(query, by);
    return new RetrievalAnswer.Answer(answer.status(), new String(answer.body(), UTF_8));
  }

  /** An {@link EmergencyRequest}; answered by an {@link EmergencyRequest.Answer}. */
  @POST
  @Path("emergencies")
  public String emergencies(@Context HttpServletRequest http, InputStream body) {
    Envelope.Received request = open(body);
    var asked = Json.read(request.content(), EmergencyRequest.class);
    Hospital hospital = HospitalFilter.hospital(http);
    try {
      return sealed(EmergencyRequest.Answer.done(emergencies(asked, hospital)), request);
    } catch (Refusal refusal) {
      return sealed(EmergencyRequest.Answer.refused(refusal), request);
    }
  }

  private Emergency.Listed emergencies(EmergencyRequest asked, Hospital hospital) {
    X509Certificate certificate = certificate(hospital);
    String opening = asked.opening();
    String verdict = asked.verdict();
    UUID ended = asked.ended();
    if (opening != null) {
      EmergencyOpening accepted = statements.acceptOpening(opening, certificate);
      requireSame(accepted.hospital(), hospital);
      control.openEmergency(accepted, opening);
      return Emergency.Listed.NOTHING;
    }
    if (verdict != null) {
      EmergencyVerdict accepted = statements.acceptVerdict(verdict, certificate);
      requireSame(accepted.hospital(), hospital);
      control.judgeEmergency(accepted, verdict);
      return Emergency.Listed.NOTHING;
    }
    AccessStatement by = statements.accept(required(asked.statement()), certificate);
    requireSame(by.hospital(), hospital);
    if (ended != null) {
      control.endEmergency(ended, by);
      return Emergency.Listed.NOTHING;
    }
    return asked.counting()
        ? Emergency.Listed.counted(control.emergenciesToReview(by))
        : control.emergencies(by);
  }

  /** A {@link SimulationRequest}; answered by a {@link SimulationRequest.Answer}. */
  @POST
  @Path("simulations")
  public String simulations(@Context HttpServletRequest http, InputStream body) {
    Envelope.Received request = open(body);
    var asked = Json.read(request.content(), SimulationRequest.class);
    Hospital hospital = HospitalFilter.hospital(http);
    try {
      AccessStatement by = statements.accept(required(asked.statement()), certificate(hospital));
      requireSame(by.hospital(), hospital);
      return sealed(
          new SimulationRequest.Answer(
              null, "", control.simulate(required(asked.simulation()), by)),
          request);
    } catch (Refusal refusal) {
      return sealed(
          new SimulationRequest.Answer(refusal.reason(), refusal.explanation(), List.of()),
          request);
    }
  }

  /** A {@link KeyAnnouncement}, signed with the old key and the new; answered by nothing. */
  @POST
  @Path("keys")
  public void keys(@Context HttpServletRequest http, InputStream body) {
    var signed = Json.read(open(body).content(), KeyAnnouncement.Signed.class);
    Hospital hospital = HospitalFilter.hospital(http);
    KeyAnnouncement announcement =
        statements.acceptAnnouncement(required(signed.byOld()), certificate(hospital));
    requireSame(announcement.hospital(), hospital);
    control.announceKey(announcement, required(signed.byNew()));
  }

  private static void requireSame(HospitalId stated, Hospital hospital) {
    if (!stated.equals(hospital.id())) {
      throw new Refusal(Reason.NOT_AUTHENTICATED, "The paper is another hospital's.");
    }
  }

  /** A {@link DeletionReport}, signed; answered by nothing. */
  @POST
  @Path("deletions")
  public void deletions(@Context HttpServletRequest http, InputStream body) {
    var report = Json.read(open(body).content(), DeletionReport.Signed.class);
    required(report.report());
    Hospital hospital = HospitalFilter.hospital(http);
    papers.noting(
        hospital.id(),
        "",
        () -> {
          deletions.accept(report, hospital);
          return report;
        });
  }

  /** Answered by the {@link HospitalNames} of all that ever took part. */
  @POST
  @Path("hospitals")
  public String hospitals(InputStream body) {
    List<HospitalNames.Named> named =
        hospitals.all().stream()
            .map(of -> new HospitalNames.Named(of.id(), of.name(), of.active()))
            .toList();
    return sealed(new HospitalNames(named), open(body));
  }

  /** {@link ShownAgain}, signed; answered by nothing. */
  @POST
  @Path("readings")
  public void readings(@Context HttpServletRequest http, InputStream body) {
    var signed = Json.read(open(body).content(), ShownAgain.Signed.class);
    Hospital hospital = HospitalFilter.hospital(http);
    String report = required(signed.report());
    control.shownAgain(
        papers.noting(hospital.id(), "", () -> verified(report, hospital)), hospital);
  }

  private static ShownAgain verified(String report, Hospital hospital) {
    try {
      ShownAgain read =
          Signed.parse(report).verify(PaperType.READINGS, certificate(hospital), ShownAgain.class);
      if (read.hospital().equals(hospital.id()) && read.readings().size() <= ShownAgain.MOST) {
        return read;
      }
    } catch (BrokenSeal broken) {
      throw (Refusal)
          new Refusal(Reason.NOT_AUTHENTICATED, "The report is not the hospital's.")
              .initCause(broken);
    }
    throw new Refusal(Reason.NOT_AUTHENTICATED, "The report is not the hospital's.");
  }

  /** A {@link Reconciliation}; answered by its {@link Reconciliation.Counts}. */
  @POST
  @Path("reconciliations")
  public String reconciliations(@Context HttpServletRequest http, InputStream body) {
    Envelope.Received request = open(body);
    var asked = Json.read(request.content(), Reconciliation.class);
    return sealed(links.count(HospitalFilter.hospital(http), required(asked.day())), request);
  }

  private Envelope.Received open(InputStream body) {
    try {
      byte[] sealed = body.readNBytes((int) Math.min(limit + 1, Integer.MAX_VALUE - 8));
      if (sealed.length > limit) {
        throw new Refusal(Reason.TOO_LARGE, "A request has up to " + limit + " bytes.");
      }
      return Envelope.open(new String(sealed, StandardCharsets.US_ASCII), keys.sealKey(), limit);
    } catch (IOException e) {
      throw (Refusal) new Refusal(Reason.MALFORMED, "The request broke off.").initCause(e);
    }
  }

  private String sealed(Object answer, Envelope.Received request) {
    return Envelope.answer(answer, keys.sign(), request.answerKey());
  }

  private static X509Certificate certificate(Hospital hospital) {
    return Objects.requireNonNull(hospital.certificate(), "the filter let in who has one");
  }

  private static <T> T required(@Nullable T value) {
    if (value == null) {
      throw new Refusal(Reason.MALFORMED, "The request leaves out what it must say.");
    }
    return value;
  }
}
