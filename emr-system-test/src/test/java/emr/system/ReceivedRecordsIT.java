package emr.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.exchange.access.Sensitivity;
import emr.system.Staff.Patient;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What somebody received before is shown while the centre is away, as far as it still may be. */
@Tag("claim-04")
class ReceivedRecordsIT {

  private static final Terminal NORTH = Staff.of("dr.north");
  private static final Terminal SOUTH = Staff.of("dr.south");

  @Test
  void whoAsksForAChartManyTimesAtOnceIsAnsweredEachTime()
      throws InterruptedException, ExecutionException {
    Patient patient = Staff.registered(NORTH);
    var pulses = new ObjectNode[50];
    Arrays.setAll(pulses, i -> Entries.pulse(patient.id(), 60 + i, Staff.word()));
    Staff.stored(NORTH, NORTH.submit(Entries.bundle(pulses)));

    ExecutorService many = Executors.newFixedThreadPool(8);
    try {
      Callable<Integer> asking = () -> NORTH.chart(patient.id()).status();
      for (Future<Integer> answer : many.invokeAll(Collections.nCopies(40, asking))) {
        assertThat(answer.get()).isEqualTo(200);
      }
    } finally {
      many.shutdown();
    }
  }

  @Test
  void whatTheCentreShowsNoMoreIsNotShownWhileItIsAwayEither()
      throws IOException, InterruptedException {
    Patient patient = Staff.registered(NORTH);
    String open = Staff.word();
    String delicate = Staff.word();
    Terminal.Saved saved =
        NORTH.submit(
            Entries.bundle(
                Entries.pulse(patient.id(), 80, open), Entries.pulse(patient.id(), 81, delicate)));
    Staff.stored(NORTH, saved);
    var policy = NORTH.policy(Entries.policy(patient.id(), "south", "READ"));
    Staff.settled(NORTH, policy.path("submission").asText());
    assertThat(SOUTH.chart(patient.id()).body()).contains(open, delicate);

    ObjectNode labelled = Entries.pulse(patient.id(), 81, delicate);
    labelled
        .putObject("meta")
        .putArray("security")
        .addObject()
        .put("system", Sensitivity.HIV.system())
        .put("code", Sensitivity.HIV.code());
    Staff.stored(NORTH, NORTH.submit(Entries.addition(saved.ids().get(1), 1, labelled)));
    assertThat(SOUTH.chart(patient.id()).body()).contains(open).doesNotContain(delicate);

    Servers.hang("centre");
    try {
      assertThat(SOUTH.chart(patient.id()).body()).contains(open).doesNotContain(delicate);
    } finally {
      Servers.goOn("centre");
    }
    assertThat(
            Staff.eventually(
                Duration.ofSeconds(30),
                () -> !SOUTH.chart(patient.id()).json().hasNonNull("centreAwaySince")))
        .as("the centre is asked again")
        .isTrue();
  }
}
