package emr.hospital.temporarystore;

/** Where a submission is on its way from the terminal to the centre. */
public enum CustodyState {
  /** Kept here, and due to be sent. */
  SAVED,
  /** Kept here until its designated time; may be recalled. */
  HELD,
  /** On its way, the centre's receipt not yet here. */
  SENT,
  /** The centre has it: its receipt was verified. */
  STORED,
  /** The content was deleted here, by the centre's order. */
  DELETED,
  /** Taken back by its author while it was held, or withdrawn after it was set aside. */
  RECALLED,
  /** Refused by the centre: a person must look at it. */
  SET_ASIDE;

  /** Whether the centre may still get it, so that later entries about the same record wait. */
  public boolean unfinished() {
    return this == SAVED || this == HELD || this == SENT || this == SET_ASIDE;
  }

  /** Whether the author may still take it back. */
  public boolean recallable() {
    return this == SAVED || this == HELD;
  }
}
