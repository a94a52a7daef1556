package emr.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.util.X509CertUtils;
import emr.exchange.record.HospitalId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HospitalCertificateTest {

  private static final HospitalId NORTH = new HospitalId("north");
  private static final X509Certificate AUTHORITY = X509CertUtils.parse(pem("authority"));
  private static final X509Certificate OF_NORTH = X509CertUtils.parse(pem("north"));
  private static final Instant VALID = OF_NORTH.getNotBefore().toInstant().plusSeconds(60);

  @Test
  void acceptsACertificateOfOurAuthorityInTheHospitalsName() {
    assertThat(HospitalCertificate.require(pem("north"), NORTH, AUTHORITY, VALID))
        .isEqualTo(OF_NORTH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "north", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"})
  void refusesWhatIsNoCertificate(String pasted) {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> HospitalCertificate.require(pasted, NORTH, AUTHORITY, VALID))
        .returns(Reason.MALFORMED, Refusal::reason);
  }

  @ParameterizedTest
  @CsvSource({
    "rsa, curve P-256",
    "p384, curve P-256",
    "other-authority, not issued by our authority",
    "authority, common name"
  })
  void refusesACertificateThatWillNotDo(String file, String why) {
    assertNotAccepted(pem(file), NORTH, VALID, why);
  }

  @Test
  void refusesAnothersCertificate() {
    assertNotAccepted(pem("north"), new HospitalId("south"), VALID, "common name");
  }

  @Test
  void refusesAnAuthorityThatCallsItselfLikeAHospital() {
    assertNotAccepted(pem("authority"), new HospitalId("authority"), VALID, "authority's");
  }

  @Test
  void refusesACertificateBeforeItBeginsAndAfterItEnds() {
    Instant early = OF_NORTH.getNotBefore().toInstant().minusSeconds(1);
    Instant late = OF_NORTH.getNotAfter().toInstant().plus(1, ChronoUnit.SECONDS);
    assertNotAccepted(pem("north"), NORTH, early, "not valid today");
    assertNotAccepted(pem("north"), NORTH, late, "not valid today");
  }

  @Test
  void readsTheCommonNameWhereverItStands() {
    assertThat(HospitalCertificate.commonName(OF_NORTH)).isEqualTo("north");
  }

  private static void assertNotAccepted(String pem, HospitalId id, Instant at, String why) {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> HospitalCertificate.require(pem, id, AUTHORITY, at))
        .withMessageContaining(why)
        .returns(Reason.UNPROCESSABLE, Refusal::reason);
  }

  private static String pem(String name) {
    try (InputStream in = HospitalCertificateTest.class.getResourceAsStream(name + ".pem")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
