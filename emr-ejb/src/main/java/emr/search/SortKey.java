package emr.search;

import com.fasterxml.jackson.databind.JsonNode;
import emr.search.SearchParameter.Kind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * By what a record is sorted: of its values the one that comes first, or last where it goes down.
 * What has no value is less than what has one.
 */
public record SortKey(@Nullable BigDecimal number, @Nullable String text)
    implements Comparable<SortKey> {

  private static final int MOST_LETTERS = 100;
  private static final BigDecimal BEGINNING = BigDecimal.valueOf(-1, -15);

  private static final Comparator<SortKey> ORDER =
      Comparator.comparing(SortKey::number, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(SortKey::text, Comparator.nullsFirst(Comparator.naturalOrder()));

  /** There is no value. */
  public static final SortKey NONE = new SortKey(null, null);

  public SortKey {
    if (text != null && text.length() > MOST_LETTERS) {
      text = text.substring(0, MOST_LETTERS);
    }
  }

  public static SortKey of(Instant instant) {
    return new SortKey(
        BigDecimal.valueOf(instant.getEpochSecond()).add(BigDecimal.valueOf(instant.getNano(), 9)),
        null);
  }

  /** The key of {@code resource} by {@code parameter}. */
  public static SortKey of(JsonNode resource, SearchParameter parameter, boolean descending) {
    List<SortKey> keys = new ArrayList<>();
    parameter.values(
        resource, element -> key(parameter.kind(), element, descending).ifPresent(keys::add));
    Comparator<SortKey> order = descending ? Comparator.reverseOrder() : Comparator.naturalOrder();
    return keys.stream().min(order).orElse(NONE);
  }

  private static Optional<SortKey> key(Kind kind, JsonNode element, boolean descending) {
    return switch (kind) {
      case DATE ->
          DateRange.of(element).map(range -> date(descending ? range.until() : range.from()));
      case NUMBER, QUANTITY ->
          Quantities.Interval.of(element)
              .map(range -> descending ? range.high() : range.low())
              .map(number -> new SortKey(number, null));
      case STRING -> Optional.of(new SortKey(null, Texts.sortable(element)));
      case TOKEN -> Optional.ofNullable(Tokens.first(element)).map(code -> new SortKey(null, code));
      case URI -> Optional.of(new SortKey(null, element.asText()));
      case REFERENCE -> Optional.of(new SortKey(null, References.of(element)));
      case COMPOSITE, SPECIAL -> Optional.empty();
    };
  }

  private static SortKey date(Instant instant) {
    return instant.equals(Instant.MIN)
        ? new SortKey(BEGINNING, null)
        : instant.equals(Instant.MAX) ? new SortKey(BEGINNING.negate(), null) : of(instant);
  }

  @Override
  public int compareTo(SortKey other) {
    return ORDER.compare(this, other);
  }
}
