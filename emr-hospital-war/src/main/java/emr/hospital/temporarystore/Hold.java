package emr.hospital.temporarystore;

/** For how long a submission stays here before it is sent (claim 5). */
public enum Hold {
  /** As the hospital has set it for the types of its records. */
  USUAL,
  /** It is sent at once. */
  NONE,
  /** It stays until somebody sends it. */
  UNTIL_RELEASED
}
