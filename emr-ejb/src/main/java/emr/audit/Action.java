package emr.audit;

/** What was asked for. The ordinals stand in the database: new ones are added at the end. */
public enum Action {
  READ,
  VREAD,
  HISTORY,
  SEARCH,
  STORE,
  /** Anything that was turned down. */
  REFUSED,
  DELETION_REPORTED,
  /** Something a person administered: a hospital, a tariff. */
  ADMIN,
  /** Looked at entries of the audit trail: these are its records. */
  AUDIT,
  /** Shown by a hospital from what it had received, while the centre was away. */
  SHOWN_AGAIN,
  /** A chart was opened in an emergency, shut again, or its opening judged. */
  EMERGENCY,
  /** Tried what somebody could see of a chart; nobody's records were shown. */
  SIMULATION
}
