package emr.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.exchange.record.Manifest;
import emr.exchange.record.StoredReceipt;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The hash chain of one record as the hospitals' receipts show it, computed again from nothing but
 * what was sent: SHA-256 over the hash before (32 zero bytes at first), {@code Type/id}, the number
 * and the hash of the content.
 */
final class Chain {

  private static final HexFormat HEX = HexFormat.of();

  private final String record;
  private final Map<Integer, StoredReceipt.Stored> versions = new TreeMap<>();

  Chain(String record) {
    this.record = record;
  }

  void add(StoredReceipt.Stored version) {
    versions.put(version.number(), version);
  }

  int length() {
    return versions.size();
  }

  /** Whether every version from the first on is there, and follows from the one before. */
  boolean unbroken() {
    byte[] before = new byte[32];
    int number = 0;
    for (StoredReceipt.Stored version : versions.values()) {
      number++;
      if (version.number() != number) {
        return false;
      }
      byte[] hash = link(before, number, HEX.parseHex(version.contentHash()));
      if (!HEX.formatHex(hash).equals(version.hash())) {
        return false;
      }
      before = hash;
    }
    return number > 0;
  }

  /**
   * Whether {@code shown}, as the centre shows version {@code number}, is what was signed: the same
   * bytes, once the {@code meta} that the centre adds is taken away.
   */
  boolean isOf(int number, JsonNode shown) {
    StoredReceipt.Stored version = versions.get(number);
    if (version == null || !(shown.deepCopy() instanceof ObjectNode content)) {
      return false;
    }
    content.remove("meta");
    return Manifest.sha256(content.toString()).equals(version.contentHash());
  }

  private byte[] link(byte[] before, int number, byte[] contentHash) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(before);
      digest.update(record.getBytes(StandardCharsets.UTF_8));
      digest.update(ByteBuffer.allocate(4).putInt(number).array());
      return digest.digest(contentHash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * The receipt's line for a record of a submission, if it names what the hospital sent.
   *
   * @param sent what the hospital kept of it: reference, number, sha256
   */
  static Optional<StoredReceipt.Stored> receiptFor(StoredReceipt receipt, JsonNode sent) {
    return receipt.versions().stream()
        .filter(v -> v.record().toString().equals(sent.path("reference").asText()))
        .filter(v -> v.number() == sent.path("number").asInt())
        .filter(v -> v.contentHash().equals(sent.path("sha256").asText()))
        .findFirst();
  }
}
