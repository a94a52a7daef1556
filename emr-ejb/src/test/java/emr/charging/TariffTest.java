package emr.charging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.Currency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TariffTest {

  @ParameterizedTest
  @ValueSource(strings = {"-1", "0.0000001", "1000000001"})
  void aPriceIsNeitherNegativeNorFinerThanAMillionthNorAbsurd(String price) {
    assertThatIllegalArgumentException().isThrownBy(() -> tariff("JPY", price));
  }

  @Test
  void pricesAreShownInTheMainUnitWithTwoDecimalsOrMore() {
    assertThat(tariff("JPY", "0.5").priceText(Item.STORED)).isEqualTo("¥0.50");
    assertThat(tariff("EUR", "125").priceText(Item.STORED)).isEqualTo("€1.25");
    assertThat(tariff("EUR", "0.125").priceText(Item.STORED)).isEqualTo("€0.00125");
    assertThat(tariff("JPY", "1200").priceText(Item.STORED)).isEqualTo("¥1,200.00");
  }

  private static Tariff tariff(String currency, String price) {
    return new Tariff(
        "standard",
        YearMonth.of(2026, 1),
        Currency.getInstance(currency),
        new BigDecimal(price),
        BigDecimal.ONE,
        BigDecimal.ONE);
  }
}
