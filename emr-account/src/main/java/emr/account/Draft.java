package emr.account;

import emr.exchange.record.PatientId;
import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody has begun to write and not yet signed.
 *
 * @param user whose draft it is; nobody else sees it
 * @param kind of the form, such as "entry"
 * @param json the form's fields, in the form's own shape
 */
public record Draft(
    UUID id, String user, @Nullable PatientId patient, String kind, String json, Instant changedAt)
    implements Serializable {

  /** When it is given up if nobody changes it. */
  public Instant until() {
    return changedAt.plus(Notebook.KEPT);
  }
}
