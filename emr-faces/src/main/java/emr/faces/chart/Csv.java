package emr.faces.chart;

import static java.nio.charset.StandardCharsets.UTF_8;

import emr.faces.Viewpoint;
import java.math.BigDecimal;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Results as <a href="https://www.rfc-editor.org/rfc/rfc4180">CSV</a>, newest first. */
final class Csv {

  /** So that spreadsheets read it as UTF-8. */
  private static final String MARK = "\uFEFF";

  private static final DateTimeFormatter ISO = DateTimeFormatter.ISO_OFFSET_DATE_TIME;

  private Csv() {}

  static byte[] of(Collection<Value> values, Viewpoint viewpoint) {
    String head =
        line(
            List.of(
                viewpoint.text("csv.when"),
                viewpoint.text("csv.measure"),
                viewpoint.text("csv.value"),
                viewpoint.text("csv.unit"),
                viewpoint.text("csv.low"),
                viewpoint.text("csv.high"),
                viewpoint.text("csv.flag"),
                viewpoint.text("csv.hospital"),
                viewpoint.text("csv.author")));
    return values.stream()
        .sorted(Comparator.comparing(Value::at).reversed())
        .map(value -> line(cells(value, viewpoint)))
        .collect(Collectors.joining("", MARK + head, ""))
        .getBytes(UTF_8);
  }

  private static List<String> cells(Value value, Viewpoint viewpoint) {
    return List.of(
        ISO.format(ZonedDateTime.ofInstant(value.at(), viewpoint.zone())),
        value.label(),
        value.shown(),
        value.unit(),
        number(value.reference().low()),
        number(value.reference().high()),
        viewpoint.text(value.flag().getKey()),
        value.record().hospital(),
        value.record().author());
  }

  private static String number(@Nullable BigDecimal value) {
    return value == null ? "" : value.toPlainString();
  }

  private static String line(List<String> cells) {
    return cells.stream().map(Csv::cell).collect(Collectors.joining(",")) + "\r\n";
  }

  /** A cell that a spreadsheet would take for a formula is made text. */
  private static String cell(String text) {
    boolean formula = text.matches("(?s)[=+@\\t\\r].*") || text.matches("(?s)-\\D.*");
    String shown = formula ? "'" + text : text;
    return shown.matches("(?s).*[\",\r\n].*") ? '"' + shown.replace("\"", "\"\"") + '"' : shown;
  }
}
