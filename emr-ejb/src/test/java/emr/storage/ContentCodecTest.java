package emr.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDictCompress;
import emr.exchange.record.RecordId;
import emr.exchange.record.RecordKey;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ContentCodecTest {

  private static final SecretKeySpec KEY = new SecretKeySpec(new byte[32], "AES");
  private static final VersionPlace PLACE = new VersionPlace(1, 2, 3);
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
    byte[] kept = ContentCodec.encode(KEPT, KEY, PLACE);
    ContentCodec.Kept back = ContentCodec.decode(kept, KEY, PLACE);
    assertThat(back.content()).isEqualTo(CONTENT);
    assertThat(back.author()).isEqualTo("Dr Ada");
    assertThat(back.recordedAt()).isEqualTo("2026-01-05T12:00:00Z");
  }

  @Test
  void theDictionaryMakesItSmall() {
    assertThat(ContentCodec.encode(KEPT, KEY, PLACE)).hasSizeLessThan(160);
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
    byte[] sealed = Sealed.seal(KEY, (byte) 1, packed, PLACE.bytes());
    assertThat(ContentCodec.decode(sealed, KEY, PLACE).content()).isEqualTo(CONTENT);
  }

  @Test
  void whatWasKeptWithItsKeysIsStillRead() {
    byte[] marked = "{\"a\":\"\u0001\"}".getBytes(UTF_8); // no JSON, so keys are not left out
    var kept = new ContentCodec.Kept("Dr Ada", "", 0, marked);
    byte[] sealed = ContentCodec.encode(kept, KEY, PLACE);
    assertThat(sealed[0]).isEqualTo((byte) 2);
    assertThat(ContentCodec.decode(sealed, KEY, PLACE).content()).isEqualTo(marked);
  }

  @Test
  void theKeysOfThePlaceAreLeftOut() {
    var place = new VersionPlace(0x0abcdef123456789L, 0x0abcdef987654321L, 1);
    RecordId record = RecordId.of("Observation", place.patient(), place.record());
    RecordId patient = RecordId.of("Patient", place.patient(), place.patient());
    byte[] content =
        "{\"id\":\"%s\",\"subject\":{\"reference\":\"%s\"}}"
            .formatted(record.id(), patient)
            .getBytes(UTF_8);
    assertThat(place.leaveOut(content))
        .isEqualTo("{\"id\":\"\1-\2\",\"subject\":{\"reference\":\"Patient/\1\"}}".getBytes(UTF_8));
  }

  @Property
  void whateverIsKeptComesBack(
      @ForAll("pieces") List<String> pieces, @ForAll @LongRange(min = 0) long record) {
    var place = new VersionPlace(PATIENT.value(), record, 1);
    byte[] content =
        String.join("", pieces).replace("R", new RecordKey(record).text()).getBytes(UTF_8);
    var kept = new ContentCodec.Kept("Dr Ada", "", 0, content);
    assertThat(ContentCodec.decode(ContentCodec.encode(kept, KEY, place), KEY, place).content())
        .isEqualTo(content);
  }

  private static final RecordKey PATIENT = new RecordKey(0x0123456789abcdefL);

  @Provide
  Arbitrary<List<String>> pieces() {
    String key = PATIENT.text();
    return Arbitraries.of("R", key, key.substring(1), key.substring(0, 12), "0", "{", "é", "\1")
        .list()
        .ofMaxSize(12);
  }

  @Test
  void contentMovedToAnotherPlaceIsNotOpened() {
    byte[] kept = ContentCodec.encode(KEPT, KEY, PLACE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ContentCodec.decode(kept, KEY, new VersionPlace(1, 2, 4)));
  }
}
