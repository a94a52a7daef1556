package emr.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.validation.Primitive;
import emr.validation.Shape;
import emr.validation.Shape.Field;
import java.io.StringReader;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads a resource in <a href="http://hl7.org/fhir/R4/xml.html">XML</a> into the tree of JSON that
 * says the same. It only translates: what FHIR does not define, repeats or has not the form of its
 * type is in the tree as it came, for the check of the structure to name it there, in XML as in
 * JSON. Comments, processing instructions and {@code xsi:schemaLocation} say nothing of the
 * resource and are left out.
 */
final class XmlReading {

  private static final String FHIR = "http://hl7.org/fhir";
  private static final String XHTML = "http://www.w3.org/1999/xhtml";
  private static final String INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";

  /** Begins the name of what can have no name in JSON. */
  private static final String UNDEFINED = "?";

  private static final XMLInputFactory PARSERS = XMLInputFactory.newFactory();

  static {
    PARSERS.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    PARSERS.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    PARSERS.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
  }

  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  private static final String NO_TAG = "<!--.*?-->|<!\\[CDATA\\[.*?]]>|<\\?.*?\\?>";
  private static final Pattern NO_TAGS = Pattern.compile(NO_TAG, Pattern.DOTALL);
  private static final Pattern MARKUP = Pattern.compile(NO_TAG + "|</?[^!?/]", Pattern.DOTALL);

  /** A reference to anything but the characters that XML itself names. */
  private static final Pattern ENTITY =
      Pattern.compile("&(?!(?:amp|lt|gt|quot|apos|#\\d+|#x[0-9a-fA-F]+);)");

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final String text;
  private final XMLStreamReader xml;
  private final Matcher markup;
  private int depth;

  /** Where the element begins that was read last. */
  private int begin;

  private XmlReading(String text, XMLStreamReader xml) {
    this.text = text;
    this.xml = xml;
    this.markup = MARKUP.matcher(text);
  }

  /**
   * @return to be written before it is looked at: its numbers are texts yet
   * @throws XMLStreamException if it is not well-formed
   * @throws Refusal {@link Reason#MALFORMED} if it is no resource, or holds what could harm who
   *     reads it: a DTD, entities, a hundred elements in each other
   */
  static ObjectNode read(String text) throws XMLStreamException {
    if (ENTITY.matcher(NO_TAGS.matcher(text).replaceAll("")).find()) {
      throw harmful(); // some parsers pass over those in attributes
    }
    XMLStreamReader xml = PARSERS.createXMLStreamReader(new StringReader(text));
    try {
      String encoding = xml.getCharacterEncodingScheme();
      if (encoding != null && !encoding.toLowerCase(Locale.ROOT).equals("utf-8")) {
        throw new Refusal(Reason.MALFORMED, "XML comes in UTF-8.");
      }
      return new XmlReading(text, xml).whole();
    } finally {
      xml.close();
    }
  }

  private ObjectNode whole() throws XMLStreamException {
    next(NODES.objectNode());
    if (!FHIR.equals(xml.getNamespaceURI())) {
      throw new Refusal(Reason.MALFORMED, "A resource is of the namespace " + FHIR + ".");
    }
    if (Shape.ofResource(xml.getLocalName()) == null) {
      throw new Refusal(Reason.MALFORMED, "A resource is of one of FHIR R4's types.");
    }
    ObjectNode resource = resource();
    while (xml.hasNext()) {
      xml.next();
    }
    return resource;
  }

  /** The element that has begun. */
  private ObjectNode resource() throws XMLStreamException {
    String type = name();
    ObjectNode resource = NODES.objectNode().put("resourceType", type);
    members(resource, Shape.ofResource(type));
    return resource;
  }

