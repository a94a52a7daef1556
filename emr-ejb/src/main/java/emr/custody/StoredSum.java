package emr.custody;

import static java.nio.charset.StandardCharsets.UTF_8;

import emr.exchange.record.StoredReceipt;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.UUID;

/**
 * A submission and all that it stored, in few words.
 *
 * @param sum SHA-256, 64 hex digits, over the hashes of all its versions, in order; each hash
 *     covers the record, the number, the content and all versions before
 */
record StoredSum(UUID submission, Instant storedAt, String sum) {

  static StoredSum of(StoredReceipt receipt) {
    return new StoredSum(
        receipt.submission(),
        receipt.storedAt(),
        sum(receipt.versions().stream().map(StoredReceipt.Stored::hash).toList()));
  }

  /**
   * @param hashes 64 hex digits each; see {@link StoredReceipt.Stored}
   */
  static String sum(Collection<String> hashes) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      hashes.stream().sorted().forEach(hash -> sha256.update(hash.getBytes(UTF_8)));
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
