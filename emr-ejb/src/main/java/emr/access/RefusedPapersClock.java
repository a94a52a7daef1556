package emr.access;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** Tells {@link RefusedPapers} that a minute is over; only an EJB is told so by the container. */
@Singleton
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@SuppressWarnings("NullAway.Init") // the container injects
public class RefusedPapersClock {

  @Inject RefusedPapers papers;

  @Schedule(hour = "*", minute = "*", persistent = false)
  void minute() {
    papers.tellTheRest();
  }
}
