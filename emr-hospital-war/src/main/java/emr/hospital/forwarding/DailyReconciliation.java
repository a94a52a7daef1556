package emr.hospital.forwarding;

import emr.exchange.record.Reconciliation.Counts;
import emr.hospital.communication.Centre;
import emr.hospital.communication.CentreAway;
import emr.hospital.communication.NotTaken;
import emr.hospital.temporarystore.Ledger;
import emr.hospital.temporarystore.Ledger.Compared;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Each day compares yesterday with the centre, again each hour until both agree. */
@Singleton
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@SuppressWarnings("NullAway.Init") // the container fills the fields in
public class DailyReconciliation {

  private static final Logger LOG = Logger.getLogger(DailyReconciliation.class.getName());

  @Inject Ledger ledger;
  @Inject Centre centre;

  @Schedule(hour = "*", minute = "20", persistent = false)
  void yesterday() {
    LocalDate day = LocalDate.now(ZoneOffset.UTC).minusDays(1);
    boolean done = ledger.last(1).stream().anyMatch(c -> c.here().day().equals(day) && c.agree());
    if (!done) {
      compare(day);
    }
  }

  private void compare(LocalDate day) {
    try {
      Counts there = centre.reconcile(day);
      var compared = new Compared(Instant.now(), ledger.count(day), there);
      ledger.keep(compared);
      if (!compared.agree()) {
        LOG.log(
            Level.WARNING,
            "of {0}, this hospital has {1} and the centre {2}",
            new Object[] {day, compared.here(), there});
      }
    } catch (CentreAway | NotTaken away) {
      LOG.log(Level.INFO, "cannot compare {0} yet: {1}", new Object[] {day, away.getMessage()});
    }
  }
}
