package emr.exchange.record;

import static org.assertj.core.api.Assertions.assertThat;

import emr.exchange.access.Emergency;
import emr.exchange.seal.Json;
import org.junit.jupiter.api.Test;

class EmergencyRequestTest {

  @Test
  void askingHowManyWaitIsNotAskingForThem() {
    EmergencyRequest count = EmergencyRequest.count("statement");

    assertThat(Json.read(Json.write(count), EmergencyRequest.class)).isEqualTo(count);
    assertThat(count).isNotEqualTo(EmergencyRequest.list("statement"));
  }

  @Test
  void theNumberArrivesWithoutThem() {
    var answer = EmergencyRequest.Answer.done(Emergency.Listed.counted(3));

    var read = Json.read(Json.write(answer), EmergencyRequest.Answer.class);
    assertThat(read.listed().toReview()).isEqualTo(3);
    assertThat(read.listed().emergencies()).isEmpty();
  }
}
