package emr.faces.theme;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Rewrites the fixed colours of PrimeFaces' saga-blue theme as our colour roles, so that its
 * components follow light, dark and contrast like our own parts. A colour without a role stops the
 * build: an update of PrimeFaces cannot slip one in.
 */
public final class PrimeFacesTheme {

  private static final String SOURCE = "/META-INF/resources/primefaces-saga-blue/theme.css";

  private static final Pattern PALETTE = Pattern.compile(":root\\{[^}]*\\}");
  private static final Pattern DECLARATION =
      Pattern.compile("(?<=[{;])(-?[a-z][a-z-]*)\\s*:\\s*([^;{}]+)");
  private static final Pattern COLOUR =
      Pattern.compile("#[0-9a-fA-F]{3,8}\\b|(?:rgb|hsl)a?\\([^)]*\\)");
  private static final Pattern NEUTRAL =
      Pattern.compile("rgba\\(\\s*(?:0|255),\\s*(?:0|255),\\s*(?:0|255),.*|hsla\\(0,0%,100%,.*");

  private static final String RING = "0 0 0 2px var(--surface), 0 0 0 5px var(--focus)";
  private static final String INNER_RING = "inset 0 0 0 3px var(--focus)";

  private static final String INFO = "var(--info-ink)";
  private static final String WARN = "var(--warn-ink)";
  private static final String OK = "var(--ok-ink)";
  private static final String DANGER = "var(--danger-ink)";
  private static final String NEUTRAL_INK = "var(--neutral-ink)";
  private static final String HELP = "var(--wait-ink)";

  /** The hues that mean the same on text, on edges and, solid, behind text. */
  private static final Map<String, String> HUES =
      Map.ofEntries(
          entry("#2196f3", "var(--brand)"),
          entry("#01579b", INFO),
          entry("#0288d1", INFO),
          entry("#03a9f4", INFO),
          entry("#7f6003", WARN),
          entry("#fbc02d", WARN),
          entry("#ffc107", WARN),
          entry("#b71c1c", DANGER),
          entry("#d32f2f", DANGER),
          entry("#f44336", DANGER),
          entry("#ef5350", DANGER),
          entry("#e0284f", DANGER),
          entry("#e60017", DANGER),
          entry("#689f38", OK),
          entry("#9c27b0", HELP),
          entry("#607d8b", NEUTRAL_INK));

  private static final Map<String, String> TEXT =
      Map.ofEntries(
          entry("#495057", "var(--ink)"),
          entry("#212529", "var(--ink)"),
          entry("#6c757d", "var(--ink-2)"),
          entry("#fff", "var(--on-brand)"),
          entry("#f8f9fa", "var(--on-brand)"));

  private static final Map<String, String> BACKGROUND =
      Map.ofEntries(
          entry("#fff", "var(--surface)"),
          entry("#fbfcfc", "var(--surface)"),
          entry("#f8f9fa", "var(--surface-2)"),
          entry("#f8f8f8", "var(--surface-2)"),
          entry("#efefef", "var(--surface-2)"),
          entry("#ebebef", "var(--surface-2)"),
          entry("#e9ecef", "var(--surface-3)"),
          entry("#dadada", "var(--surface-3)"),
          entry("#e3f2fd", "var(--brand-soft)"),
          entry("#dee2e6", "var(--line)"),
          entry("#343a40", "var(--ink)"),
          entry("#495057", "var(--ink)"),
          entry("#252529", "var(--ink)"),
          entry("#b3e5fc", "var(--info-soft)"),
          entry("#ffecb3", "var(--warn-soft)"),
          entry("#ffcdd2", "var(--danger-soft)"),
          entry("#c8e6c9", "var(--ok-soft)"),
          entry("#d32f2f", "var(--danger-solid)"),
          entry("#f44336", "var(--danger-solid)"));

  private static final Map<String, String> EDGE =
      Map.ofEntries(
          entry("#dee2e6", "var(--line)"),
          entry("#e9ecef", "var(--line)"),
          entry("#fff", "var(--surface)"),
          entry("#252529", "var(--ink)"),
          entry("#ced4da", "var(--line-strong)"),
          entry("#adb5bd", "var(--line-strong)"),
          entry("#6c757d", "var(--line-strong)"),
          entry("#e3f2fd", "var(--brand-soft)"));

