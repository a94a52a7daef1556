package emr.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;

/** The text of a query, as in a URL or in a form. */
public final class QueryText {

  private static final int MOST_PARAMETERS = 100;
  private static final int MOST_ALTERNATIVES = 200;

  private QueryText() {}

  /** Its text is encoded as a URL wants it. */
  public record Parameter(String name, String value) {

    @Override
    public String toString() {
      return URLEncoder.encode(name, UTF_8) + "=" + URLEncoder.encode(value, UTF_8);
    }
  }

  /**
   * The parameters that have a value.
   *
   * @throws Refusal {@link Reason#NOT_SUPPORTED} if they are too many, or no text
   */
  public static List<Parameter> parameters(String query) {
    var parameters = new ArrayList<Parameter>();
    for (String pair : query.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      if (parameters.size() == MOST_PARAMETERS) {
        throw unsupported("A search has " + MOST_PARAMETERS + " parameters at most.");
      }
      int equals = pair.indexOf('=');
      if (equals >= 0 && equals < pair.length() - 1) {
        parameters.add(
            new Parameter(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1))));
      }
    }
    return parameters;
  }

  private static String decode(String text) {
    try {
      String decoded = URLDecoder.decode(text, UTF_8);
      if (decoded.indexOf('\0') >= 0 || decoded.indexOf('\uFFFD') >= 0) {
        throw unsupported("The query is not percent-encoded UTF-8.");
      }
      return decoded;
    } catch (IllegalArgumentException e) {
      throw (Refusal) unsupported("The query is not percent-encoded UTF-8.").initCause(e);
    }
  }

  /** Splits at commas that have no backslash before them; the parts keep their escapes. */
  public static List<String> alternatives(String value) {
    List<String> alternatives = split(value, ',');
    if (alternatives.size() > MOST_ALTERNATIVES) {
      throw unsupported("A parameter has " + MOST_ALTERNATIVES + " alternatives at most.");
    }
    return alternatives;
  }

  /** Splits at {@code separator} where no backslash stands before it; the parts keep escapes. */
  public static List<String> split(String value, char separator) {
    var parts = new ArrayList<String>();
    int start = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == separator) {
        parts.add(value.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(value.substring(start));
    return parts;
  }

  /** Without the backslashes that escape. */
  public static String unescape(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    var plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      plain.append(c == '\\' && i + 1 < text.length() ? text.charAt(++i) : c);
    }
    return plain.toString();
  }

  /**
   * @throws Refusal {@link Reason#NOT_SUPPORTED} if it is no number from 0 on
   */
  public static int count(String value) {
    if (value.matches("\\d{1,18}")) {
      return (int) Math.min(Integer.MAX_VALUE, Long.parseLong(value));
    }
    throw malformed("_count");
  }

  public static Refusal malformed(String name) {
    return unsupported("The value of " + legible(name) + " is not of its type.");
  }

  public static Refusal unsupported(String explanation) {
    return new Refusal(Reason.NOT_SUPPORTED, explanation);
  }

  /** A name that a stranger chose is repeated only if it looks like one. */
  public static String legible(String name) {
    return name.matches("[\\w:.\\-]{1,60}") ? name : "(unreadable)";
  }
}
