package emr.exchange.record;

import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * A hospital announces its next key: signed with the key it has, and with the one it will have, so
 * that nobody announces a key that is not theirs. For a while the centre accepts both.
 *
 * @param id used once
 * @param certificate of the new key, PEM, issued by the centre's authority
 */
public record KeyAnnouncement(UUID id, HospitalId hospital, String certificate, Instant at)
    implements Serializable {

  public KeyAnnouncement {
    Objects.requireNonNull(id);
    Objects.requireNonNull(hospital);
    Objects.requireNonNull(certificate);
    Objects.requireNonNull(at);
  }

  /** As it travels. */
  public record Signed(String byOld, String byNew) {}
}
