package emr.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.util.UUID;

/** Papers about a patient that are no records, encrypted under the patient's key. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class SealedPapers {

  private static final byte PLAIN = 0;

  @Inject PatientKeys keys;

  /**
   * @param patient by key; who has records
   * @param id of the paper, to which it is bound
   */
  public byte[] seal(long patient, UUID id, String paper) {
    return Sealed.seal(keys.of(patient), PLAIN, paper.getBytes(UTF_8), place(patient, id));
  }

  /** What {@link #seal} sealed. */
  public String open(long patient, UUID id, byte[] sealed) {
    return new String(Sealed.open(keys.of(patient), sealed, place(patient, id)), UTF_8);
  }

  private static byte[] place(long patient, UUID id) {
    return ByteBuffer.allocate(24)
        .putLong(patient)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }
}
