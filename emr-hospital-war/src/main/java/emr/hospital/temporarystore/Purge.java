package emr.hospital.temporarystore;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Every few minutes deletes received records that have had their time (claim 4), and forgets
 * patients of other hospitals of whom nobody has any more.
 */
@Singleton
@SuppressWarnings("NullAway.Init") // the container fills the fields in
public class Purge {

  private static final Logger LOG = Logger.getLogger(Purge.class.getName());

  @Inject ReceivedRecords received;
  @Inject LocalPatients patients;

  @Schedule(hour = "*", minute = "*/5", persistent = false)
  void purge() {
    int purged = received.purge(Instant.now());
    if (purged > 0) {
      LOG.log(Level.INFO, "deleted {0} received records that had their time", purged);
      patients.purge();
    }
  }
}
