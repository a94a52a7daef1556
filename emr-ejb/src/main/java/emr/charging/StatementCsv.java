package emr.charging;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Statements as CSV (RFC 4180). A cell that a spreadsheet would take for a formula gets an
 * apostrophe in front.
 */
final class StatementCsv {

  private static final List<String> HEAD =
      List.of(
          "month",
          "until",
          "closed",
          "hospital",
          "item",
          "quantity",
          "unit",
          "octet_microseconds",
          "tariff",
          "tariff_from",
          "currency",
          "price_minor",
          "amount_minor",
          "amount");

  private StatementCsv() {}

  static String write(List<MonthlyStatement> statements) {
    return Stream.concat(
            Stream.of(HEAD),
            statements.stream().flatMap(s -> s.lines().stream().map(line -> row(s, line))))
        .map(StatementCsv::line)
        .collect(Collectors.joining());
  }

  private static List<String> row(MonthlyStatement s, MonthlyStatement.Line line) {
    boolean kept = line.item() == Item.KEPT;
    return List.of(
        s.period().month().toString(),
        s.period().until().toString(),
        Boolean.toString(s.period().closed()),
        s.hospital().value(),
        line.item().name().toLowerCase(Locale.ROOT),
        line.quantity().toPlainString(),
        kept ? "MiB month" : "record",
        kept ? s.usage().keptOctetMicros().toString() : "",
        s.tariff().code(),
        s.tariff().validFrom().toString(),
        s.tariff().currency().getCurrencyCode(),
        s.tariff().price(line.item()).stripTrailingZeros().toPlainString(),
        Long.toString(line.amount().minor()),
        line.amount().amount().toPlainString());
  }

  static String line(List<String> cells) {
    return cells.stream().map(StatementCsv::cell).collect(Collectors.joining(",", "", "\r\n"));
  }

  static String cell(String value) {
    String safe =
        !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
    return safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
        ? '"' + safe.replace("\"", "\"\"") + '"'
        : safe;
  }
}
