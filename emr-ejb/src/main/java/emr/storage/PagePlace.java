package emr.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Where a page ended: the last entry's place in the order. Encrypted, since it stands in URLs and a
 * date of birth does not; bound to the search that it belongs to.
 *
 * @param at value of the order; null where the entry had none
 */
record PagePlace(@Nullable Instant at, long record) {

  /**
   * @param search that it belongs to, in words
   */
  String seal(SecretKey key, String search) {
    ByteBuffer clear = ByteBuffer.allocate(21).put((byte) (at == null ? 0 : 1));
    clear.putLong(at == null ? 0 : at.getEpochSecond());
    clear.putInt(at == null ? 0 : at.getNano());
    clear.putLong(record);
    return seal(clear.array(), key, search);
  }

  static String seal(byte[] place, SecretKey key, String search) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Sealed.seal(key, (byte) 1, place, place(search)));
  }

  /**
   * @throws Refusal {@link Reason#NOT_SUPPORTED} if it is not from this search
   */
  static PagePlace open(String sealed, String search, SecretKey key) {
    ByteBuffer buffer = ByteBuffer.wrap(unseal(sealed, key, search));
    boolean there = buffer.get() == 1;
    Instant at = Instant.ofEpochSecond(buffer.getLong(), buffer.getInt());
    return new PagePlace(there ? at : null, buffer.getLong());
  }

  /** As {@link #open}. */
  static byte[] unseal(String sealed, SecretKey key, String search) {
    try {
      return Sealed.open(key, Base64.getUrlDecoder().decode(sealed), place(search));
    } catch (IllegalArgumentException e) {
      throw (Refusal)
          new Refusal(Reason.NOT_SUPPORTED, "This is not the next page of this search.")
              .initCause(e);
    }
  }

  private static byte[] place(String search) {
    return search.getBytes(UTF_8);
  }
}
