package emr.partner;

import emr.exchange.access.AccessRight;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The <a
 * href="https://hl7.org/fhir/smart-app-launch/STU2/scopes-and-launch-context.html">scopes</a> that
 * exist here, in the words of both versions of SMART, with the rights they carry.
 */
enum Scope {
  READ("system/*.read", AccessRight.READ),
  READ_SEARCH("system/*.rs", AccessRight.READ),
  WRITE("system/*.write", AccessRight.STORE),
  CREATE_UPDATE_DELETE("system/*.cud", AccessRight.STORE),
  ANY("system/*.*", AccessRight.READ, AccessRight.STORE),
  ALL("system/*.cruds", AccessRight.READ, AccessRight.STORE);

  private final String text;
  private final Set<AccessRight> rights;

  Scope(String text, AccessRight... rights) {
    this.text = text;
    this.rights = Set.of(rights);
  }

  String text() {
    return text;
  }

  /** The rights that {@code scopes}, separated by blanks, carry together. */
  static Set<AccessRight> rights(String scopes) {
    Set<AccessRight> rights = EnumSet.noneOf(AccessRight.class);
    in(scopes).forEach(scope -> rights.addAll(scope.rights));
    return rights;
  }

  /** Those of {@code asked} that give no more than {@code registered} does; may be empty. */
  static String granted(String asked, String registered) {
    Set<AccessRight> most = rights(registered);
    return in(asked)
        .filter(scope -> most.containsAll(scope.rights))
        .map(Scope::text)
        .collect(Collectors.joining(" "));
  }

  private static Stream<Scope> in(String scopes) {
    List<String> words = List.of(scopes.strip().split(" +"));
    return Arrays.stream(values()).filter(scope -> words.contains(scope.text));
  }
}
