package emr.validation;

import java.io.StringReader;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Lets pass the <a href="http://hl7.org/fhir/R4/narrative.html">XHTML</a> of a narrative that only
 * formats: whoever shows it may put it into a page as it is.
 */
public final class Narrative {

  private static final String XHTML = "http://www.w3.org/1999/xhtml";
  private static final String XML = "http://www.w3.org/XML/1998/namespace";
  private static final int DEPTH = 100;

  private static final Set<String> ELEMENTS =
      words(
          "a abbr acronym address area b bdo big blockquote br caption center cite code col"
              + " colgroup dd del dfn div dl dt em font h1 h2 h3 h4 h5 h6 hr i img ins kbd li map"
              + " ol p pre q s samp small span strike strong sub sup table tbody td tfoot th thead"
              + " tr tt u ul var");

  private static final Set<String> ATTRIBUTES =
      words(
          "abbr accesskey align alt axis bgcolor border cellpadding cellspacing char charoff"
              + " charset cite class clear color colspan compact coords datetime dir face frame"
              + " headers height href hreflang hspace id ismap lang longdesc name noshade nowrap rel"
              + " rev rowspan rules scope shape size span src start style summary tabindex target"
              + " title type usemap valign value vspace width");

  private static final Set<String> ADDRESSES = Set.of("href", "src", "cite", "longdesc", "usemap");

  /** Schemes that lead somewhere and run nothing. */
  private static final Set<String> SCHEMES = words("http https mailto tel ftp urn cid");

  private static final Pattern SCHEME = Pattern.compile("([a-z][a-z0-9+.-]*):.*", Pattern.DOTALL);
  private static final Pattern IMAGE =
      Pattern.compile("data:image/(png|jpe?g|gif|bmp|webp);base64,[a-z0-9+/=\\s]*");
  private static final Pattern ACTIVE_STYLE =
      Pattern.compile("url\\s*\\(|expression|javascript|behavio|binding|@import|\\\\");

  /** No DTD, so neither entities nor anything from outside. */
  private static final XMLInputFactory PARSERS = XMLInputFactory.newFactory();

  static {
    PARSERS.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    PARSERS.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
  }

  private Narrative() {}

  private static Set<String> words(String text) {
    return Set.of(text.split(" "));
  }

  /** What is wrong with the {@code div}; null if nothing is. */
  @SuppressWarnings("UnusedException") // a parser's message quotes the content
  public static @Nullable String fault(String div) {
    try {
      XMLStreamReader xml = PARSERS.createXMLStreamReader(new StringReader(div));
      try {
        return fault(xml);
      } finally {
        xml.close();
      }
    } catch (XMLStreamException e) {
      return "is not well-formed XHTML";
    }
  }

  private static @Nullable String fault(XMLStreamReader xml) throws XMLStreamException {
    int depth = 0;
    boolean hasContent = false;
    while (xml.hasNext()) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          String fault = depth == 0 ? root(xml) : element(xml);
          if (fault != null) {
            return fault;
          }
          hasContent |= xml.getLocalName().equals("img");
          if (++depth > DEPTH) {
            return "lies too deep in itself";
          }
        }
        case XMLStreamConstants.END_ELEMENT -> depth--;
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
            hasContent |= !xml.isWhiteSpace();
        case XMLStreamConstants.DTD,
            XMLStreamConstants.ENTITY_REFERENCE,
            XMLStreamConstants.PROCESSING_INSTRUCTION -> {
          return "holds what no narrative may hold";
        }
        default -> {}
      }
    }
    return hasContent ? null : "says nothing";
  }

  private static @Nullable String root(XMLStreamReader xml) {
    return xml.getLocalName().equals("div") ? element(xml) : "is a div of XHTML";
  }

  private static @Nullable String element(XMLStreamReader xml) {
    if (!XHTML.equals(xml.getNamespaceURI()) || !ELEMENTS.contains(xml.getLocalName())) {
      return "holds an element that no narrative may hold";
    }
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      String name = xml.getAttributeLocalName(i);
      String namespace = xml.getAttributeNamespace(i);
      boolean isPlain = namespace == null || namespace.isEmpty();
      boolean isKnown = isPlain ? ATTRIBUTES.contains(name) : XML.equals(namespace);
      if (!isKnown) {
        return "holds an attribute that no narrative may hold";
      }
      String value = xml.getAttributeValue(i).toLowerCase(Locale.ROOT);
      if (isPlain && ADDRESSES.contains(name) && !leadsSomewhere(value)) {
        return "holds an address that no narrative may hold";
      }
      if (isPlain && name.equals("style") && ACTIVE_STYLE.matcher(value).find()) {
        return "holds a style that is not its own";
      }
    }
    return null;
  }

  private static boolean leadsSomewhere(String address) {
    var plain = new StringBuilder(); // browsers skip blanks and control characters in a scheme
    address.chars().filter(c -> c > ' ').forEach(c -> plain.append((char) c));
    var scheme = SCHEME.matcher(plain);
    return !scheme.matches() || SCHEMES.contains(scheme.group(1)) || IMAGE.matcher(plain).matches();
  }
}
