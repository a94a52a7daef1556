package emr.charging;

import static org.assertj.core.api.Assertions.assertThat;

import emr.exchange.record.HospitalId;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementCsvTest {

  @Test
  @Tag("claim-27")
  void writesOneRowForEachItemOfEachHospital() {
    var tariff =
        new Tariff(
            "euro",
            YearMonth.of(2026, 1),
            Currency.getInstance("EUR"),
            new BigDecimal("1.25"),
            BigDecimal.ONE,
            BigDecimal.TEN);
    MonthlyStatement statement =
        MonthlyStatement.of(
            new HospitalId("north"),
            Period.of(YearMonth.of(2026, 2), Instant.parse("2026-06-01T00:00:00Z")),
            tariff,
            new Usage(3, 4, BigInteger.ZERO));

    assertThat(StatementCsv.write(List.of(statement)).split("\r\n"))
        .hasSize(4)
        .contains(
            "2026-02,2026-03-01T00:00:00Z,true,north,stored,3,record,,euro,2026-01,EUR,1.25,4,0.04",
            "2026-02,2026-03-01T00:00:00Z,true,north,retrieved,4,record,,euro,2026-01,EUR,1,4,0.04");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@x", "\tx"})
  void takesTheEdgeOffFormulas(String cell) {
    assertThat(StatementCsv.cell(cell)).startsWith("'");
  }

  @Test
  void quotesWhatWouldEndACell() {
    assertThat(StatementCsv.cell("a,\"b\"\r\nc")).isEqualTo("\"a,\"\"b\"\"\r\nc\"");
  }

  @Property
  void everyCellCanBeReadBack(@ForAll String text) {
    String cell = StatementCsv.cell(text);
    String read =
        cell.startsWith("\"") && cell.length() > 1
            ? cell.substring(1, cell.length() - 1).replace("\"\"", "\"")
            : cell;
    assertThat(read).endsWith(text).hasSizeLessThanOrEqualTo(text.length() + 1);
  }
}
