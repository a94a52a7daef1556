package emr.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDictCompress;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ContentCodecTest {

  private static final SecretKeySpec KEY = new SecretKeySpec(new byte[32], "AES");
  private static final byte[] CONTENT =
      ("{\"resourceType\":\"Observation\",\"id\":\"x\",\"status\":\"final\",\"category\":[{\"coding\":"
              + "[{\"system\":\"http://terminology.hl7.org/CodeSystem/observation-category\","
              + "\"code\":\"vital-signs\"}]}],\"code\":{\"coding\":[{\"system\":\"http://loinc.org\","
              + "\"code\":\"8867-4\"}]},\"valueQuantity\":{\"value\":72.50}}")
          .getBytes(UTF_8);
  private static final ContentCodec.Kept KEPT =
      ContentCodec.Kept.of("Dr\nAda", Instant.parse("2026-01-05T12:00:00Z"), 0, CONTENT);

  @Test
  @Tag("claim-16")
  void givesBackEveryByteAndWhoMadeIt() {
    byte[] kept = ContentCodec.encode(KEPT, KEY, Sealed.place(1, 2, 3));
    ContentCodec.Kept back = ContentCodec.decode(kept, KEY, Sealed.place(1, 2, 3));
    assertThat(back.content()).isEqualTo(CONTENT);
    assertThat(back.author()).isEqualTo("Dr Ada");
    assertThat(back.recordedAt()).isEqualTo("2026-01-05T12:00:00Z");
  }

  @Test
  void theDictionaryMakesItSmall() {
    assertThat(ContentCodec.encode(KEPT, KEY, Sealed.place(1, 2, 3))).hasSizeLessThan(160);
  }

  @Test
  void whatAnEarlierCodecKeptIsStillRead() throws IOException {
    byte[] dictionary;
    try (var in = ContentCodec.class.getResourceAsStream("dictionary-1.txt")) {
      dictionary = Objects.requireNonNull(in).readAllBytes();
    }
    byte[] kept =
        ("2026-01-05T12:00:00Z\t0\tDr Ada\n" + new String(CONTENT, UTF_8)).getBytes(UTF_8);
    byte[] packed = Zstd.compress(kept, new ZstdDictCompress(dictionary, 3));
    byte[] sealed = Sealed.seal(KEY, (byte) 1, packed, Sealed.place(1, 2, 3));
    assertThat(ContentCodec.decode(sealed, KEY, Sealed.place(1, 2, 3)).content())
        .isEqualTo(CONTENT);
  }

  @Test
  void contentMovedToAnotherPlaceIsNotOpened() {
    byte[] kept = ContentCodec.encode(KEPT, KEY, Sealed.place(1, 2, 3));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ContentCodec.decode(kept, KEY, Sealed.place(1, 2, 4)));
  }
}
