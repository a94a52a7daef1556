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
  ADMIN
}
