package emr.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.storage.Search.Order;
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

  static PagePlace of(RecordFinder.Row last, Search search) {
    return new PagePlace(
        search.order() == Order.DATE ? last.date() : last.storedAt(), last.at().record());
  }

  /**
   * @param search that it belongs to, in words
   */
  String seal(SecretKey key, String search) {
    ByteBuffer clear = ByteBuffer.allocate(21).put((byte) (at == null ? 0 : 1));
    clear.putLong(at == null ? 0 : at.getEpochSecond());
    clear.putInt(at == null ? 0 : at.getNano());
    clear.putLong(record);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Sealed.seal(key, (byte) 1, clear.array(), place(search)));
  }

  /**
   * @throws Refusal {@link Reason#NOT_SUPPORTED} if it is not from this search
   */
  static PagePlace open(String sealed, String search, SecretKey key) {
    try {
      byte[] clear = Sealed.open(key, Base64.getUrlDecoder().decode(sealed), place(search));
      ByteBuffer buffer = ByteBuffer.wrap(clear);
      boolean there = buffer.get() == 1;
      Instant at = Instant.ofEpochSecond(buffer.getLong(), buffer.getInt());
      return new PagePlace(there ? at : null, buffer.getLong());
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
