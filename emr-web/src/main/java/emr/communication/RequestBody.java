package emr.communication;

import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Reads what came, up to the limit. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class RequestBody {

  @Inject
  @ConfigProperty(name = "emr.request.limit", defaultValue = "52428800")
  int limit;

  /**
   * @throws Refusal {@link Reason#TOO_LARGE}
   */
  byte[] read(InputStream in, HttpHeaders headers) {
    return read(in, headers.getLength());
  }

  /**
   * As {@link #read(InputStream, HttpHeaders)}.
   *
   * @param announced how long it says it is; -1 if it does not say
   */
  public byte[] read(InputStream in, long announced) {
    if (announced > limit) {
      throw tooLarge();
    }
    try {
      byte[] body = in.readNBytes(limit + 1);
      if (body.length > limit) {
        throw tooLarge();
      }
      return body;
    } catch (IOException e) {
      throw (Refusal)
          new Refusal(Reason.MALFORMED, "The request did not arrive whole.").initCause(e);
    }
  }

  private Refusal tooLarge() {
    return new Refusal(Reason.TOO_LARGE, "A request has " + limit + " bytes at most.");
  }
}
