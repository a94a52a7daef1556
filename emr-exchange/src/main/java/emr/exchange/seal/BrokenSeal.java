package emr.exchange.seal;

/**
 * What came is not what it should be: not sealed for us, not signed by whom it should be, changed
 * on the way, or not readable. Says nothing of the content.
 */
public final class BrokenSeal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public BrokenSeal(String message) {
    super(message);
  }

  public BrokenSeal(String message, Throwable cause) {
    super(message, cause);
  }
}
