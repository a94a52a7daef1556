package emr.system;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** This month's bills of all hospitals, as the centre's operator downloads them. */
final class Bills {

  private final Map<String, Long> quantities = new TreeMap<>();

  private Bills() {}

  static Bills of(Installation installation) {
    Pages operator = Pages.ofPortal(installation).signIn("operator", Installation.DEMO_PASSWORD);
    String csv =
        operator
            .get("/portal/operator/charges.csv?month=" + YearMonth.now(ZoneOffset.UTC))
            .successful("the bills")
            .body();
    var bills = new Bills();
    List<String> lines = csv.lines().toList();
    List<String> head = List.of(lines.get(0).split(","));
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      bills.quantities.merge(
          cells[head.indexOf("hospital")] + " " + cells[head.indexOf("item")],
          new BigDecimal(cells[head.indexOf("quantity")]).longValue(),
          Long::sum);
    }
    return bills;
  }

  /** Versions of records that {@code hospital} stored. */
  long stored(String hospital) {
    return quantities.getOrDefault(hospital + " stored", 0L);
  }

  /** Versions of records that {@code hospital} retrieved. */
  long retrieved(String hospital) {
    return quantities.getOrDefault(hospital + " retrieved", 0L);
  }
}
