package emr.hospital.communication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointsTest {

  @Test
  void severalAreTriedInTheirOrder() {
    assertThat(Endpoints.parse("https://a:9443/exchange, https://b/exchange"))
        .containsExactly(URI.create("https://a:9443/exchange"), URI.create("https://b/exchange"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://a/exchange",
        "https:///exchange",
        "https://a/exchange/",
        "https://a/x?y=1"
      })
  void anAddressThatIsNotHttpsOrHasMoreIsRefused(String address) {
    assertThatIllegalArgumentException().isThrownBy(() -> Endpoints.parse(address));
  }
}
