package emr.hospital.communication;

import jakarta.ejb.ApplicationException;

/**
 * No centre answered, or what answered was not the centre. Nothing is lost by it: what was asked
 * may be asked again, and what was to be sent stays here.
 */
@ApplicationException
public final class CentreAway extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CentreAway(String message) {
    super(message);
  }

  CentreAway(String message, Throwable cause) {
    super(message, cause);
  }
}
