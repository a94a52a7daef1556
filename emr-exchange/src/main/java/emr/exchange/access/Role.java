package emr.exchange.access;

/**
 * In which capacity somebody of a hospital acts. The ordinals stand in the database: new ones are
 * added at the end.
 */
public enum Role {
  PHYSICIAN,
  NURSE,
  CLERK,
  /** Runs a hospital's server and its policies; reads no charts. */
  ADMINISTRATOR,
  /** No person, but a system that was registered at the centre, and asks for any patient. */
  PARTNER
}
