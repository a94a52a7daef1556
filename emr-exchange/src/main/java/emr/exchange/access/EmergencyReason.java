package emr.exchange.access;

/** Why somebody opens a chart to which they have no right. */
public enum EmergencyReason {
  /** The patient's life or health is in danger now. */
  LIFE_IN_DANGER,
  /** The patient cannot speak for themselves, and nobody can for them. */
  CANNOT_SPEAK,
  /** The patient was brought here from elsewhere, and what is known must be known now. */
  URGENT_TRANSFER,
  /** What the words say. */
  OTHER
}
