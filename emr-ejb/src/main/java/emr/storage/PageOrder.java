package emr.storage;

import emr.access.Query;
import emr.storage.Search.Order;
import org.jspecify.annotations.Nullable;

/** The order of a page's rows, in SQL: total, and stable while records are made. */
record PageOrder(Order order, boolean descending) {

  /** {@code order by …} for rows that are not called anything. */
  String by() {
    String direction = descending ? " desc" : " asc";
    return switch (order) {
      case DATE -> column("date", direction) + ", record" + direction;
      case LAST_UPDATED -> " order by stored_at" + direction + ", record" + direction;
      case MADE, CONTENT -> " order by record" + direction;
    };
  }

  private String column(String name, String direction) {
    return " order by " + name + direction + (descending ? " nulls last" : " nulls first");
  }

  /** Where this order stands at {@code row}. */
  PagePlace place(RecordFinder.Row row) {
    return new PagePlace(
        switch (order) {
          case DATE -> row.date();
          case LAST_UPDATED -> row.storedAt();
          case MADE, CONTENT -> null;
        },
        row.at().record());
  }

  /** Adds a condition on the row {@code c}: that it comes after {@code place}. */
  void addPlace(Query query, @Nullable PagePlace place) {
    if (place == null) {
      return;
    }
    String than = descending ? "<" : ">";
    if (order == Order.MADE || order == Order.CONTENT) {
      query.add(" and c.record " + than + " ?::bigint", place.record());
      return;
    }
    String by = order == Order.DATE ? "c.date" : "c.stored_at";
    if (place.at() == null) {
      query.add(
          " and "
              + (descending
                  ? by + " is null and c.record < ?::bigint"
                  : "(" + by + " is not null or c.record > ?::bigint)"),
          place.record());
      return;
    }
    query.add(
        " and ("
            + by
            + " "
            + than
            + " ?::timestamptz or ("
            + by
            + " = ?::timestamptz and c.record "
            + than
            + " ?::bigint)"
            + (descending ? " or " + by + " is null" : "")
            + ")",
        place.at(),
        place.at(),
        place.record());
  }
}
