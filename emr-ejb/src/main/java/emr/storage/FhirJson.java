package emr.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IJsonLikeParser;
import ca.uhn.fhir.parser.json.jackson.JacksonStructure;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.access.RecordTypes;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.validation.Structure;
import java.io.IOException;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.fhirpath.FHIRPathEngine;
import org.hl7.fhir.r4.hapi.ctx.HapiWorkerContext;

/** Reads FHIR R4 JSON, strictly, and without ever repeating what it read in a message. */
public final class FhirJson {

  /** How deep elements may lie in each other. */
  static final int DEPTH = 100;

  static final FhirContext R4 = FhirContext.forR4Cached();

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH)
                          .maxNumberLength(1000)
                          .maxNameLength(256)
                          .maxStringLength(Integer.MAX_VALUE)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .nodeFactory(new CheckedNodes())
          .build();

  private FhirJson() {}

  /**
   * @throws Refusal {@link Reason#MALFORMED} if it is not one JSON object, saying where
   */
  public static ObjectNode read(byte[] json) {
    if (tree(json) instanceof ObjectNode object) {
      return object;
    }
    throw new Refusal(Reason.MALFORMED, "A FHIR resource is one JSON object.");
  }

  /**
   * @throws Refusal {@link Reason#MALFORMED} if it is not one JSON array, saying where
   */
  public static ArrayNode readArray(byte[] json) {
    if (tree(json) instanceof ArrayNode array) {
      return array;
    }
    throw new Refusal(Reason.MALFORMED, "This is one JSON array, or it is not understood.");
  }

  @SuppressWarnings("UnusedException") // Jackson's messages quote the content
  private static JsonNode tree(byte[] json) {
    requireUtf8(json);
    try (var parser = new ExactNumbers(MAPPER.createParser(json))) {
      return MAPPER.readTree(parser);
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      throw new Refusal(
          Reason.MALFORMED,
          at == null
              ? "This is not JSON, or lies too deep in itself."
              : "This is not JSON as FHIR has it: look at line %d, column %d."
                  .formatted(at.getLineNr(), at.getColumnNr()));
    } catch (IOException e) {
      throw new Refusal(Reason.MALFORMED, "This is not JSON in UTF-8.");
    }
  }

  /** Jackson would read UTF-16 and UTF-32 too, which begin with a mark or have zeros. */
  private static void requireUtf8(byte[] json) {
    for (int i = 0; i < Math.min(4, json.length); i++) {
      if (json[i] == 0 || json[i] == (byte) 0xfe || json[i] == (byte) 0xff) {
        throw new Refusal(Reason.MALFORMED, "This is not JSON in UTF-8.");
      }
    }
  }

  /** UTF-8, numbers as they were read. */
  public static byte[] write(JsonNode json) {
    try {
      return MAPPER.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always written", e);
    }
  }

  /** As {@link #write}. */
  public static String text(JsonNode json) {
    return new String(write(json), UTF_8);
  }

  /**
   * Checks structure and types of elements: that they are defined for the resource, repeat only
   * where they may, that primitives have the form of their type and codes are among those that a
   * required binding allows, that required elements are there, that references lead to types they
   * may lead to, and that narratives hold nothing active.
   *
   * @throws Refusal {@link Reason#MALFORMED} or {@link Reason#UNPROCESSABLE} naming the elements,
   *     {@link Reason#UNKNOWN_TYPE}
   */
  public static void check(ObjectNode resource) {
    RecordTypes.number(resource.path("resourceType").asText());
    Structure.check(resource);
  }

  /**
   * A resource in HAPI's model.
   *
   * @throws RuntimeException if it is not as FHIR R4 defines it
   */
  public static IBaseResource model(ObjectNode resource) {
    var structure = new JacksonStructure();
    structure.setNativeObject(resource);
    var parser = (IJsonLikeParser) R4.newJsonParser();
    parser.setParserErrorHandler(new StrictReading());
    String type = resource.path("resourceType").asText();
    return parser.parseResource(R4.getResourceDefinition(type).getImplementingClass(), structure);
  }

  /** What FHIR R4 defines of an element, or of a resource. */
  public static BaseRuntimeElementDefinition<?> definition(IBase element) {
    return element instanceof IBaseResource resource
        ? R4.getResourceDefinition(resource)
        : R4.getElementDefinition(element.getClass());
  }

  /** What evaluates FHIRPath; it is made for one thread at a time. */
  public static FHIRPathEngine paths() {
    return new FHIRPathEngine(new HapiWorkerContext(R4, R4.getValidationSupport()));
  }
}
