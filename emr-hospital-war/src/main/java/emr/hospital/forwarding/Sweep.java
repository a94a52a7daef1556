package emr.hospital.forwarding;

import emr.hospital.communication.CentreAway;
import emr.hospital.communication.HospitalDirectory;
import emr.hospital.communication.NotTaken;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Each minute: wakes the forwarder, so that nothing depends on one message, and has the names of
 * hospitals renewed.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@SuppressWarnings("NullAway.Init") // the container fills the fields in
public class Sweep {

  private static final Logger LOG = Logger.getLogger(Sweep.class.getName());

  @Inject Forwarder forwarder;
  @Inject HospitalDirectory hospitals;

  @Schedule(hour = "*", minute = "*", persistent = false)
  void sweep() {
    forwarder.drain();
    try {
      hospitals.renew();
    } catch (CentreAway | NotTaken away) {
      LOG.log(Level.FINE, "the hospitals keep the names they had: {0}", away.getMessage());
    }
  }
}
