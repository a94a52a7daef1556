package emr.exchange.audit;

import emr.exchange.seal.BrokenSeal;
import emr.exchange.seal.PaperType;
import emr.exchange.seal.Signed;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Checks the trail against its seals, which are shown to it one after another in the order of their
 * numbers: first the seal itself, then the entries of its stretch.
 */
public final class TrailCheck {

  private final X509Certificate centre;
  private final List<Finding> findings = new ArrayList<>();

  private long number;
  private long last;
  private @Nullable String hash = TrailSeal.hash("");

  /**
   * @param centre certificate of the key by which the seals were signed
   */
  public TrailCheck(X509Certificate centre) {
    this.centre = centre;
  }

  /**
   * Something that does not fit.
   *
   * @param entry its id; null if it is about a seal
   * @param seal number of the seal by which it was found
   * @param what in words
   */
  public record Finding(@Nullable Long entry, long seal, String what) {}

  /** Everything found so far. */
  public List<Finding> findings() {
    return List.copyOf(findings);
  }

  /** What the next seal says; empty if it says nothing that can be believed. */
  public Optional<TrailSeal> seal(TrailSeal.Kept kept) {
    for (long missing = number + 1; missing < kept.number(); missing++) {
      finding(missing, "The seal is missing.");
      hash = null;
    }
    Optional<TrailSeal> says = open(kept);
    says.ifPresent(seal -> follows(seal, kept));
    number = kept.number();
    last = says.map(TrailSeal::last).orElse(kept.last());
    hash = TrailSeal.hash(kept.seal());
    return says;
  }

  private Optional<TrailSeal> open(TrailSeal.Kept kept) {
    try {
      return Optional.of(
          Signed.parse(kept.seal()).verify(PaperType.AUDIT_SEAL, centre, TrailSeal.class));
    } catch (BrokenSeal broken) {
      finding(kept.number(), "The seal is not as the centre signed it.");
      return Optional.empty();
    }
  }

  private void follows(TrailSeal seal, TrailSeal.Kept kept) {
    if (seal.number() != kept.number() || seal.last() != kept.last()) {
      finding(kept.number(), "The seal is in another's place.");
    } else if (hash != null && (!hash.equals(seal.before()) || seal.after() != last)) {
      finding(kept.number(), "The seal does not follow from the one before.");
    }
  }

  /** From which id on, excluded, the entries of {@code seal} are looked for. */
  public static long after(TrailSeal seal) {
    return seal.number() == 1 ? Long.MIN_VALUE : seal.after();
  }

  /**
   * Checks the entries of a seal.
   *
   * @param marks kept with the seal
   * @param entries all there are above {@link #after} up to {@link TrailSeal#last}, in the order of
   *     their ids
   */
  public void entries(TrailSeal seal, byte[] marks, List<TrailEntry> entries) {
    boolean marked =
        HexFormat.of().formatHex(TrailEntry.sha256().digest(marks)).equals(seal.marks());
    if (!marked) {
      finding(seal.number(), "The marks of the seal were altered.");
    }
    if (seal.entries() == entries.size() && TrailSeal.digest(entries).equals(seal.digest())) {
      return;
    }
    int before = findings.size();
    if (marked) {
      compare(seal, read(marks), entries);
    }
    if (findings.size() == before) {
      finding(
          seal.number(),
          "Some entry above %d up to %d does not fit.".formatted(after(seal), seal.last()));
    }
  }

  private void compare(TrailSeal seal, SortedMap<Long, Long> marks, List<TrailEntry> entries) {
    for (TrailEntry entry : entries) {
      Long mark = marks.remove(entry.id());
      if (mark == null) {
        finding(entry.id(), seal, "was put in after its stretch of the trail was sealed");
      } else if (mark != ByteBuffer.wrap(entry.digest()).getLong()) {
        finding(entry.id(), seal, "is not as it was written");
      }
    }
    marks.keySet().forEach(missing -> finding(missing, seal, "is missing"));
  }

  private static SortedMap<Long, Long> read(byte[] marks) {
    var read = new TreeMap<Long, Long>();
    ByteBuffer buffer = ByteBuffer.wrap(marks);
    while (buffer.remaining() >= TrailSeal.MARK) {
      read.put(buffer.getLong(), buffer.getLong());
    }
    return read;
  }

  /**
   * Compares with a seal that the centre's own server put on file, so that the newest seals cannot
   * be cut off together with their entries.
   *
   * @param filed signed
   * @param kept gives the signed seal of a number, if there is one
   */
  public void filed(String filed, LongFunction<Optional<String>> kept) {
    Optional<TrailSeal> seal = open(new TrailSeal.Kept(number, last, filed, new byte[0]));
    seal.ifPresent(
        says -> {
          Optional<String> same = kept.apply(says.number());
          if (same.isEmpty()) {
            finding(says.number(), "The seal is missing, but the centre has it on file.");
          } else if (!same.get().equals(filed)) {
            finding(says.number(), "The seal is not the one that the centre has on file.");
          }
        });
  }

  private void finding(long seal, String what) {
    findings.add(new Finding(null, seal, what));
  }

  private void finding(long entry, TrailSeal seal, String what) {
    findings.add(new Finding(entry, seal.number(), "Entry " + entry + " " + what + "."));
  }
}
