package emr.faces;

import emr.faces.RecordView.Line;
import emr.faces.TextDifference.Kind;
import emr.faces.TextDifference.Stretch;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Every version of one record, with the original beside a later one (claim 16). The original stands
 * as it was written; what changed later is marked in both, and never struck through in it.
 *
 * @param versions newest first
 * @param chosen the version that stands beside the original
 * @param original its lines, what later changed marked
 * @param later the chosen version's lines, what is new marked; empty if there is one version only
 */
public record RecordHistory(
    List<Entry> versions,
    Entry chosen,
    RecordView view,
    List<MarkedLine> original,
    List<MarkedLine> later,
    List<MarkedLine> differences)
    implements Serializable {

  /**
   * A version as the pages' beans know it.
   *
   * @param number 1 for the original
   * @param author the person's name, or empty where it is not known
   * @param hospital whose author it was, for people
   * @param recordedAt when it was saved at the hospital
   * @param storedAt when the centre stored it; null while it has not
   * @param fingerprint 64 hex digits; empty while the centre has none
   * @param state null once the centre holds it
   */
  public record Version(
      int number,
      Resource resource,
      String author,
      String hospital,
      Instant recordedAt,
      @Nullable Instant storedAt,
      String fingerprint,
      @Nullable CustodyState state)
      implements Serializable {}

  /**
   * A version in the list.
   *
   * @param kind "Original" or "Addition"
   * @param happened for people, as {@code recorded} and {@code stored}; empty if unknown
   */
  public record Entry(
      int number,
      String kind,
      String author,
      String hospital,
      String happened,
      String recorded,
      String stored,
      String fingerprint,
      @Nullable CustodyState state)
      implements Serializable {}

  /**
   * A line with its marks.
   *
   * @param pieces the value in stretches
   */
  public record MarkedLine(String label, int depth, List<Piece> pieces) implements Serializable {

    public MarkedLine {
      pieces = List.copyOf(pieces);
    }

    public boolean heading() {
      return pieces.stream().allMatch(piece -> piece.text().isEmpty());
    }
  }

  /**
   * A stretch of text.
   *
   * @param mark "", "was" (in the original, changed later), "ins" (new) or "del" (left out)
   */
  public record Piece(String mark, String text) implements Serializable {}

  public RecordHistory {
    versions = List.copyOf(versions);
    original = List.copyOf(original);
    later = List.copyOf(later);
    differences = List.copyOf(differences);
  }

  /**
   * @param all at least one version, in any order
   * @param number of the version to stand beside the original; the newest if there is none such
   */
  public static RecordHistory of(List<Version> all, int number, Viewpoint viewpoint) {
    List<Version> sorted =
        all.stream().sorted(Comparator.comparingInt(Version::number).reversed()).toList();
    Version first = sorted.get(sorted.size() - 1);
    Version chosen =
        sorted.stream().filter(v -> v.number() == number).findFirst().orElse(sorted.get(0));
    RecordView before = RecordView.of(first.resource(), viewpoint);
    RecordView after = RecordView.of(chosen.resource(), viewpoint);
    List<Change> changes = changes(before.lines(), after.lines());
    return new RecordHistory(
        sorted.stream().map(v -> entry(v, viewpoint)).toList(),
        entry(chosen, viewpoint),
        after,
        changes.stream().flatMap(c -> c.inOriginal().stream()).toList(),
        chosen == first ? List.of() : changes.stream().flatMap(c -> c.inLater().stream()).toList(),
        changes.stream().flatMap(c -> c.inBoth().stream()).toList());
  }

  /** The original. */
  public Entry first() {
    return versions.get(versions.size() - 1);
  }

  private static Entry entry(Version version, Viewpoint viewpoint) {
    return new Entry(
        version.number(),
        viewpoint.text(version.number() == 1 ? "version.original" : "version.addition"),
        version.author(),
        version.hospital(),
        RecordWords.happened(version.resource()).map(viewpoint::when).orElse(""),
        viewpoint.exactly(version.recordedAt()),
        version.storedAt() == null ? "" : viewpoint.exactly(version.storedAt()),
        grouped(version.fingerprint()),
        version.state());
  }

  /** In groups of four digits, as people compare them. */
  private static String grouped(String fingerprint) {
    return fingerprint.toUpperCase(Locale.ROOT).replaceAll("(.{4})(?=.)", "$1 ");
  }

  /** A line before and after; either may be missing. */
  private record Change(@Nullable Line before, @Nullable Line after) {

    List<MarkedLine> inOriginal() {
      return before == null ? List.of() : List.of(marked(before, Kind.LEFT_OUT, "was", ""));
    }

    List<MarkedLine> inLater() {
      return after == null ? List.of() : List.of(marked(after, Kind.PUT_IN, "", "ins"));
    }

    List<MarkedLine> inBoth() {
      Line line = after != null ? after : before;
      return line == null ? List.of() : List.of(marked(line, null, "del", "ins"));
    }

    private MarkedLine marked(Line line, @Nullable Kind only, String leftOut, String putIn) {
      var pieces = new ArrayList<Piece>();
      for (Stretch<String> stretch : words()) {
        if (only != null && stretch.kind() != Kind.SAME && stretch.kind() != only) {
          continue;
        }
        String mark =
            switch (stretch.kind()) {
              case SAME -> "";
              case LEFT_OUT -> leftOut;
              case PUT_IN -> putIn;
            };
        int last = pieces.size() - 1;
        if (last >= 0 && pieces.get(last).mark().equals(mark)) {
          pieces.set(last, new Piece(mark, pieces.get(last).text() + stretch.item()));
        } else {
          pieces.add(new Piece(mark, stretch.item()));
        }
      }
      return new MarkedLine(line.label(), line.depth(), pieces);
    }

    private List<Stretch<String>> words() {
      return TextDifference.between(
          before == null ? List.of() : TextDifference.words(before.value()),
          after == null ? List.of() : TextDifference.words(after.value()));
    }
  }

  private static List<Change> changes(List<Line> before, List<Line> after) {
    var changes = new ArrayList<Change>();
    var leftOut = new ArrayList<Line>();
    var putIn = new ArrayList<Line>();
    for (Stretch<Line> stretch : TextDifference.between(before, after)) {
      switch (stretch.kind()) {
        case LEFT_OUT -> leftOut.add(stretch.item());
        case PUT_IN -> putIn.add(stretch.item());
        case SAME -> {
          pair(leftOut, putIn, changes);
          changes.add(new Change(stretch.item(), stretch.item()));
        }
      }
    }
    pair(leftOut, putIn, changes);
    return changes;
  }

  /** Joins lines of the same label, so that their words are compared and not the whole lines. */
  private static void pair(List<Line> leftOut, List<Line> putIn, List<Change> changes) {
    for (Line before : leftOut) {
      Line after =
          putIn.stream()
              .filter(l -> l.label().equals(before.label()) && l.depth() == before.depth())
              .findFirst()
              .orElse(null);
      if (after != null) {
        putIn.remove(after);
      }
      changes.add(new Change(before, after));
    }
    putIn.forEach(after -> changes.add(new Change(null, after)));
    leftOut.clear();
    putIn.clear();
  }
}
