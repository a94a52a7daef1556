package emr.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import ca.uhn.fhir.parser.IJsonLikeParser;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.LenientErrorHandler;
import ca.uhn.fhir.parser.json.jackson.JacksonStructure;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.validation.Narrative;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import org.hl7.fhir.instance.model.api.IBaseResource;

/**
 * The <a href="http://hl7.org/fhir/R4/xml.html">XML representation</a> of what is kept as JSON;
 * decimals keep the digits they came with.
 */
public final class FhirXml {

  private static final String XHTML = "<div xmlns=\"http://www.w3.org/1999/xhtml\">";
  private static final int DIGITS = 40;
  private static final Pattern SET_ASIDE =
      Pattern.compile(XHTML + "narrative-[0-9a-f-]{36}</div>|value=\"[0-9]{" + DIGITS + "}\"");
  private static final Random PLACES = new SecureRandom();

  private FhirXml() {}

  /**
   * What is wrong with the resource itself is left to {@link FhirJson#check} to find.
   *
   * @throws Refusal {@link Reason#MALFORMED} if it is not one resource in XML, or holds what could
   *     harm who reads it: a DTD, entities, a hundred elements in each other
   */
  @SuppressWarnings("UnusedException") // a parser's message quotes the content
  public static byte[] toJson(byte[] xml) {
    try {
      return FhirJson.write(XmlReading.read(text(xml)));
    } catch (XMLStreamException e) {
      throw new Refusal(Reason.MALFORMED, "This is not well-formed XML.");
    }
  }

  @SuppressWarnings("UnusedException") // says nothing more
  private static String text(byte[] xml) {
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(xml)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new Refusal(Reason.MALFORMED, "This is not XML in UTF-8.");
    }
  }

  /**
   * @param resource one that was checked before, or a part of it; not to be used any more
   */
  public static String toXml(ObjectNode resource, boolean pretty) {
    var aside = new HashMap<String, String>();
    setAside(resource, aside);
    String xml = encoded(resource, pretty);
    return aside.isEmpty()
        ? xml
        : SET_ASIDE
            .matcher(xml)
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(aside.getOrDefault(found.group(), found.group())));
  }

  /** HAPI would write narratives anew, with other blanks, and exponents out. */
  private static void setAside(JsonNode node, Map<String, String> aside) {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        JsonNode value = member.getValue();
        if (value.isBigDecimal() && !value.decimalValue().toPlainString().equals(value.asText())) {
          BigInteger place = BigInteger.TEN.pow(DIGITS - 1).add(new BigInteger(100, PLACES));
          aside.put("value=\"" + place + "\"", "value=\"" + value.asText() + "\"");
          member.setValue(object.numberNode(new BigDecimal(place)));
        } else if (member.getKey().equals("div") && isNarrative(value)) {
          String place = XHTML + "narrative-" + UUID.randomUUID() + "</div>";
          aside.put(place, value.textValue());
          member.setValue(object.textNode(place));
        }
      }
    }
    node.forEach(child -> setAside(child, aside));
  }

  private static boolean isNarrative(JsonNode value) {
    return value.isTextual() && Narrative.fault(value.textValue()) == null;
  }

  private static String encoded(ObjectNode resource, boolean pretty) {
    var structure = new JacksonStructure();
    structure.setNativeObject(resource);
    var parser = (IJsonLikeParser) FhirJson.R4.newJsonParser();
    plain(parser).setParserErrorHandler(new LenientErrorHandler(false));
    String type = resource.path("resourceType").asText();
    IBaseResource read =
        parser.parseResource(
            FhirJson.R4.getResourceDefinition(type).getImplementingClass(), structure);
    return plain(FhirJson.R4.newXmlParser()).setPrettyPrint(pretty).encodeResourceToString(read);
  }

  /** Changes nothing of its own accord. */
  private static <T extends IParser> T plain(T parser) {
    parser.setOverrideResourceIdWithBundleEntryFullUrl(false);
    parser.setStripVersionsFromReferences(false);
    return parser;
  }
}