  /** Colours that a preprocessor computed, by how they begin. */
  private static final Map<String, String> COMPUTED =
      Map.ofEntries(
          entry("rgb(12.738", hover("--brand")),
          entry("rgb(11.323", hover("--brand")),
          entry("rgb(137.4,", "var(--brand-soft)"),
          entry("rgb(1.8,122", hover("--info-ink")),
          entry("rgb(1.6,108", hover("--info-ink")),
          entry("hsl(198.904", "var(--info-soft)"),
          entry("rgb(140.4,", hover("--wait-ink")),
          entry("rgb(124.8,", hover("--wait-ink")),
          entry("rgb(250.44", hover("--warn-ink")),
          entry("hsl(42.81", hover("--warn-ink")),
          entry("rgb(255,229", "var(--warn-soft)"),
          entry("rgb(255,113", hover("--danger-solid")),
          entry("rgb(255,179", "var(--danger-soft)"),
          entry("hsl(0,65.07", hover("--danger-solid")),
          entry("rgb(45.75", DANGER),
          entry("rgb(76.8,", hover("--neutral-ink")),
          entry("rgb(86.4,", hover("--neutral-ink")),
          entry("rgb(83.2,", hover("--ok-ink")),
          entry("rgb(93.6,", hover("--ok-ink")),
          entry("rgb(67.187", OK),
          entry("hsl(122,", OK),
          entry("rgba(200,230,201,", "var(--ok-soft)"),
          entry("rgba(104,159,56,", "var(--ok-soft)"),
          entry("rgba(156,39,176,", "var(--wait-soft)"),
          entry("rgba(2,136,209,", "var(--info-soft)"),
          entry("rgba(211,47,47,", "var(--danger-soft)"),
          entry("rgba(251,192,45,", "var(--warn-soft)"),
          entry("rgba(33,150,243,", "var(--brand-soft)"),
          entry("rgba(96,125,139,", "var(--neutral-soft)"));

  private PrimeFacesTheme() {}

  /**
   * Writes the theme to the file named by the only argument.
   *
   * @throws IllegalStateException if PrimeFaces brings a colour that has no role
   */
  public static void main(String[] target) throws IOException {
    Path file = Path.of(target[0]);
    Files.createDirectories(file.getParent());
    Files.writeString(file, inRoles(sagaBlue()), UTF_8);
  }

  static String sagaBlue() {
    try (InputStream theme = PrimeFacesTheme.class.getResourceAsStream(SOURCE)) {
      if (theme == null) {
        throw new IllegalStateException("PrimeFaces brings no " + SOURCE);
      }
      return new String(theme.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code css} with every colour as a role of {@code emr.css}, and without its own palette. */
  static String inRoles(String css) {
    var unmapped = new TreeSet<String>();
    String themed =
        DECLARATION
            .matcher(PALETTE.matcher(css.replace("\uFEFF", "")).replaceAll(""))
            .replaceAll(
                found -> found.group(1) + ":" + value(found.group(1), found.group(2), unmapped));
    if (!unmapped.isEmpty()) {
      throw new IllegalStateException("PrimeFaces colours without a role: " + unmapped);
    }
    return themed;
  }

  private static String value(String property, String value, TreeSet<String> unmapped) {
    if (property.endsWith("shadow") && COLOUR.matcher(value).find()) {
      if (NEUTRAL.matcher(firstColour(value)).matches()) {
        return value;
      }
      return value.startsWith("inset") ? INNER_RING : RING;
    }
    UnaryOperator<String> role =
        colour -> {
          String known = role(property, colour);
          if (known.isEmpty()) {
            unmapped.add(property + ": " + colour);
          }
          return known;
        };
    return COLOUR.matcher(value).replaceAll(found -> role.apply(found.group()));
  }

  private static String firstColour(String value) {
    var colour = COLOUR.matcher(value);
    return colour.find() ? colour.group() : "";
  }

  /** The role of {@code colour} in {@code property}; empty if there is none. */
  private static String role(String property, String colour) {
    if (!colour.startsWith("#")) {
      if (NEUTRAL.matcher(colour).matches()) {
        return colour;
      }
      List<String> roles = new ArrayList<>();
      COMPUTED.forEach(
          (begin, role) -> {
            if (colour.startsWith(begin)) {
              roles.add(role);
            }
          });
      return roles.size() == 1 ? roles.get(0) : "";
    }
    String hex = colour.toLowerCase(Locale.ROOT);
    Map<String, String> roles =
        property.startsWith("background")
            ? BACKGROUND
            : property.startsWith("border") || property.startsWith("outline") ? EDGE : TEXT;
    String role = roles.get(hex);
    return role != null ? role : HUES.getOrDefault(hex, "");
  }

  private static String hover(String role) {
    return "color-mix(in srgb, var(" + role + ") 86%, var(--ink))";
  }
}
