package emr.hospital.forwarding;

import emr.hospital.temporarystore.HospitalSettings;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.jms.JMSConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Queue;
import jakarta.transaction.Transactional;

/** Pauses and resumes forwarding, for those who manage the outbox. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container fills the fields in
public class Forwarding {

  @Inject HospitalSettings settings;

  @Inject
  @JMSConnectionFactory("jms/emrConnectionFactory")
  JMSContext messages;

  @Resource(lookup = "jms/forwarding")
  Queue queue;

  /** Sends nothing more until {@link #resume}; a batch on its way is finished. */
  public void pause() {
    settings.pause(true);
  }

  @Transactional
  public void resume() {
    settings.pause(false);
    messages.createProducer().send(queue, Wake.UP);
  }

  public boolean paused() {
    return settings.paused();
  }

  /**
   * Returns if the broker lets the queue be opened. How much waits is the store's to say: messages
   * only wake, and the embedded broker fails to list a queue that is being emptied meanwhile.
   *
   * @throws IllegalStateException if the queue does not answer
   */
  @Transactional
  public void requireQueue() {
    try {
      messages.createBrowser(queue).close();
    } catch (JMSException | JMSRuntimeException e) {
      throw new IllegalStateException("the queue does not answer", e);
    }
  }
}
