package emr.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IJsonLikeParser;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.LenientErrorHandler;
import ca.uhn.fhir.parser.json.jackson.JacksonStructure;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.hl7.fhir.instance.model.api.IBaseResource;

/**
 * The <a href="http://hl7.org/fhir/R4/xml.html">XML representation</a> of what is kept as JSON, by
 * HAPI's parsers; decimals keep the digits they came with.
 */
public final class FhirXml {

  private static final String FHIR = "http://hl7.org/fhir";

  private static final XMLInputFactory PARSERS = XMLInputFactory.newFactory();

  static {
    PARSERS.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    PARSERS.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    PARSERS.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
  }

  private static final Pattern CDATA = Pattern.compile("<!\\[CDATA\\[.*?]]>", Pattern.DOTALL);

  /** A reference to anything but the characters that XML itself names. */
  private static final Pattern ENTITY =
      Pattern.compile("&(?!(?:amp|lt|gt|quot|apos|#\\d+|#x[0-9a-fA-F]+);)");

  private FhirXml() {}

  /**
   * @throws Refusal {@link Reason#MALFORMED} if it is not one resource in XML, or holds what could
   *     harm who reads it: a DTD, entities, a hundred elements in each other
   */
  @SuppressWarnings("UnusedException") // parsers' messages quote the content
  public static byte[] toJson(byte[] xml) {
    String text = text(xml);
    try {
      requireHarmless(text);
      IParser parser = FhirJson.R4.newXmlParser();
      parser.setParserErrorHandler(new StrictReading());
      IBaseResource resource = plain(parser).parseResource(text);
      return plain(FhirJson.R4.newJsonParser()).encodeResourceToString(resource).getBytes(UTF_8);
    } catch (XMLStreamException
        | DataFormatException
        | IllegalArgumentException
        | ClassCastException e) {
      throw new Refusal(Reason.MALFORMED, "This is not a resource in XML as FHIR R4 defines it.");
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

  private static void requireHarmless(String text) throws XMLStreamException {
    if (ENTITY.matcher(CDATA.matcher(text).replaceAll("")).find()) {
      throw harmful(); // HAPI's parser knows those of HTML, and XML does not
    }
    XMLStreamReader xml = PARSERS.createXMLStreamReader(new StringReader(text));
    try {
      String encoding = xml.getCharacterEncodingScheme();
      if (encoding != null && !encoding.toLowerCase(Locale.ROOT).equals("utf-8")) {
        throw new Refusal(Reason.MALFORMED, "XML comes in UTF-8.");
      }
      int depth = 0;
      while (xml.hasNext()) {
        switch (xml.next()) {
          case XMLStreamConstants.START_ELEMENT -> {
            if (depth == 0 && !FHIR.equals(xml.getNamespaceURI())) {
              throw new Refusal(Reason.MALFORMED, "A resource is of the namespace " + FHIR + ".");
            }
            if (++depth > FhirJson.DEPTH) {
              throw new Refusal(Reason.MALFORMED, "This lies too deep in itself.");
            }
          }
          case XMLStreamConstants.END_ELEMENT -> depth--;
          case XMLStreamConstants.DTD,
              XMLStreamConstants.ENTITY_REFERENCE,
              XMLStreamConstants.PROCESSING_INSTRUCTION ->
              throw harmful();
          default -> {}
        }
      }
    } finally {
      xml.close();
    }
  }

  private static Refusal harmful() {
    return new Refusal(Reason.MALFORMED, "XML comes without DTD, entities and instructions.");
  }

  /**
   * @param resource one that was checked before, or a part of it
   */
  public static String toXml(ObjectNode resource, boolean pretty) {
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
