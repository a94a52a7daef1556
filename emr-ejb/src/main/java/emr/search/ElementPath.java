package emr.search;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.RuntimeChildPrimitiveEnumerationDatatypeDefinition;
import ca.uhn.fhir.context.RuntimePrimitiveDatatypeDefinition;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One alternative of a search parameter's FHIRPath expression, compiled to walk a JSON tree. The
 * subset is what R4's search parameters are written in, see the test: children, choices of type,
 * {@code where(x='y')}, {@code where(resolve() is T)}, {@code as}, an index, and one {@code
 * exists()}.
 */
public final class ElementPath {

  private static final Pattern AS_OPERATOR = Pattern.compile("\\(?([A-Za-z.]+) as (\\w+)\\)?(.*)");
  private static final Pattern WHERE = Pattern.compile("where\\((\\w+)='([^']*)'\\)");
  private static final Pattern RESOLVES = Pattern.compile("where\\(resolve\\(\\) is (\\w+)\\)");
  private static final Pattern AS_FUNCTION = Pattern.compile("(?:as|ofType)\\((\\w+)\\)");
  private static final Pattern CHILD = Pattern.compile("(\\w+)(?:\\[(\\d+)])?");
  private static final Pattern EXISTS =
      Pattern.compile("(?<path>[A-Za-z.]+)\\.exists\\(\\) and \\k<path> != false");

  private interface Step {
    void from(JsonNode node, Consumer<JsonNode> onward);
  }

  private final String name;
  private final List<Step> steps = new ArrayList<>();
  private @Nullable String target;
  private boolean asksForExistence;
  private boolean primitive;
  private boolean repeats;
  private List<String> beginnings = List.of();
  private Map<String, Set<String>> bound = Map.of();

  private ElementPath(String name) {
    this.name = name;
  }

  /**
   * @param resource whose elements {@code expression} names
   * @throws IllegalArgumentException for what is not in the subset
   */
  static ElementPath compile(BaseRuntimeElementCompositeDefinition<?> resource, String expression) {
    String text = expression.strip();
    while (text.startsWith("(") && text.endsWith(")") && !text.contains(" as ")) {
      text = text.substring(1, text.length() - 1).strip();
    }
    Matcher exists = EXISTS.matcher(text);
    boolean asksForExistence = exists.matches();
    if (asksForExistence) {
      text = exists.group("path");
    }
    Matcher as = AS_OPERATOR.matcher(text);
    if (as.matches()) {
      text = as.group(1) + ".as(" + as.group(2) + ")" + as.group(3);
    }
    List<String> parts = split(text);
    int first =
        parts.get(0).equals(resource.getName())
                || parts.get(0).equals("Resource")
                || parts.get(0).equals("DomainResource")
            ? 1
            : 0;
    var path = new ElementPath(String.join(".", parts.subList(first, parts.size())));
    path.asksForExistence = asksForExistence;
    path.compile(resource, parts.subList(first, parts.size()));
    return path;
  }

