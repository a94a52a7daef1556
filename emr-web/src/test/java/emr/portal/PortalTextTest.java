package emr.portal;

import static org.assertj.core.api.Assertions.assertThatCode;

import emr.audit.Action;
import emr.exchange.access.Purpose;
import emr.exchange.access.Role;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PortalTextTest {

  static Stream<String> keys() {
    return Stream.of(
            Arrays.stream(Action.values()).map(action -> "action." + action),
            Arrays.stream(Purpose.values()).map(purpose -> "purpose." + purpose),
            Arrays.stream(Role.values()).map(role -> "role." + role))
        .flatMap(each -> each);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void whateverTheTrailHoldsHasWords(String key) {
    for (Locale language : new Locale[] {Locale.ENGLISH, Locale.JAPANESE}) {
      assertThatCode(() -> PortalText.in(language, key)).doesNotThrowAnyException();
    }
  }
}
