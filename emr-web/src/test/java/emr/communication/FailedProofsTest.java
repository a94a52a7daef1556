package emr.communication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FailedProofsTest {

  private static final String HERE = "192.0.2.1";
  private static final String THERE = "192.0.2.2";

  private final AtomicLong clock = new AtomicLong();
  private final FailedProofs failures = new FailedProofs(clock::get);

  @Test
  void whoDoesNotFailAsksAsOftenAsItLikes() {
    for (int i = 0; i < 1_000; i++) {
      failures.requireFew(HERE, "lab");
    }
    assertOpen(HERE, "lab");
  }

  @Test
  void whoFailedTooOftenWaitsAndIsThenLookedAtAgain() {
    fail(HERE, "lab", FailedProofs.OF_CLIENT - 1);
    assertOpen(HERE, "lab");
    fail(HERE, "lab", 1);
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> failures.requireFew(HERE, "lab"))
        .returns(Reason.TOO_MANY, Refusal::reason)
        .satisfies(refusal -> assertThat(refusal.retryAfter()).isBetween(1, 3));
    clock.addAndGet(TimeUnit.SECONDS.toNanos(3));
    assertOpen(HERE, "lab");
  }

  @Test
  void nobodyKeepsAClientOutByFailingInItsName() {
    fail(THERE, "lab", FailedProofs.OF_ADDRESS);
    assertOpen(HERE, "lab");
  }

  @Test
  void oneThatLostItsKeyLeavesRoomForOthersBehindItsAddress() {
    fail(HERE, "broken", FailedProofs.OF_CLIENT);
    assertShut(HERE, "broken");
    assertOpen(HERE, "lab");
  }

  @Test
  void anAddressHasItsOwnMeasure() {
    fail(HERE, "", FailedProofs.OF_CLIENT);
    fail(HERE, "other", FailedProofs.OF_CLIENT);
    assertShut(HERE, "lab");
  }

  @Test
  void neverSoManyAddressesFillTheMemory() {
    for (int i = 0; i < 50_000; i++) {
      fail("address " + i, "", 1);
    }
    assertThat(failures.remembered()).isLessThanOrEqualTo(10_001);
  }

  private void fail(String address, String client, int times) {
    for (int i = 0; i < times; i++) {
      failures.count(address, client);
    }
  }

  private void assertOpen(String address, String client) {
    assertThatCode(() -> failures.requireFew(address, client)).doesNotThrowAnyException();
  }

  private void assertShut(String address, String client) {
    assertThatExceptionOfType(Refusal.class).isThrownBy(() -> failures.requireFew(address, client));
  }
}
