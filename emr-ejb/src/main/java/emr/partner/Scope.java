package emr.partner;

import emr.access.RecordTypes;
import emr.exchange.access.AccessRight;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A <a href="https://hl7.org/fhir/smart-app-launch/STU2/scopes-and-launch-context.html">scope</a>
 * of a system, {@code system/Observation.rs}, in the words of either version of SMART. Reading and
 * searching go together here, and so do creating, updating and deleting: a scope that names only
 * one of them does not exist.
 *
 * @param type a resource type, or {@link #ANY}
 */
record Scope(String type, Set<AccessRight> rights) {

  /** Stands for all types. */
  static final String ANY = "*";

  private static final Pattern FORM = Pattern.compile("system/(\\*|[A-Za-z]+)\\.([a-z]+|\\*)");

  private static final Map<String, Set<AccessRight>> ACTIONS =
      Map.of(
          "read", Set.of(AccessRight.READ),
          "rs", Set.of(AccessRight.READ),
          "write", Set.of(AccessRight.STORE),
          "cud", Set.of(AccessRight.STORE),
          "*", Set.of(AccessRight.READ, AccessRight.STORE),
          "cruds", Set.of(AccessRight.READ, AccessRight.STORE));

  /** What scopes for all types look like. */
  static List<String> examples() {
    return ACTIONS.keySet().stream().sorted().map(action -> "system/*." + action).toList();
  }

  private static Optional<Scope> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches() || !ACTIONS.containsKey(form.group(2))) {
      return Optional.empty();
    }
    String type = form.group(1);
    return type.equals(ANY) || RecordTypes.exists(type)
        ? Optional.of(new Scope(type, ACTIONS.get(form.group(2))))
        : Optional.empty();
  }

  /**
   * The types for which {@code scopes}, separated by blanks, give each right; {@link #ANY} for all.
   */
  static Map<AccessRight, Set<String>> types(String scopes) {
    var types = new EnumMap<AccessRight, Set<String>>(AccessRight.class);
    words(scopes)
        .flatMap(word -> parse(word).stream())
        .forEach(
            scope ->
                scope.rights.forEach(
                    right -> types.computeIfAbsent(right, r -> new TreeSet<>()).add(scope.type)));
    return types;
  }

  /** What a statement binds rights to: {@link #types} without those that are not bound. */
  static Map<AccessRight, Set<String>> bounds(Map<AccessRight, Set<String>> types) {
    var bounds = new HashMap<>(types);
    bounds.values().removeIf(names -> names.contains(ANY));
    return bounds;
  }

  /** Those of {@code asked} that give no more than {@code registered} does; may be empty. */
  static String granted(String asked, String registered) {
    Map<AccessRight, Set<String>> most = types(registered);
    return words(asked)
        .filter(word -> parse(word).filter(scope -> scope.isWithin(most)).isPresent())
        .distinct()
        .collect(Collectors.joining(" "));
  }

  /** Whether each word of {@code scopes} is a scope that exists here, and there is one. */
  static boolean allExist(String scopes) {
    return words(scopes).allMatch(word -> parse(word).isPresent());
  }

  private boolean isWithin(Map<AccessRight, Set<String>> most) {
    return rights.stream()
        .map(right -> most.getOrDefault(right, Set.of()))
        .allMatch(types -> types.contains(ANY) || types.contains(type));
  }

  private static Stream<String> words(String scopes) {
    return Arrays.stream(scopes.strip().split(" +"));
  }
}
