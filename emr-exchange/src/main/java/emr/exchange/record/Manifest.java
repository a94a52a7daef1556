package emr.exchange.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a hospital signs when it sends a submission: everything but the contents, which stand in it
 * by their hashes. Kept by the centre, it proves for ever who sent what.
 */
public record Manifest(
    UUID id,
    HospitalId hospital,
    @Nullable PatientId patient,
    Author author,
    Instant recordedAt,
    List<Item> items) {

  /**
   * @param sha256 64 hex digits over the content's UTF-8 bytes
   */
  public record Item(RecordId record, int basedOn, String sha256) {}

  public Manifest {
    items = List.copyOf(items);
  }

  public static Manifest of(Submission s) {
    return new Manifest(
        s.id(),
        s.hospital(),
        s.patient(),
        s.author(),
        s.recordedAt(),
        s.entries().stream()
            .map(e -> new Item(e.record(), e.basedOn(), sha256(e.content())))
            .toList());
  }

  /**
   * The submission that was signed.
   *
   * @param contents in the order of the items
   * @throws IllegalArgumentException if they are not the contents that were signed
   */
  public Submission with(List<String> contents) {
    if (contents.size() != items.size()) {
      throw new IllegalArgumentException("a manifest comes with each of its contents");
    }
    var entries = new ArrayList<Submission.Entry>(items.size());
    for (int i = 0; i < items.size(); i++) {
      Item item = items.get(i);
      if (!sha256(contents.get(i)).equals(item.sha256())) {
        throw new IllegalArgumentException(item.record() + " is not what was signed");
      }
      entries.add(new Submission.Entry(item.record(), item.basedOn(), contents.get(i)));
    }
    return new Submission(id, hospital, patient, author, recordedAt, entries);
  }

  /** SHA-256 of {@code content}'s UTF-8 bytes, 64 hex digits. */
  public static String sha256(String content) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
