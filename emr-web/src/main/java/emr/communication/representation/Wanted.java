package emr.communication.representation;

import static java.nio.charset.StandardCharsets.UTF_8;

import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import jakarta.ws.rs.NotAcceptableException;
import java.net.URLDecoder;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The form in which a caller wants the answer; see <a
 * href="http://hl7.org/fhir/R4/http.html#general">FHIR's general parameters</a>.
 *
 * @param mediaType of the answer
 * @param elements names of elements at the top, perhaps after {@code Type.}; empty for all
 * @param query the parameters that said so, as they came, for links; empty if only headers did
 */
record Wanted(String mediaType, boolean pretty, Part part, Set<String> elements, String query) {

  static final String JSON = "application/fhir+json;charset=UTF-8";
  static final String XML = "application/fhir+xml;charset=UTF-8";

  /** JSON as it is kept. */
  static final Wanted PLAIN = new Wanted(JSON, false, Part.ALL, Set.of(), "");

  private static final Set<String> NAMES = Set.of("_format", "_pretty", "_summary", "_elements");
  private static final Pattern NAME = Pattern.compile("_(?:format|pretty|summary|elements)=");

  /** What of a resource; the values of {@code _summary}. */
  enum Part {
    ALL,
    SUMMARY,
    TEXT,
    DATA
  }

  boolean isXml() {
    return mediaType.startsWith(XML.substring(0, XML.indexOf(';')));
  }

  /** Whether what is kept can go out as it is. */
  boolean isPlain() {
    return !isXml() && !pretty && part == Part.ALL && elements.isEmpty();
  }

  /** Whether a query may hold one of these parameters. */
  static boolean isNamedIn(String query) {
    return query.contains("_") && NAME.matcher(query).find();
  }

  /** A query in two: what it wants, and the rest. */
  record Parsed(Wanted wanted, String rest) {}

  /**
   * Takes the parameters of form out of {@code query}; {@code _summary=count} stays, since it
   * changes what is looked for.
   *
   * @throws NotAcceptableException for an unknown {@code _format}
   * @throws Refusal {@link Reason#NOT_SUPPORTED} for another value that is none
   */
  Parsed with(String query) {
    String mediaType = this.mediaType;
    boolean pretty = this.pretty;
    Part part = this.part;
    Set<String> elements = new TreeSet<>(this.elements);
    var rest = new StringBuilder();
    var own = new StringBuilder(this.query);
    for (String parameter : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals);
      String value = equals < 0 ? "" : decoded(parameter.substring(equals + 1));
      if (!NAMES.contains(name) || name.equals("_summary") && value.equals("count")) {
        rest.append(rest.isEmpty() ? "" : "&").append(parameter);
        continue;
      }
      switch (name) {
        case "_format" -> mediaType = format(value);
        case "_pretty" -> pretty = bool(name, value);
        case "_summary" -> part = part(value);
        default -> elements.addAll(Set.of(value.isEmpty() ? new String[0] : names(value)));
      }
      own.append(own.isEmpty() ? "" : "&").append(parameter);
    }
    if (part != Part.ALL && !elements.isEmpty()) {
      throw new Refusal(Reason.NOT_SUPPORTED, "_summary and _elements exclude each other.");
    }
    return new Parsed(
        new Wanted(mediaType, pretty, part, Set.copyOf(elements), own.toString()), rest.toString());
  }

  private static String[] names(String value) {
    return new TreeSet<>(Set.copyOf(java.util.List.of(value.split(",")))).toArray(String[]::new);
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value, UTF_8);
    } catch (IllegalArgumentException e) {
      throw (Refusal)
          new Refusal(Reason.NOT_SUPPORTED, "The address is not encoded as it must be.")
              .initCause(e);
    }
  }

  private static boolean bool(String name, String value) {
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new Refusal(Reason.NOT_SUPPORTED, name + " is true or false.");
    };
  }

  private static Part part(String value) {
    return switch (value) {
      case "true" -> Part.SUMMARY;
      case "text" -> Part.TEXT;
      case "data" -> Part.DATA;
      case "false" -> Part.ALL;
      default ->
          throw new Refusal(Reason.NOT_SUPPORTED, "_summary is true, text, data, count or false.");
    };
  }

  /** A plus that came as itself means a blank in a query; nobody means a blank here. */
  private static String format(String value) {
    int semicolon = value.indexOf(';');
    String type = (semicolon < 0 ? value : value.substring(0, semicolon)).strip();
    String found =
        switch (type) {
          case "json" -> JSON;
          case "xml" -> XML;
          default -> answered(type.replace(' ', '+').toLowerCase(Locale.ROOT));
        };
    if (found == null) {
      throw new NotAcceptableException();
    }
    return found;
  }

  /**
   * What {@code Accept} wants most; JSON where it does not mind.
   *
   * @throws NotAcceptableException if it wants nothing that there is
   */
  static Wanted accepting(@Nullable String accept) {
    Wanted wanted = preferred(accept);
    if (wanted == null) {
      throw new NotAcceptableException();
    }
    return wanted;
  }

  /** As {@link #accepting}; null if it wants nothing that there is. */
  static @Nullable Wanted preferred(@Nullable String accept) {
    if (accept == null || accept.isBlank() || accept.equals("*/*")) {
      return PLAIN;
    }
    String best = null;
    double most = 0;
    for (String range : accept.split(",")) {
      String[] parts = range.split(";");
      String type = answered(parts[0].strip().toLowerCase(Locale.ROOT));
      double quality = quality(parts);
      boolean better = quality > most || quality == most && JSON.equals(type) && quality > 0;
      if (type != null && better) {
        best = type;
        most = quality;
      }
    }
    if (best == null) {
      return null;
    }
    return best.equals(JSON) ? PLAIN : new Wanted(best, false, Part.ALL, Set.of(), "");
  }

  /** Whether {@code accept} names a form of FHIR itself, and does not only admit one. */
  static boolean namesForm(@Nullable String accept) {
    for (String range : accept == null ? new String[0] : accept.split(",")) {
      String[] parts = range.split(";");
      String type = parts[0].strip().toLowerCase(Locale.ROOT);
      if (type.indexOf('*') < 0 && answered(type) != null && quality(parts) > 0) {
        return true;
      }
    }
    return false;
  }

  /** The type of the answer to who asks for {@code range}; null if there is none. */
  private static @Nullable String answered(String range) {
    return switch (range) {
      case "*/*", "application/*", "application/fhir+json", "application/json+fhir" -> JSON;
      case "application/fhir+xml", "application/xml+fhir" -> XML;
      case "application/json", "text/json", "text/*" -> "application/json;charset=UTF-8";
      case "application/xml", "text/xml" -> XML;
      default -> null;
    };
  }

  /** Of a range's parameters; 0 if it wants another version of FHIR. */
  private static double quality(String[] parts) {
    double quality = 1;
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip();
      if (parameter.startsWith("fhirVersion=") && !parameter.contains("4.0")) {
        return 0;
      }
      if (parameter.startsWith("q=")) {
        try {
          quality = Double.parseDouble(parameter.substring(2));
        } catch (NumberFormatException e) {
          return 0;
        }
      }
    }
    return quality;
  }
}
