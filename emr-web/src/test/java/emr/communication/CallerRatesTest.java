package emr.communication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CallerRatesTest {

  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000_000); // it may run over
  private final CallerRates rates = new CallerRates(clock::get);

  @Test
  void aCallerMayUseTenSecondsAtOnceAndThenItsRate() {
    for (int i = 0; i < 100; i++) {
      rates.count("lab", 600);
    }
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> rates.count("lab", 600))
        .returns(Reason.TOO_MANY, Refusal::reason)
        .satisfies(refusal -> assertThat(refusal.retryAfter()).isEqualTo(1));
    clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));
    assertThatCode(() -> rates.count("lab", 600)).doesNotThrowAnyException();
    assertThatExceptionOfType(Refusal.class).isThrownBy(() -> rates.count("lab", 600));
  }

  @Test
  void whoMayAskOnceAMinuteIsToldHowLongToWait() {
    rates.count("slow", 1);
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> rates.count("slow", 1))
        .satisfies(refusal -> assertThat(refusal.retryAfter()).isBetween(60, 61));
  }

  @Test
  void callersDoNotPayForEachOther() {
    rates.count("one", 1);
    assertThatCode(() -> rates.count("other", 1)).doesNotThrowAnyException();
  }

  @Test
  void whatCameWithinOneRequestIsWaitedForAfterwards() {
    rates.count("lab", 600);
    rates.owe("lab", 600, 1_000);
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> rates.count("lab", 600))
        .satisfies(refusal -> assertThat(refusal.retryAfter()).isBetween(90, 91));
    clock.addAndGet(TimeUnit.SECONDS.toNanos(91));
    assertThatCode(() -> rates.count("lab", 600)).doesNotThrowAnyException();
  }
}
