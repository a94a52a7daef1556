package emr.exchange.access;

/** The two rights of the patent, independent of each other (claims 8 and 12). */
public enum AccessRight {
  /** The first access right: to read. */
  READ,
  /** The second access right: to store, that is to make or to add to a record. */
  STORE
}
