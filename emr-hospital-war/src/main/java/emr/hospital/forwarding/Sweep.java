package emr.hospital.forwarding;

import emr.hospital.communication.Centre;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;

/** Wakes the forwarder each minute, so that nothing depends on one message. */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@SuppressWarnings("NullAway.Init") // the container fills the fields in
class Sweep {

  @Inject Forwarder forwarder;

  @Schedule(hour = "*", minute = "*", persistent = false)
  void sweep() {
    forwarder.drain();
  }

  /** The centre answered a reader: what waits for it need not wait longer. */
  void centreIsBack(@ObservesAsync Centre.IsBack back) {
    forwarder.resume();
  }
}
