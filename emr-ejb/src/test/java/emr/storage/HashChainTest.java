package emr.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import emr.exchange.record.RecordId;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class HashChainTest {

  private static final RecordId NOTE = RecordId.parse("DocumentReference/n");

  @Test
  @Tag("claim-16")
  void aVersionsHashDependsOnAllThatCameBefore() {
    byte[] first = HashChain.next(HashChain.BEGINNING, NOTE, 1, HashChain.hash(bytes("a")));
    byte[] other = HashChain.next(HashChain.BEGINNING, NOTE, 1, HashChain.hash(bytes("b")));
    byte[] second = HashChain.hash(bytes("c"));
    assertThat(HashChain.next(first, NOTE, 2, second))
        .isNotEqualTo(HashChain.next(other, NOTE, 2, second));
  }

  @Test
  void isWhatAnybodyCanComputeFromTheDocumentation() {
    assertThat(
            HexFormat.of()
                .formatHex(HashChain.next(new byte[32], NOTE, 1, HashChain.hash(bytes("a")))))
        .isEqualTo("6985fe25897d4801e9f583a92802a42981c3a43927cf627b3a412369c7aeccb1");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
