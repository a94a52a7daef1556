package emr.exchange.record;

import static emr.exchange.Fixtures.ADA;
import static emr.exchange.Fixtures.submission;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import emr.exchange.seal.Json;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("claim-04")
class ManifestTest {

  private final Submission sent = submission(RecordId.fresh("Observation", Optional.of(ADA)), 0);
  private final List<String> contents =
      sent.entries().stream().map(Submission.Entry::content).toList();

  @Test
  void aSubmissionIsPutTogetherAgainFromItsManifestAndContents() {
    Manifest arrived = Json.read(Json.write(Manifest.of(sent)), Manifest.class);

    assertThat(arrived.with(contents)).isEqualTo(sent);
  }

  @Test
  void aContentThatWasNotSignedIsRefused() {
    Manifest manifest = Manifest.of(sent);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> manifest.with(List.of(contents.get(0) + " ")));
  }

  @Test
  void aMissingContentIsRefused() {
    Manifest manifest = Manifest.of(sent);

    assertThatIllegalArgumentException().isThrownBy(() -> manifest.with(List.of()));
  }
}
