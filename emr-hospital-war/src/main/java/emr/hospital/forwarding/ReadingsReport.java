package emr.hospital.forwarding;

import emr.exchange.record.ShownAgain;
import emr.exchange.record.ShownAgain.Reading;
import emr.hospital.communication.Centre;
import emr.hospital.communication.CentreAway;
import emr.hospital.communication.NotTaken;
import emr.hospital.temporarystore.OfflineReadings;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Tells the centre, once it is back, what was shown here while it was away; in order. */
@Singleton
@DependsOn("HospitalDatabase")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@SuppressWarnings("NullAway.Init") // the container fills the fields in
public class ReadingsReport {

  private static final Logger LOG = Logger.getLogger(ReadingsReport.class.getName());

  @Inject OfflineReadings readings;
  @Inject Centre centre;

  /** A report that the centre got and whose answer was lost is sent again, and noted once. */
  @Schedule(hour = "*", minute = "*", second = "*/15", persistent = false)
  void report() {
    List<Reading> due = readings.due();
    try {
      while (!due.isEmpty()) {
        centre.reportReadings(due);
        readings.reported(due);
        due = due.size() < ShownAgain.MOST ? List.of() : readings.due();
      }
    } catch (CentreAway away) {
      LOG.log(Level.FINE, "readings wait: {0}", away.getMessage());
    } catch (NotTaken notTaken) {
      LOG.log(Level.WARNING, "the centre does not take readings: {0}", notTaken.getMessage());
    }
  }
}
