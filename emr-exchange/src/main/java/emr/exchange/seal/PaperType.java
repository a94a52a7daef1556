package emr.exchange.seal;

/** What a signed paper is; stands in its header, RFC 7515 section 4.1.9. */
public enum PaperType {
  STATEMENT("emr-access+jwt"),
  MANIFEST("emr-manifest+jws"),
  RECEIPT("emr-receipt+jws"),
  STORED("emr-stored+jws"),
  DELETION("emr-deletion+jws"),
  ANSWER("emr-answer+jws"),
  /** RFC 9068. */
  TOKEN("at+jwt");

  private final String header;

  PaperType(String header) {
    this.header = header;
  }

  String header() {
    return header;
  }
}
