package emr.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MetaSpliceTest {

  private static final MetaSplice.Meta META =
      new MetaSplice.Meta(
          3,
          Instant.parse("2026-01-05T12:00:00.123456Z"),
          "north",
          "Dr \"Ada\" North",
          "2026-01-05T11:00:00Z",
          "ab");

  @Test
  @Tag("claim-16")
  void addsWhatTheCentreKnowsAndLeavesTheRest() {
    JsonNode merged = merge("{ \"resourceType\" : \"Patient\", \"id\":\"x\" }");
    assertThat(merged.path("meta").path("versionId").asText()).isEqualTo("3");
    assertThat(merged.path("meta").path("lastUpdated").asText())
        .isEqualTo("2026-01-05T12:00:00.123Z");
    assertThat(merged.path("meta").path("source").asText()).isEqualTo("urn:emr:hospital:north");
    assertThat(merged.path("meta").path("extension").get(0).path("valueString").asText())
        .isEqualTo("Dr \"Ada\" North");
    assertThat(merged.path("id").asText()).isEqualTo("x");
  }

  @Test
  void keepsWhatTheClientSaidInMeta() {
    JsonNode meta =
        merge(
                """
                {"resourceType":"Patient","meta":{ "versionId":"9","source":"http://lab",
                 "tag":[{"code":"a}]"}], "extension":[{"url":"http://e","valueString":"v"},
                 {"url":"urn:emr:author","valueString":"old"}]},"id":"x"}
                """)
            .path("meta");
    assertThat(meta.path("versionId").asText()).isEqualTo("3");
    assertThat(meta.path("source").asText()).isEqualTo("http://lab");
    assertThat(meta.path("tag").get(0).path("code").asText()).isEqualTo("a}]");
    assertThat(meta.path("extension").findValuesAsText("url"))
        .containsExactly("urn:emr:author", "urn:emr:recorded", "urn:emr:version-hash", "http://e");
  }

  @Property(tries = 300)
  void decimalsAndTextsStayAsTheyWere(@ForAll("contents") String content) {
    String merged = new String(merged(content), UTF_8);
    JsonNode tree = FhirJson.read(merged.getBytes(UTF_8));
    var expected = FhirJson.read(content.getBytes(UTF_8));
    var without = FhirJson.read(merged.getBytes(UTF_8));
    without.remove("meta");
    expected.remove("meta");
    assertThat(without.toString()).isEqualTo(expected.toString());
    assertThat(tree.path("meta").path("versionId").asText()).isEqualTo("3");
  }

  @Provide
  static Arbitrary<String> contents() {
    Arbitrary<String> value =
        Arbitraries.of(
            "1.50",
            "-0.0010",
            "\"a\\\"}{[]\\\\\"",
            "\"山田\"",
            "[]",
            "{}",
            "[1, {\"x\" : [true,null]} ]",
            "{\"meta\":{\"versionId\":\"7\"}}",
            "null");
    Arbitrary<String> space = Arbitraries.of("", " ", "\n\t");
    Arbitrary<String> meta =
        Arbitraries.of(
            "",
            "\"meta\":{},",
            "\"meta\" : { \"profile\" : [ \"http://p\" ] } ,",
            "\"meta\":{\"lastUpdated\":\"x\",\"tag\":[]},");
    return Combinators.combine(value, value, space, meta)
        .as(
            (a, b, s, m) ->
                s + "{" + s + "\"a\"" + s + ":" + s + a + s + "," + s + m + "\"b\":" + b + s + "}");
  }

  private static JsonNode merge(String json) {
    return FhirJson.read(merged(json));
  }

  private static byte[] merged(String json) {
    byte[] kept = json.getBytes(UTF_8);
    return MetaSplice.merge(kept, MetaSplice.find(kept), META);
  }
}
