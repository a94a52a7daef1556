package emr.exchange.access;

/** In which capacity a person of a hospital acts. */
public enum Role {
  PHYSICIAN,
  NURSE,
  CLERK,
  /** Runs a hospital's server and its policies; reads no charts. */
  ADMINISTRATOR
}