  private void compile(BaseRuntimeElementDefinition<?> root, List<String> parts) {
    @Nullable BaseRuntimeElementDefinition<?> at = root;
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      Matcher where = WHERE.matcher(part);
      Matcher resolves = RESOLVES.matcher(part);
      Matcher child = CHILD.matcher(part);
      if (where.matches()) {
        String key = where.group(1);
        String value = where.group(2);
        steps.add(
            (node, onward) -> {
              if (node.path(key).asText().equals(value)) {
                onward.accept(node);
              }
            });
      } else if (resolves.matches()) {
        target = resolves.group(1);
      } else if (child.matches()) {
        Matcher as = i + 1 < parts.size() ? AS_FUNCTION.matcher(parts.get(i + 1)) : null;
        String ofType = as != null && as.matches() ? as.group(1) : null;
        at = child(at, child.group(1), ofType);
        if (child.group(2) != null) {
          int index = Integer.parseInt(child.group(2));
          Step all = steps.remove(steps.size() - 1);
          steps.add(
              (node, onward) -> {
                var found = new ArrayList<JsonNode>();
                all.from(node, found::add);
                if (index < found.size()) {
                  onward.accept(found.get(index));
                }
              });
        }
        if (ofType != null) {
          i++;
        }
        primitive = at instanceof RuntimePrimitiveDatatypeDefinition;
      } else {
        throw new IllegalArgumentException("not understood: " + part);
      }
    }
  }

  private @Nullable BaseRuntimeElementDefinition<?> child(
      @Nullable BaseRuntimeElementDefinition<?> at, String name, @Nullable String ofType) {
    List<String> keys = List.of(name);
    BaseRuntimeElementDefinition<?> next = null;
    if (at instanceof BaseRuntimeElementCompositeDefinition<?> composite) {
      BaseRuntimeChildDefinition one = composite.getChildByName(name);
      BaseRuntimeChildDefinition choice = composite.getChildByName(name + "[x]");
      repeats |= one != null && one.getMax() != 1;
      bound = bound(one);
      if (choice != null && ofType != null) {
        keys =
            List.of(name + ofType.substring(0, 1).toUpperCase(Locale.ROOT) + ofType.substring(1));
        next = choice.getChildByName(keys.get(0));
      } else if (choice != null) {
        keys = List.copyOf(choice.getValidChildNames());
      } else if (one != null) {
        next = one.getChildByName(name);
      } else if (!name.equals("meta") && !name.equals("id")) {
        throw new IllegalArgumentException(composite.getName() + " has no " + name);
      }
    }
    List<String> names = keys;
    if (steps.isEmpty()) {
      beginnings = names;
    }
    steps.add(
        (node, onward) -> {
          for (String key : names) {
            JsonNode found = node.get(key);
            if (found == null || found.isNull()) {
              continue;
            }
            if (found.isArray()) {
              found.forEach(onward);
            } else {
              onward.accept(found);
            }
          }
        });
    return next;
  }

  /** The codes that an element must have one of, by their systems; empty if it need not. */
  private static Map<String, Set<String>> bound(@Nullable BaseRuntimeChildDefinition child) {
    if (!(child instanceof RuntimeChildPrimitiveEnumerationDatatypeDefinition codes)) {
      return Map.of();
    }
    var bySystem = new TreeMap<String, Set<String>>();
    try {
      for (Enum<?> code : codes.getBoundEnumType().getEnumConstants()) {
        Object system = code.getClass().getMethod("getSystem").invoke(code);
        Object text = code.getClass().getMethod("toCode").invoke(code);
        if (system != null && text != null) {
          bySystem.computeIfAbsent(system.toString(), any -> new TreeSet<>()).add(text.toString());
        }
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("HAPI's codes say their systems", e);
    }
    return bySystem;
  }

  /** Splits at dots outside of parentheses. */
  private static List<String> split(String text) {
    var parts = new ArrayList<String>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == '.' && depth == 0) {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(text.substring(start));
    return parts;
  }

  /** What the path leads to, each element alone. */
  public void values(JsonNode resource, Consumer<JsonNode> found) {
    if (!asksForExistence) {
      walk(resource, 0, found);
      return;
    }
    var any = new boolean[1];
    walk(resource, 0, node -> any[0] |= !(node instanceof BooleanNode no) || no.booleanValue());
    found.accept(BooleanNode.valueOf(any[0]));
  }

  private void walk(JsonNode node, int step, Consumer<JsonNode> found) {
    if (step == steps.size()) {
      found.accept(node);
      return;
    }
    steps.get(step).from(node, next -> walk(next, step + 1, found));
  }

  /**
   * What the path leads to from an element of {@code base}, with which it begins; nothing if it
   * does not.
   */
  void valuesFrom(ElementPath base, JsonNode element, Consumer<JsonNode> found) {
    if (beginsWith(base)) {
      walk(element, base.steps.size(), found);
    }
  }

  boolean beginsWith(ElementPath base) {
    return base.name.isEmpty() || name.equals(base.name) || name.startsWith(base.name + ".");
  }

  /** Whether it leads to values without parts. */
  boolean isPrimitive() {
    return primitive;
  }

  /**
   * Where it leads to codes that FHIR fixes: those, by their systems, which such a code does not
   * say itself.
   */
  Map<String, Set<String>> bound() {
    return bound;
  }

  /** Whether it may lead to several elements. */
  boolean repeats() {
    return repeats;
  }

  /**
   * Names of members of a resource, without one of which the path leads to nothing; empty if it may
   * lead somewhere without.
   */
  List<String> beginnings() {
    return asksForExistence ? List.of() : beginnings;
  }

  /** The type that references on this path must be to; null for any. */
  @Nullable String target() {
    return target;
  }

  /** Names the elements; two parameters that look at the same elements share their terms. */
  String name() {
    int resolve = name.indexOf(".where(resolve()");
    return resolve < 0 ? name : name.substring(0, resolve);
  }
}
