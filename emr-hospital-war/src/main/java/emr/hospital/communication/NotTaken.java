package emr.hospital.communication;

import jakarta.ejb.ApplicationException;

/**
 * The centre answered, and would not take this request as a whole: too large, or not readable to
 * it. To ask the same again is useless.
 */
@ApplicationException
public final class NotTaken extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  NotTaken(int status) {
    super("the centre answered " + status);
    this.status = status;
  }

  /** The HTTP status, 400 to 499. */
  public int status() {
    return status;
  }
}
