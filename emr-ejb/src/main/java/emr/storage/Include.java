package emr.storage;

import emr.access.RecordTypes;
import emr.search.QueryText;
import emr.search.SearchParameter;
import emr.search.SearchParameters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for beside the matches; see <a
 * href="http://hl7.org/fhir/R4/search.html#revinclude">_include and _revinclude</a>.
 *
 * @param reverse what refers to the matches, not what they refer to
 * @param iterate of what was included too
 * @param type of the records that refer; {@value #ALL} for any
 * @param parameter by which they refer; {@value #ALL} for any
 * @param target type that is referred to; null for any
 */
record Include(
    boolean reverse, boolean iterate, String type, String parameter, @Nullable String target) {

  static final String ALL = "*";

  /** Reads {@code Observation:encounter}, {@code Observation:subject:Patient}, {@code *}. */
  static Include parse(String name, String value) {
    String[] words = name.split(":", 2);
    boolean iterate =
        words.length > 1 && (words[1].equals("iterate") || words[1].equals("recurse"));
    if (words.length > 1 && !iterate) {
      throw QueryText.unsupported("_include and _revinclude have the modifier iterate only.");
    }
    boolean reverse = words[0].equals("_revinclude");
    String[] parts = value.split(":", -1);
    if (value.equals(ALL)) {
      return new Include(reverse, iterate, ALL, ALL, null);
    }
    if (parts.length < 2 || parts.length > 3) {
      throw QueryText.unsupported(words[0] + " is written Type:parameter or Type:parameter:Type.");
    }
    RecordTypes.number(parts[0]);
    String target = parts.length == 3 && !parts[2].isEmpty() ? parts[2] : null;
    if (target != null) {
      RecordTypes.number(target);
    }
    if (!parts[1].equals(ALL)
        && SearchParameters.of(parts[0])
            .find(parts[1])
            .filter(SearchParameter::leadsToRecords)
            .isEmpty()) {
      throw QueryText.unsupported(
          "%s does not refer to anything by %s.".formatted(parts[0], QueryText.legible(parts[1])));
    }
    return new Include(reverse, iterate, parts[0], parts[1], target);
  }

  /** By which a record of {@code referring} type refers to what is to be included. */
  List<SearchParameter> parameters(String referring) {
    if (!type.equals(ALL) && !type.equals(referring)) {
      return List.of();
    }
    return SearchParameters.of(referring).all().stream()
        .filter(SearchParameter::leadsToRecords)
        .filter(each -> parameter.equals(ALL) || parameter.equals(each.name()))
        .toList();
  }

  /** Types of the records that refer. */
  List<String> types() {
    return type.equals(ALL) ? RecordTypes.names() : List.of(type);
  }

  boolean admits(String reference) {
    return target == null || reference.startsWith(target + "/");
  }
}
