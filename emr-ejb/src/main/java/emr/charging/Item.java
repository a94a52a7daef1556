package emr.charging;

/** What a hospital pays for: its use of the centre, and nothing else (claims 20, 21). */
public enum Item {
  /** Versions of records stored. */
  STORED,
  /** Versions of records retrieved, each time. */
  RETRIEVED,
  /** Octets kept, by how long. */
  KEPT
}
