package emr.hospital.temporarystore;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PiecesTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, Pieces.SIZE / 3, Pieces.SIZE / 3 + 1, Pieces.SIZE, 3 * Pieces.SIZE})
  void aContentComesBackAsItWas(int length) {
    String content = "森".repeat(length);
    var pieces = new Pieces();
    Pieces.of(content).forEach(pieces::add);
    assertThat(pieces).hasToString(content);
    assertThat(Pieces.of(content)).allMatch(piece -> piece.length <= Pieces.SIZE);
  }
}
