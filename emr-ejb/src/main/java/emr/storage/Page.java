package emr.storage;

import emr.exchange.record.RecordVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of what a search found.
 *
 * @param matches in the search's order
 * @param included what the search asked for beside them; none of them is a match on this page
 * @param total how many match in all; null if that was not asked for
 * @param next opaque; asks for what follows when given as {@value Search#PAGE}; null at the end
 */
public record Page(
    List<RecordVersion> matches,
    List<RecordVersion> included,
    @Nullable Integer total,
    @Nullable String next) {

  public Page {
    matches = List.copyOf(matches);
    included = List.copyOf(included);
  }

  public Page(List<RecordVersion> matches, @Nullable String next) {
    this(matches, List.of(), null, next);
  }
}
