package emr.communication;

import emr.access.RefusedPapers;
import emr.access.Statements;
import emr.control.ControlServer;
import emr.exchange.access.AccessStatement;
import emr.exchange.record.BatchResult.RefusalNote;
import emr.exchange.record.BatchResult.Result;
import emr.exchange.record.Manifest;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.exchange.record.Submission;
import emr.exchange.record.SubmissionBatch;
import emr.exchange.seal.BrokenSeal;
import emr.exchange.seal.PaperType;
import emr.exchange.seal.Signed;
import emr.identity.Hospital;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.cert.X509Certificate;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Takes in what hospitals forward (claims 5, 12, 25). Each submission is judged, stored and
 * answered on its own: what is wrong with one does not touch the others.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class Incoming {

  private static final Logger LOG = Logger.getLogger(Incoming.class.getName());

  @Inject ControlServer control;
  @Inject Statements statements;
  @Inject RefusedPapers papers;
  @Inject ExchangeMeter meter;

  /** Stored, with a receipt, or refused, with a reason; never thrown. */
  Result take(SubmissionBatch.Signed signed, Hospital hospital, X509Certificate certificate) {
    long began = System.nanoTime();
    try {
      Submission submission =
          papers.noting(hospital.id(), "", () -> read(signed, hospital, certificate));
      AccessStatement by = statements.accept(signed.statement(), certificate);
      Submission stated = papers.noting(hospital.id(), by.user(), () -> same(submission, by));
      String receipt = control.store(stated, by, signed.manifest()).signedReceipt();
      meter.stored(System.nanoTime() - began);
      return new Result(receipt, null);
    } catch (Refusal refusal) {
      meter.refused(refusal.reason());
      return refused(refusal.reason(), refusal.explanation(), false);
    } catch (BrokenSeal broken) {
      meter.refused(Reason.MALFORMED);
      return refused(Reason.MALFORMED, ExchangeFaults.explanation(broken), false);
    } catch (RuntimeException fault) {
      LOG.log(Level.SEVERE, "a submission of " + hospital.id() + " could not be stored", fault);
      meter.failed();
      return refused(
          Reason.NOT_SUPPORTED, "The centre could not store it now. Send it again later.", true);
    }
  }

  /** The submission that {@code hospital} signed. */
  private static Submission read(
      SubmissionBatch.Signed signed, Hospital hospital, X509Certificate certificate) {
    Manifest manifest =
        Signed.parse(signed.manifest()).verify(PaperType.MANIFEST, certificate, Manifest.class);
    if (!complete(manifest)) {
      throw new Refusal(Reason.MALFORMED, "The manifest leaves out what it must say.");
    }
    if (!manifest.hospital().equals(hospital.id())) {
      throw new Refusal(Reason.NOT_AUTHENTICATED, "The manifest is another hospital's.");
    }
    try {
      return manifest.with(signed.contents());
    } catch (IllegalArgumentException e) {
      throw (Refusal)
          new Refusal(
                  Reason.MALFORMED,
                  Objects.requireNonNullElse(
                      e.getMessage(), "The contents do not fit the manifest."))
              .initCause(e);
    }
  }

  private static boolean complete(Manifest manifest) {
    return manifest.id() != null
        && manifest.hospital() != null
        && manifest.author() != null
        && manifest.recordedAt() != null
        && manifest.items().stream()
            .allMatch(item -> item.record() != null && item.sha256() != null);
  }

  /** {@code submission}, for which a statement of its own user about its own patient is good. */
  private static Submission same(Submission submission, AccessStatement by) {
    boolean same =
        by.hospital().equals(submission.hospital())
            && by.user().equals(submission.author().user())
            && Objects.equals(by.patient(), submission.patient());
    if (!same) {
      throw new Refusal(Reason.NOT_AUTHENTICATED, "The statement is not about this submission.");
    }
    return submission;
  }

  private static Result refused(Reason reason, String explanation, boolean retry) {
    return new Result(null, new RefusalNote(reason, explanation, retry));
  }
}
