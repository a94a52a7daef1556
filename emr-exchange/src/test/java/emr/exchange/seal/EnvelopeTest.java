package emr.exchange.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import emr.exchange.Keys;
import emr.exchange.record.Retrieval;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("claim-18")
@Tag("claim-19")
@Tag("claim-28")
class EnvelopeTest {

  private static final Keys CENTRE = Keys.of("centre-seal");
  private static final Keys CENTRE_SIGN = Keys.of("centre-sign");
  private static final Keys STRANGER = Keys.of("stranger");
  private static final long LIMIT = 1 << 20;
  private static final Retrieval QUESTION =
      new Retrieval("statement", List.of("Patient/00000000000a1"));

  private final Signer centre = new Signer(CENTRE_SIGN.key(), CENTRE_SIGN.certificate());

  @Test
  void theCentreReadsWhatWasSealedForIt() {
    var sent = Envelope.seal(QUESTION, CENTRE.certificate());

    var received = Envelope.open(sent.compact(), CENTRE.key(), LIMIT);

    assertThat(Json.read(received.content(), Retrieval.class)).isEqualTo(QUESTION);
  }

  @Test
  void nothingOfTheContentIsLegibleInTheEnvelope() {
    var sent = Envelope.seal(QUESTION, CENTRE.certificate());

    assertThat(sent.compact()).doesNotContain("Patient", "00000000000a1");
    for (String part : sent.compact().split("\\.")) {
      byte[] decoded = Base64.getUrlDecoder().decode(part);
      assertThat(new String(decoded, UTF_8)).doesNotContain("Patient", "statement");
    }
  }

  @Test
  void nobodyElseReadsIt() {
    var sent = Envelope.seal(QUESTION, CENTRE.certificate());

    assertThatExceptionOfType(BrokenSeal.class)
        .isThrownBy(() -> Envelope.open(sent.compact(), STRANGER.key(), LIMIT));
  }

  @Test
  void theAskerReadsTheAnswerAndKnowsThatItIsTheCentres() {
    var sent = Envelope.seal(QUESTION, CENTRE.certificate());
    var received = Envelope.open(sent.compact(), CENTRE.key(), LIMIT);

    String answer = Envelope.answer(QUESTION, centre, received.answerKey());

    assertThat(
            Envelope.openAnswer(
                answer, sent.answerKey(), CENTRE_SIGN.certificate(), Retrieval.class, LIMIT))
        .isEqualTo(QUESTION);
  }

  @Test
  void anAnswerSignedBySomeoneElseIsRefused() {
    var sent = Envelope.seal(QUESTION, CENTRE.certificate());
    var stranger = new Signer(STRANGER.key(), STRANGER.certificate());
    String forged = Envelope.answer(QUESTION, stranger, sent.answerKey());

    assertThatExceptionOfType(BrokenSeal.class)
        .isThrownBy(
            () ->
                Envelope.openAnswer(
                    forged, sent.answerKey(), CENTRE_SIGN.certificate(), Retrieval.class, LIMIT));
  }

  @Test
  void anAnswerToAnotherQuestionCannotBeOpened() {
    var one = Envelope.seal(QUESTION, CENTRE.certificate());
    var other = Envelope.seal(QUESTION, CENTRE.certificate());
    String answer = Envelope.answer(QUESTION, centre, one.answerKey());

    assertThatExceptionOfType(BrokenSeal.class)
        .isThrownBy(
            () ->
                Envelope.openAnswer(
                    answer, other.answerKey(), CENTRE_SIGN.certificate(), Retrieval.class, LIMIT));
  }

  @Test
  void anyChangedCharacterBreaksTheSeal() {
    String sealed = Envelope.seal(QUESTION, CENTRE.certificate()).compact();
    var random = new Random(7);
    for (int i = 0; i < 200; i++) {
      int at = random.nextInt(sealed.length());
      char other = sealed.charAt(at) == 'A' ? 'Q' : 'A';
      String changed = sealed.substring(0, at) + other + sealed.substring(at + 1);
      if (lastCharacterOfItsPart(sealed, at)) {
        continue; // its low bits may be padding and mean nothing
      }

      assertThatExceptionOfType(BrokenSeal.class)
          .isThrownBy(() -> Envelope.open(changed, CENTRE.key(), LIMIT));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"alg\":\"ECDH-ES+A256KW\"}",
        "{\"enc\":\"A256GCM\"}",
        "{\"alg\":\"dir\",\"enc\":null}",
        "{}"
      })
  void anEnvelopeWithoutAHeaderIsNone(String header) {
    String sealed = Envelope.seal(QUESTION, CENTRE.certificate()).compact();
    String other =
        Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(UTF_8))
            + sealed.substring(sealed.indexOf('.'));

    assertThatExceptionOfType(BrokenSeal.class)
        .isThrownBy(() -> Envelope.open(other, CENTRE.key(), LIMIT));
  }

  private static boolean lastCharacterOfItsPart(String text, int at) {
    return at + 1 == text.length() || text.charAt(at + 1) == '.';
  }

  @Test
  void anAttachmentOfThirtyMegabytesFits() {
    var large = new Retrieval("x".repeat(30_000_000), List.of("Patient/1"));

    var received =
        Envelope.open(
            Envelope.seal(large, CENTRE.certificate()).compact(), CENTRE.key(), 50_000_000);

    assertThat(Json.read(received.content(), Retrieval.class)).isEqualTo(large);
  }

  @Test
  void contentThatGrowsPastTheLimitIsRefusedBeforeItFillsTheMemory() {
    var large = new Retrieval("x".repeat(2 << 20), List.of("Patient/1"));
    var sent = Envelope.seal(large, CENTRE.certificate());

    assertThatExceptionOfType(BrokenSeal.class)
        .isThrownBy(() -> Envelope.open(sent.compact(), CENTRE.key(), LIMIT));
  }
}
