package emr.storage;

import emr.access.RecordTypes;
import emr.exchange.record.RecordId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.search.DateRange;
import emr.search.QueryText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A FHIR <a href="http://hl7.org/fhir/R4/http.html#history">history</a>: of a record, of a type, or
 * of everything; newest first.
 */
public final class History {

  private static final int MOST = 1_000;
  private static final int COUNT = 100;

  private final @Nullable RecordId record;
  private final @Nullable String type;
  private final StringBuilder used = new StringBuilder();
  private int count;
  private @Nullable Instant since;
  private @Nullable DateRange at;
  private @Nullable String page;

  private History(@Nullable RecordId record, @Nullable String type) {
    this.record = record;
    this.type = type;
    this.count = record == null ? COUNT : MOST;
  }

  /**
   * @param record whose; null for that of a type or of everything
   * @param type whose; null for that of everything
   * @param query as in a URL, still encoded
   * @throws Refusal {@link Reason#NOT_SUPPORTED}, {@link Reason#UNKNOWN_TYPE}
   */
  public static History parse(@Nullable RecordId record, @Nullable String type, String query) {
    if (type != null) {
      RecordTypes.number(type);
    }
    var history = new History(record, type);
    for (QueryText.Parameter parameter : QueryText.parameters(query)) {
      history.add(parameter);
    }
    return history;
  }

  private void add(QueryText.Parameter parameter) {
    switch (parameter.name()) {
      case "_format", "_pretty" -> {
        return; // about how the answer looks
      }
      case Search.PAGE -> {
        page = parameter.value();
        return;
      }
      case "_count" -> count = Math.max(1, Math.min(MOST, QueryText.count(parameter.value())));
      case "_since" -> since = date(parameter).from();
      case "_at" -> at = date(parameter);
      default ->
          throw QueryText.unsupported(
              QueryText.legible(parameter.name()) + " is no parameter of a history.");
    }
    used.append(used.isEmpty() ? "" : "&").append(parameter);
  }

  private static DateRange date(QueryText.Parameter parameter) {
    // a plus that came as itself means a blank in a query; in a time it means a plus
    return DateRange.parse(parameter.value().replace(' ', '+'))
        .orElseThrow(() -> QueryText.malformed(parameter.name()));
  }

  /** How it was understood, without the page. */
  public String self() {
    return path() + (used.isEmpty() ? "" : "?" + used);
  }

  /** What asks for the page that follows; see {@link Page#next()}. */
  public String following(String next) {
    return path()
        + "?"
        + (used.isEmpty() ? "" : used + "&")
        + new QueryText.Parameter(Search.PAGE, next);
  }

  private String path() {
    String of = record != null ? record + "/" : type != null ? type + "/" : "";
    return of + "_history";
  }

  public @Nullable RecordId record() {
    return record;
  }

  public @Nullable String type() {
    return type;
  }

  int count() {
    return count;
  }

  /** Stored then or later. */
  @Nullable Instant since() {
    return since;
  }

  /** In force at some time in it. */
  @Nullable DateRange at() {
    return at;
  }

  @Nullable String page() {
    return page;
  }
}
