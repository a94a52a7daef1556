package emr.charging;

import emr.exchange.record.HospitalId;
import emr.identity.Hospital;
import emr.identity.Hospitals;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * The charging server (claims 20, 21, 27): computes each hospital's charge from the audit trail
 * whenever it is asked. It keeps no counts of its own, so there is nothing that could differ from
 * the trail, and a month that is over always costs the same.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class ChargingServer {

  @Resource(lookup = "jdbc/emr")
  DataSource database;

  @Inject Hospitals hospitals;
  @Inject Tariffs tariffs;

  /** The statements of all hospitals that had joined by {@code month}, in order of joining. */
  public List<MonthlyStatement> statements(YearMonth month) {
    return statements(Period.of(month, Instant.now()));
  }

  private List<MonthlyStatement> statements(Period period) {
    Map<Short, Usage> usage = new Meter(database).usage(period);
    return hospitals.all().stream()
        .flatMap(
            hospital ->
                tariffs.of(hospital, period.month()).stream()
                    .map(
                        tariff ->
                            MonthlyStatement.of(
                                hospital.id(),
                                period,
                                tariff,
                                usage.getOrDefault(hospital.number(), Usage.NONE))))
        .toList();
  }

  /**
   * The audit entries behind a line of a statement, newest first.
   *
   * @param before older than that entry; {@link Long#MAX_VALUE} to begin with
   */
  public List<Use> entries(MonthlyStatement statement, Item item, long before, int limit) {
    Hospital hospital = hospitals.find(statement.hospital()).orElseThrow();
    return new Meter(database)
        .entries(hospital.number(), item, statement.period(), statement.tariff(), before, limit);
  }

  /** The statements of {@code month} as CSV (RFC 4180, UTF-8). */
  public String csv(YearMonth month) {
    return StatementCsv.write(statements(month));
  }

  /** What {@code hospital} owes for each of the {@code months} up to {@code last}, oldest first. */
  public List<MonthlyStatement> course(HospitalId hospital, YearMonth last, int months) {
    return Stream.iterate(last.minusMonths(months - 1L), month -> month.plusMonths(1))
        .limit(months)
        .flatMap(month -> statements(month).stream())
        .filter(statement -> statement.hospital().equals(hospital))
        .toList();
  }

  /** The months for which there can be statements: this one, and back to the first tariff's. */
  public List<YearMonth> months() {
    YearMonth now = YearMonth.now(ZoneOffset.UTC);
    YearMonth first =
        tariffs.all().stream().map(Tariff::validFrom).min(YearMonth::compareTo).orElse(now);
    return Stream.iterate(now, month -> !month.isBefore(first), month -> month.minusMonths(1))
        .limit(24)
        .toList();
  }
}
