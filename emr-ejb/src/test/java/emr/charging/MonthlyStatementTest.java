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
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MonthlyStatementTest {

  private static final HospitalId NORTH = new HospitalId("north");
  private static final YearMonth FEBRUARY = YearMonth.of(2026, 2);
  private static final Instant LATER = Instant.parse("2026-06-01T00:00:00Z");
  private static final long MIB = 1 << 20;
  private static final Tariff TARIFF =
      new Tariff(
          "standard",
          YearMonth.of(2026, 1),
          Currency.getInstance("JPY"),
          new BigDecimal("2"),
          new BigDecimal("0.5"),
          new BigDecimal("0.8"));

  @Test
  @Tag("claim-20")
  @Tag("claim-21")
  void chargesWhatWasStoredRetrievedAndKept() {
    Usage kept = Usage.keeping(100 * MIB, Instant.parse("2025-12-24T00:00:00Z"), whole(FEBRUARY));
    MonthlyStatement statement =
        MonthlyStatement.of(
            NORTH, whole(FEBRUARY), TARIFF, new Usage(28_480, 81_360, BigInteger.ZERO).plus(kept));

    assertThat(statement.lines())
        .extracting(line -> line.amount().minor())
        .containsExactly(56_960L, 40_680L, 80L);
    assertThat(statement.total()).hasToString("¥97,720");
  }

  @Test
  void oneMibKeptForAWholeMonthIsOneWhicheverTheMonth() {
    for (YearMonth month : List.of(FEBRUARY, YearMonth.of(2026, 3), YearMonth.of(2028, 2))) {
      Usage kept = Usage.keeping(MIB, Instant.EPOCH, whole(month));
      assertThat(MonthlyStatement.quantity(Item.KEPT, kept, whole(month)))
          .isEqualByComparingTo("1");
    }
  }

  @Test
  void halfAMinorUnitIsRoundedUpOnceForEachLine() {
    MonthlyStatement statement =
        MonthlyStatement.of(NORTH, whole(FEBRUARY), TARIFF, new Usage(0, 3, BigInteger.ZERO));

    assertThat(statement.lines().get(1).amount().minor()).isEqualTo(2); // 1.5 yen
  }

  @Test
  void nothingUsedCostsNothing() {
    assertThat(MonthlyStatement.of(NORTH, whole(FEBRUARY), TARIFF, Usage.NONE).total().minor())
        .isZero();
  }

  @Property
  void keepingFromMonthToMonthAddsUpToKeepingAllTheTime(
      @ForAll @LongRange(min = 0, max = 1_000_000_000_000L) long octets,
      @ForAll @LongRange(min = 0, max = 7_000_000) long secondsAfterJanuary) {
    Instant storedAt = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(secondsAfterJanuary);
    Instant end = Instant.parse("2026-04-01T00:00:00Z");

    BigInteger byMonths = BigInteger.ZERO;
    for (int month = 1; month <= 3; month++) {
      byMonths =
          byMonths.add(
              Usage.keeping(octets, storedAt, whole(YearMonth.of(2026, month))).keptOctetMicros());
    }

    long micros = (end.getEpochSecond() - storedAt.getEpochSecond()) * 1_000_000;
    assertThat(byMonths).isEqualTo(BigInteger.valueOf(octets).multiply(BigInteger.valueOf(micros)));
  }

  @Property
  void theAmountIsWithinHalfAMinorUnitOfTheExactPrice(
      @ForAll @LongRange(min = 0, max = 10_000_000) long stored,
      @ForAll @LongRange(min = 0, max = 10_000_000) long retrieved,
      @ForAll @LongRange(min = 0, max = 1_000_000_000_000L) long octets) {
    Usage usage =
        new Usage(stored, retrieved, BigInteger.ZERO)
            .plus(Usage.keeping(octets, Instant.EPOCH, whole(FEBRUARY)));
    MonthlyStatement statement = MonthlyStatement.of(NORTH, whole(FEBRUARY), TARIFF, usage);

    for (MonthlyStatement.Line line : statement.lines()) {
      BigDecimal exact = MonthlyStatement.share(line.item(), usage, whole(FEBRUARY), TARIFF);
      assertThat(exact.subtract(BigDecimal.valueOf(line.amount().minor())).abs())
          .isLessThanOrEqualTo(new BigDecimal("0.500001"));
    }
    assertThat(statement.total().minor())
        .isEqualTo(statement.lines().stream().mapToLong(l -> l.amount().minor()).sum());
  }

  @Property
  void theOrderOfEntriesDoesNotMatter(
      @ForAll @Size(max = 30) List<@LongRange(min = 0, max = 5_000_000_000L) Long> octets) {
    Usage forwards = Usage.NONE;
    Usage backwards = Usage.NONE;
    for (int i = 0; i < octets.size(); i++) {
      forwards = forwards.plus(kept(octets.get(i), i));
      int j = octets.size() - 1 - i;
      backwards = backwards.plus(kept(octets.get(j), j));
    }
    assertThat(forwards).isEqualTo(backwards);
  }

  private static Usage kept(long octets, int day) {
    Instant at = Instant.parse("2026-02-01T00:00:00Z").plusSeconds(day * 86_400L);
    return Usage.keeping(octets, at, whole(FEBRUARY));
  }

  private static Period whole(YearMonth month) {
    return Period.of(month, Instant.parse("2030-01-01T00:00:00Z"));
  }

  @Test
  void aMonthThatIsNotOverCountsUntilNow() {
    Instant noon = Instant.parse("2026-02-14T12:00:00Z");
    Period period = Period.of(FEBRUARY, noon);

    assertThat(period.closed()).isFalse();
    assertThat(
            MonthlyStatement.quantity(Item.KEPT, Usage.keeping(MIB, Instant.EPOCH, period), period))
        .isEqualByComparingTo("0.482143"); // 13.5 of 28 days
    assertThat(Period.of(FEBRUARY, LATER).closed()).isTrue();
    assertThat(Period.of(YearMonth.of(2027, 1), LATER).until())
        .isEqualTo(Instant.parse("2027-01-01T00:00:00Z"));
  }
}
