package emr.hospital.forwarding;

import static org.assertj.core.api.Assertions.assertThat;

import emr.hospital.temporarystore.Dispatch.Due;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BatchesTest {

  private static final int MOST = 10;
  private static final long OCTETS = 1000;

  @Test
  void whatMustComeBeforeTravelsFurtherAheadInTheSameBatch() {
    assertThat(numbers(Batches.choose(List.of(due(1), due(2, 1), due(3, 2)), MOST, OCTETS)))
        .containsExactly(1L, 2L, 3L);
  }

  @Test
  void waitsForAnEarlierOneThatIsNotDue() {
    assertThat(numbers(Batches.choose(List.of(due(2, 1), due(3), due(4, 2)), MOST, OCTETS)))
        .containsExactly(3L);
  }

  @Test
  void oneThatIsLargerThanABatchTravelsAlone() {
    var large = new Due(1, OCTETS * 5, Set.of());
    assertThat(numbers(Batches.choose(List.of(large, due(2)), MOST, OCTETS))).containsExactly(1L);
  }

  @Property
  @Tag("claim-05")
  void nothingGoesBeforeWhatMustComeBefore(@ForAll("outboxes") List<Due> outbox) {
    var ahead = new HashSet<Long>();
    for (Due chosen : Batches.choose(outbox, MOST, OCTETS)) {
      assertThat(ahead).containsAll(chosen.after());
      ahead.add(chosen.number());
    }
  }

  @Property
  void aBatchKeepsItsBounds(@ForAll("outboxes") List<Due> outbox) {
    List<Due> batch = Batches.choose(outbox, MOST, OCTETS);
    assertThat(batch).hasSizeLessThanOrEqualTo(MOST);
    if (batch.size() > 1) {
      assertThat(batch.stream().mapToLong(Due::octets).sum()).isLessThanOrEqualTo(OCTETS);
    }
  }

  @Property
  void whatWaitsForNothingIsNeverStuck(@ForAll("outboxes") List<Due> outbox) {
    boolean some = outbox.stream().anyMatch(due -> due.after().isEmpty());
    assertThat(Batches.choose(outbox, MOST, OCTETS).isEmpty()).isEqualTo(!some);
  }

  @Property
  void drainingEndsWithOnlyThoseThatWaitForWhatIsNotThere(@ForAll("outboxes") List<Due> outbox) {
    var rest = new ArrayList<Due>(outbox);
    var finished = new HashSet<Long>();
    List<Due> batch = Batches.choose(rest, MOST, OCTETS);
    while (!batch.isEmpty()) {
      batch.forEach(due -> finished.add(due.number()));
      rest.removeAll(batch);
      rest.replaceAll(due -> new Due(due.number(), due.octets(), without(due.after(), finished)));
      batch = Batches.choose(rest, MOST, OCTETS);
    }
    assertThat(rest).allMatch(due -> !due.after().isEmpty());
  }

  /** Submissions that touch few records, so that many must wait for others; some are not due. */
  @Provide
  Arbitrary<List<Due>> outboxes() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 40),
            Arbitraries.longs(),
            Arbitraries.doubles().between(0, 0.3))
        .as(
            (size, seed, missing) -> {
              var random = new Random(seed);
              var outbox = new ArrayList<Due>();
              for (long number = 1; number <= size; number++) {
                long of = number;
                Set<Long> after = new HashSet<>();
                LongStream.range(1, number)
                    .filter(earlier -> random.nextInt(8) == 0 && earlier < of)
                    .forEach(after::add);
                if (random.nextDouble() >= missing) {
                  outbox.add(new Due(number, 1 + random.nextInt(400), after));
                }
              }
              return outbox;
            });
  }

  private static Set<Long> without(Set<Long> numbers, Set<Long> others) {
    var rest = new HashSet<>(numbers);
    rest.removeAll(others);
    return rest;
  }

  private static List<Long> numbers(List<Due> batch) {
    return batch.stream().map(Due::number).toList();
  }

  private static Due due(long number, Long... after) {
    return new Due(number, 1, Set.of(after));
  }

  private static Due due(long number, int after) {
    return due(number, (long) after);
  }
}
