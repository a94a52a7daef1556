package emr.exchange.seal;

/** What a signed paper is; stands in its header, RFC 7515 section 4.1.9. */
public enum PaperType {
  STATEMENT("emr-access+jwt"),
  EMERGENCY("emr-emergency+jws"),
  EMERGENCY_VERDICT("emr-emergency-verdict+jws"),
  /** A hospital's next key. */
  KEY("emr-key+jws"),
  MANIFEST("emr-manifest+jws"),
  RECEIPT("emr-receipt+jws"),
  STORED("emr-stored+jws"),
  DELETION("emr-deletion+jws"),
  /** What a hospital showed while the centre was away. */
  READINGS("emr-readings+jws"),
  /** Who saw a chart, for its patient. */
  ACCESS_REPORT("emr-access-report+jws"),
  ANSWER("emr-answer+jws"),
  /** Over a stretch of the audit trail. */
  AUDIT_SEAL("emr-audit-seal+jws"),
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
