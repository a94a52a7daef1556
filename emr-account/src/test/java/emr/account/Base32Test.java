package emr.account;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Base32Test {

  /** RFC 4648, 10. */
  @ParameterizedTest
  @CsvSource({
    "f,MY",
    "fo,MZXQ",
    "foo,MZXW6",
    "foob,MZXW6YQ",
    "fooba,MZXW6YTB",
    "foobar,MZXW6YTBOI"
  })
  void textIsThatOfTheStandard(String plain, String encoded) {
    assertThat(Base32.of(plain.getBytes(US_ASCII))).isEqualTo(encoded);
  }

  @Test
  void groupsAreForReading() {
    assertThat(Base32.grouped("ABCDEFGHIJ", 4, " ")).isEqualTo("ABCD EFGH IJ");
  }
}
