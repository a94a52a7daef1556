package emr.exchange.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import emr.exchange.seal.PaperType;
import emr.exchange.seal.Signer;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/**
 * What the centre signs about a stretch of the audit trail: all entries with ids above {@code
 * after} up to {@code last}, and there will never be others. Each names the one before, so none can
 * be taken out, put in or exchanged.
 *
 * @param number 1 for the first, without gaps
 * @param before hex SHA-256 of the signed seal before; of nothing for the first
 * @param after where the one before ended; 0 for the first, which has all from the beginning
 * @param entries how many
 * @param digest hex SHA-256 over the entries' digests, in the order of their ids
 * @param marks hex SHA-256 of the {@linkplain #marks(List) marks}
 * @param at when it was made
 */
public record TrailSeal(
    long number,
    String before,
    long after,
    long last,
    int entries,
    String digest,
    String marks,
    Instant at) {

  /** Bytes of a mark: id, and the beginning of the digest. */
  static final int MARK = 2 * Long.BYTES;

  /**
   * A seal with what it was made over.
   *
   * @param last as the seal says
   * @param seal signed by the centre, a compact JWS
   * @param marks tell which entry it is that does not fit
   */
  public record Kept(long number, long last, String seal, byte[] marks) {}

  /**
   * Seals entries.
   *
   * @param before the seal before, signed; empty for the first
   * @param entries one at least, in the order of their ids, and none of them sealed before
   */
  public static Kept make(
      long number, String before, long after, List<TrailEntry> entries, Instant at, Signer signer) {
    byte[] marks = marks(entries);
    long last = entries.get(entries.size() - 1).id();
    var seal =
        new TrailSeal(
            number,
            hash(before),
            after,
            last,
            entries.size(),
            digest(entries),
            HexFormat.of().formatHex(TrailEntry.sha256().digest(marks)),
            at);
    return new Kept(number, last, signer.sign(PaperType.AUDIT_SEAL, seal), marks);
  }

  /** What the seal that comes after {@code signed} calls it. */
  static String hash(String signed) {
    return HexFormat.of().formatHex(TrailEntry.sha256().digest(signed.getBytes(US_ASCII)));
  }

  static String digest(List<TrailEntry> entries) {
    MessageDigest sha256 = TrailEntry.sha256();
    entries.forEach(entry -> sha256.update(entry.digest()));
    return HexFormat.of().formatHex(sha256.digest());
  }

  /** For each entry its id and the first eight bytes of its digest. */
  static byte[] marks(List<TrailEntry> entries) {
    ByteBuffer marks = ByteBuffer.allocate(entries.size() * MARK);
    entries.forEach(entry -> marks.putLong(entry.id()).put(entry.digest(), 0, Long.BYTES));
    return marks.array();
  }
}