  /**
   * Attributes and elements of the element that has begun, up to its end.
   *
   * @param shape null if it is not known what may be in it
   */
  private void members(ObjectNode into, @Nullable Shape shape) throws XMLStreamException {
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      attribute(into, shape, i);
    }
    while (next(into) == XMLStreamConstants.START_ELEMENT) {
      String name = name();
      Field field = shape == null ? null : shape.fields().get(name);
      if (field == null) {
        ObjectNode unknown = NODES.objectNode();
        members(unknown, null);
        add(into, undefined(name), false, unknown);
      } else if (field.primitive() != null) {
        primitive(into, name, field.isList(), field.primitive());
      } else if (field.composite() != null) {
        ObjectNode part = NODES.objectNode();
        members(part, Shape.of(field.composite()));
        add(into, name, field.isList(), part);
      } else {
        resources(into, name, field.isList());
      }
    }
  }

  /** Ids of elements and urls of extensions are attributes, and nothing else is. */
  private void attribute(ObjectNode into, @Nullable Shape shape, int i) {
    String namespace = xml.getAttributeNamespace(i);
    String name = xml.getAttributeLocalName(i);
    boolean isPlain = namespace == null || namespace.isEmpty();
    if (INSTANCE.equals(namespace) || isPlain && isValue(name, shape)) {
      return;
    }
    boolean isDefined =
        shape != null
            && (name.equals("id") && !shape.isResource()
                || name.equals("url") && shape.type().equals("Extension"));
    boolean isElement = shape != null && shape.fields().containsKey(name);
    into.put(
        isPlain && (isDefined || !isElement) ? isDefined ? name : undefined(name) : UNDEFINED,
        xml.getAttributeValue(i));
  }

  private static boolean isValue(String name, @Nullable Shape shape) {
    return shape == Shape.OF_PRIMITIVE && name.equals("value");
  }

  private void primitive(ObjectNode into, String name, boolean isList, Primitive type)
      throws XMLStreamException {
    if (type == Primitive.XHTML) {
      add(into, name, isList, NODES.textNode(narrative()));
      return;
    }
    String written = xml.getAttributeValue(null, "value");
    JsonNode value = written == null ? NullNode.getInstance() : value(written, type);
    ObjectNode beside = NODES.objectNode();
    members(beside, Shape.OF_PRIMITIVE);
    if (isList) {
      add(into, name, true, value);
      addBeside(into, name, beside);
      return;
    }
    if (!value.isNull() || beside.isEmpty()) {
      add(into, name, false, value);
    }
    if (!beside.isEmpty()) {
      add(into, "_" + name, false, beside);
    }
  }

  /** At the same place of its list as the value, if any of them has something beside it. */
  private static void addBeside(ObjectNode into, String name, ObjectNode beside) {
    if (into.path("_" + name) instanceof ArrayNode list) {
      list.add(beside.isEmpty() ? NullNode.getInstance() : beside);
    } else if (!beside.isEmpty()) {
      ArrayNode list = into.putArray("_" + name);
      for (int i = 1; i < into.path(name).size(); i++) {
        list.addNull();
      }
      list.add(beside);
    }
  }

  private static JsonNode value(String written, Primitive type) {
    return switch (type) {
      case BOOLEAN ->
          written.equals("true") || written.equals("false")
              ? NODES.booleanNode(written.equals("true"))
              : NODES.textNode(written);
      case INTEGER, UNSIGNED_INT, POSITIVE_INT, DECIMAL ->
          NUMBER.matcher(written).matches()
              ? NODES.rawValueNode(new RawValue(written))
              : NODES.textNode(written);
      default -> NODES.textNode(written);
    };
  }

  /** Resources lie in an element, and not in its place as in JSON. */
  private void resources(ObjectNode into, String name, boolean isList) throws XMLStreamException {
    ObjectNode around = NODES.objectNode();
    while (next(around) == XMLStreamConstants.START_ELEMENT) {
      add(into, name, isList, resource());
    }
    if (!into.has(name) || !around.isEmpty()) {
      add(into, name, isList, around);
    }
  }

  /** A second one where there is one only makes a list. */
  private static void add(ObjectNode into, String name, boolean isList, JsonNode value) {
    JsonNode before = into.get(name);
    if (before instanceof ArrayNode list) {
      list.add(value);
    } else if (before != null) {
      into.putArray(name).add(before).add(value);
    } else if (isList) {
      into.putArray(name).add(value);
    } else {
      into.set(name, value);
    }
  }

  private String name() {
    String namespace = xml.getNamespaceURI();
    String name = xml.getLocalName();
    return FHIR.equals(namespace) || XHTML.equals(namespace) && name.equals("div")
        ? name
        : UNDEFINED;
  }

  /** In JSON some names mean something that they do not mean here. */
  private static String undefined(String name) {
    return name.startsWith("_") || name.equals("resourceType") ? UNDEFINED : name;
  }

  /** The div that has begun, in the very words in which it came. */
  private String narrative() throws XMLStreamException {
    boolean inherits = XHTML.equals(xml.getNamespaceURI()) && !declaresItself();
    int first = begin;
    int within = depth;
    int last = first;
    int ends = 0;
    ObjectNode words = NODES.objectNode(); // they are in the text
    while (depth >= within) {
      if (next(words) == XMLStreamConstants.START_ELEMENT) {
        last = begin;
        ends = 0;
      } else {
        ends++;
      }
    }
    String div = text.substring(first, end(last, ends)).replace("\r\n", "\n").replace('\r', '\n');
    return inherits ? div.replaceFirst("^<div", "<div xmlns=\"" + XHTML + "\"") : div;
  }

  private boolean declaresItself() {
    for (int i = 0; i < xml.getNamespaceCount(); i++) {
      String prefix = xml.getNamespacePrefix(i);
      if (prefix == null || prefix.isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Where it ends.
   *
   * @param last where the last element in it begins
   * @param ends how many elements end after that
   */
  private int end(int last, int ends) {
    int end = endOfTag(last);
    int tags = text.charAt(end - 2) == '/' ? ends - 1 : ends;
    Matcher following = MARKUP.matcher(text);
    for (int at = end; tags > 0 && following.find(at); at = end) {
      end = following.end();
      if (text.charAt(following.start() + 1) == '/') {
        end = text.indexOf('>', following.start()) + 1;
        tags--;
      }
    }
    return end;
  }

  private int endOfTag(int from) {
    char quote = 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '>') {
        return i + 1;
      }
    }
    throw new IllegalStateException("the parser found an end");
  }

  /**
   * The next beginning or end of an element.
   *
   * @param into where a text that stands before it is said to be no element
   */
  private int next(ObjectNode into) throws XMLStreamException {
    while (true) {
      int event = xml.next();
      switch (event) {
        case XMLStreamConstants.START_ELEMENT -> {
          if (++depth > FhirJson.DEPTH) {
            throw new Refusal(Reason.MALFORMED, "This lies too deep in itself.");
          }
          begin = beginning();
          return event;
        }
        case XMLStreamConstants.END_ELEMENT -> {
          depth--;
          return event;
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (!xml.isWhiteSpace()) {
            into.put(UNDEFINED, "text");
          }
        }
        case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> throw harmful();
        default -> {}
      }
    }
  }

  /** Parsers differ in what they say of places; tags follow each other alike. */
  private int beginning() {
    while (markup.find()) {
      char kind = text.charAt(markup.start() + 1);
      if (kind != '!' && kind != '?' && kind != '/') {
        return markup.start();
      }
    }
    throw new IllegalStateException("the parser found a tag");
  }

  private static Refusal harmful() {
    return new Refusal(Reason.MALFORMED, "XML comes without DTD and entities.");
  }
}
