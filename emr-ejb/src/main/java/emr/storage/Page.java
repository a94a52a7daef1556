package emr.storage;

import emr.exchange.record.RecordVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of what a search found.
 *
 * @param matches in the search's order
 * @param next opaque; asks for what follows when given as {@value Search#PAGE}; null at the end
 */
public record Page(List<RecordVersion> matches, @Nullable String next) {

  public Page {
    matches = List.copyOf(matches);
  }
}
