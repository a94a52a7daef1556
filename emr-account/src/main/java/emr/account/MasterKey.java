package emr.account;

import javax.crypto.SecretKey;

/** Who keeps the key from which an installation's other keys are derived. */
public interface MasterKey {

  /** AES-256. */
  SecretKey master();
}
