package emr.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class WireTapTest {

  @Test
  void passesEveryByteOnAndKeepsACopy() throws Exception {
    try (var centre = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var tap = WireTap.before(centre.getLocalPort());
        var hospital = new Socket(InetAddress.getLoopbackAddress(), tap.port())) {
      hospital.getOutputStream().write("a question".getBytes(UTF_8));
      try (Socket accepted = centre.accept()) {
        assertThat(accepted.getInputStream().readNBytes(10)).asString().isEqualTo("a question");
        accepted.getOutputStream().write("an answer".getBytes(UTF_8));
        assertThat(hospital.getInputStream().readNBytes(9)).asString().isEqualTo("an answer");
      }
      assertThat(WireTap.contains(tap.sent(), "question")).isTrue();
      assertThat(WireTap.contains(tap.received(), "answer")).isTrue();
      assertThat(WireTap.contains(tap.received(), "question")).isFalse();
    }
  }

  @Test
  void tellsNoiseFromText() {
    var noise = new byte[100_000];
    new SecureRandom().nextBytes(noise);
    byte[] text = "Patient reports palpitations. ".repeat(1000).getBytes(UTF_8);

    assertThat(WireTap.entropy(noise)).isGreaterThan(7.9);
    assertThat(WireTap.compressed(noise)).isGreaterThan(0.99);
    assertThat(WireTap.entropy(text)).isLessThan(5);
    assertThat(WireTap.compressed(text)).isLessThan(0.1);
  }
}
