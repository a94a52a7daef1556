package emr.exchange.seal;

import static emr.exchange.Fixtures.statementGranting;
import static emr.exchange.access.AccessRight.READ;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.util.Base64URL;
import emr.exchange.Keys;
import emr.exchange.access.AccessStatement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("claim-10")
class SignedTest {

  private static final Keys NORTH = Keys.of("north");
  private static final Keys SOUTH = Keys.of("south");
  private static final AccessStatement STATEMENT = statementGranting(READ);

  private final String paper =
      new Signer(NORTH.key(), NORTH.certificate()).sign(PaperType.STATEMENT, STATEMENT);

  @Test
  void whatAHospitalSignedIsReadAsItWasWritten() {
    assertThat(
            Signed.parse(paper)
                .verify(PaperType.STATEMENT, NORTH.certificate(), AccessStatement.class))
        .isEqualTo(STATEMENT);
  }

  @Test
  void anotherHospitalCannotSignInItsName() {
    assertBroken(paper, PaperType.STATEMENT, SOUTH);
  }

  @Test
  void oneKindOfPaperIsNotTakenForAnother() {
    assertBroken(paper, PaperType.RECEIPT, NORTH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "HS256", "ES384", "RS256"})
  void noOtherAlgorithmIsAccepted(String algorithm) {
    String[] parts = paper.split("\\.");
    String header =
        "{\"alg\":\"%s\",\"typ\":\"emr-access+jwt\",\"kid\":\"%s\"}"
            .formatted(algorithm, Thumbprint.of(NORTH.certificate()));

    assertBroken(
        Base64URL.encode(header) + "." + parts[1] + "." + parts[2], PaperType.STATEMENT, NORTH);
  }

  @Test
  void aChangedWordBreaksTheSignature() {
    String[] parts = paper.split("\\.");
    String changed =
        Base64URL.encode(new Base64URL(parts[1]).decodeToString().replace("dr.lee", "dr.fox"))
            .toString();

    assertBroken(parts[0] + "." + changed + "." + parts[2], PaperType.STATEMENT, NORTH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "a.b", "a.b.c", "....", "{}"})
  void whatIsNoPaperAtAllIsRefusedTheSameWay(String text) {
    assertThatExceptionOfType(BrokenSeal.class).isThrownBy(() -> Signed.parse(text));
  }

  private static void assertBroken(String paper, PaperType type, Keys signer) {
    assertThatExceptionOfType(BrokenSeal.class)
        .isThrownBy(
            () -> Signed.parse(paper).verify(type, signer.certificate(), AccessStatement.class));
  }
}
