package emr.identity;

import static org.assertj.core.api.Assertions.assertThat;

import emr.exchange.Keys;
import emr.identity.AcceptedCertificates.Link;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AcceptedCertificatesTest {

  private static final X509Certificate ANY = Keys.of("north").certificate();
  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
  private static final Instant EVENING = NOON.plus(Duration.ofHours(8));

  private final AcceptedCertificates accepted = new AcceptedCertificates();

  @Test
  void theNewestIsGoodForEver() {
    accepted.add(List.of(link("old", Instant.MIN), link("new", EVENING)));

    assertThat(accepted.find("new", Instant.MAX.minusSeconds(1))).isPresent();
    assertThat(accepted.find("another", NOON)).isEmpty();
  }

  @Test
  void theOneBeforeIsGoodUntilTheOverlapEnds() {
    accepted.add(List.of(link("old", Instant.MIN), link("new", EVENING)));

    assertThat(accepted.find("old", NOON)).isPresent();
    assertThat(accepted.find("old", EVENING)).isEmpty();
  }

  @Test
  void oneThatAnOperatorRegisteredEndsAllBefore() {
    accepted.add(
        List.of(link("old", Instant.MIN), link("announced", EVENING), link("new", Instant.MIN)));

    assertThat(accepted.find("old", NOON)).isEmpty();
    assertThat(accepted.find("announced", NOON)).isEmpty();
  }

  @Test
  void anAnnouncementDoesNotProlongWhatEndsBefore() {
    accepted.add(
        List.of(
            link("old", Instant.MIN),
            link("announced", NOON),
            link("new", EVENING.plus(Duration.ofDays(1)))));

    assertThat(accepted.find("old", NOON)).isEmpty();
    assertThat(accepted.find("announced", EVENING)).isPresent();
  }

  private static Link link(String thumbprint, Instant beforeUntil) {
    return new Link(thumbprint, ANY, beforeUntil);
  }
}
