package emr.hospital.forwarding;

import emr.hospital.temporarystore.Dispatch;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import java.util.UUID;

/**
 * Wakes the forwarder when a submission's message falls due; the temporary store delays it by the
 * designated time (claim 5). The message carries an id and no more: what is sent, and whether it
 * still is, stands in the database. So a message may come twice or not at all.
 */
@MessageDriven(
    activationConfig = {
      @ActivationConfigProperty(
          propertyName = "destinationLookup",
          propertyValue = "jms/forwarding"),
      @ActivationConfigProperty(
          propertyName = "destinationType",
          propertyValue = "jakarta.jms.Queue"),
      @ActivationConfigProperty(
          propertyName = "connectionFactoryLookup",
          propertyValue = "jms/emrConnectionFactory"),
      @ActivationConfigProperty(
          propertyName = "endpointExceptionRedeliveryAttempts",
          propertyValue = "3"),
      @ActivationConfigProperty(
          propertyName = "endpointExceptionRedeliveryInterval",
          propertyValue = "5000"),
      @ActivationConfigProperty(
          propertyName = "sendUndeliverableMsgsToDMQ",
          propertyValue = "false")
    })
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@SuppressWarnings("NullAway.Init") // the container fills the fields in
public class Wake implements MessageListener {

  /** A message that is about no submission in particular. */
  static final String UP = "wake";

  @Inject Dispatch dispatch;
  @Inject Forwarder forwarder;

  @Override
  public void onMessage(Message message) {
    String id = id(message);
    if (id.equals(UP) || dispatch.waits(UUID.fromString(id))) {
      forwarder.drain();
    }
  }

  private static String id(Message message) {
    try {
      return message.getBody(String.class);
    } catch (JMSException e) {
      throw new IllegalStateException("unreadable message", e);
    }
  }
}
