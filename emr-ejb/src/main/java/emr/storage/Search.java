package emr.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import emr.access.RecordTypes;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.storage.SearchParameter.Kind;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A FHIR <a href="http://hl7.org/fhir/R4/search.html">search</a>, read and checked against the
 * definitions of its type's parameters.
 */
public final class Search {

  /** The parameter that carries {@link Page#next()}. */
  public static final String PAGE = "_page";

  /** Entries on a page where {@code _count} does not say. */
  static final int COUNT = 50;

  /** Entries on a page at most. */
  static final int MOST = 500;

  private static final int MOST_PARAMETERS = 100;
  private static final int MOST_ALTERNATIVES = 200;

  /** About how the answer looks; whoever answers reads them. */
  private static final Set<String> FORM = Set.of("_format", "_pretty");

  /** One thing that a match must fulfil. */
  sealed interface Condition {}

  /** One of these terms. */
  record HasTerm(Set<String> alternatives) implements Condition {}

  /** One of these tests, on the principal date. */
  record Happened(List<DateRange.Test> alternatives) implements Condition {}

  /** One of these tests, on when it was stored. */
  record LastUpdated(List<DateRange.Test> alternatives) implements Condition {}

  /** One of these tests, on another date of the content. */
  record ContentDate(SearchParameter parameter, List<DateRange.Test> alternatives)
      implements Condition {}

  /** In which order matches come. */
  enum Order {
    DATE,
    LAST_UPDATED
  }

  private final String type;
  private final List<Condition> conditions = new ArrayList<>();
  private final List<String> ids = new ArrayList<>();
  private final List<PatientId> patients = new ArrayList<>();
  private final StringBuilder used = new StringBuilder();
  private Order order = Order.DATE;
  private boolean descending = true;
  private int count = COUNT;
  private @Nullable String page;
  private String path;

  private Search(String type) {
    this.type = type;
    this.path = type;
  }

  /**
   * Reads {@code Observation?patient=x&_sort=-date}; parameters that are not known are refused.
   *
   * @throws Refusal {@link Reason#NOT_SUPPORTED}, {@link Reason#MALFORMED} or {@link
   *     Reason#UNKNOWN_TYPE}, for the caller
   */
  public static Search parse(String relativeUrl) {
    return parse(relativeUrl, false);
  }

  /**
   * @param lenient leaves out parameters that are not known
   */
  public static Search parse(String relativeUrl, boolean lenient) {
    int mark = relativeUrl.indexOf('?');
    String type = mark < 0 ? relativeUrl : relativeUrl.substring(0, mark);
    return parse(type, mark < 0 ? "" : relativeUrl.substring(mark + 1), lenient);
  }

  /**
   * @param query as in a URL or a form, still encoded
   */
  public static Search parse(String type, String query, boolean lenient) {
    RecordTypes.number(type);
    var search = new Search(type);
    int parameters = 0;
    for (String pair : query.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      if (++parameters > MOST_PARAMETERS) {
        throw unsupported("A search has " + MOST_PARAMETERS + " parameters at most.");
      }
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      search.add(name, value, lenient);
    }
    return search;
  }

  /**
   * Reads what is asked of a <a href="http://hl7.org/fhir/R4/compartmentdefinition.html">
   * compartment</a>, as in {@code Patient/x/Observation?code=y}.
   *
   * @param of whose compartment; a patient, encounter, practitioner, device or related person
   * @param type of what is searched in it
   * @throws Refusal as {@link #parse}; {@link Reason#UNKNOWN_RECORD} if the compartment has no
   *     records of that type
   */
  public static Search compartment(RecordId of, String type, String query, boolean lenient) {
    Search search = parse(type, query, lenient);
    Set<String> terms = new LinkedHashSet<>();
    for (SearchParameter parameter : SearchParameters.of(type).membership(of.type())) {
      for (ElementPath path : parameter.paths()) {
        terms.add(SearchParameters.reference(path, of.toString()));
      }
    }
    if (terms.isEmpty()) {
      throw new Refusal(
          Reason.UNKNOWN_RECORD, "The compartment of a %s has no %s.".formatted(of.type(), type));
    }
    search.path = of + "/" + type;
    if (of.type().equals("Patient")) {
      search.patients.add(new PatientId(of.id())); // the chart is the compartment
    } else {
      search.conditions.add(new HasTerm(terms));
    }
    return search;
  }

  private void add(String name, String value, boolean lenient) {
    if (FORM.contains(name) || value.isEmpty()) {
      return;
    }
    switch (name) {
      case "_count" -> count = Math.min(MOST, positive(value));
      case "_sort" -> sort(value);
      case "_total" -> {
        if (!value.equals("none")) {
          throw unsupported("_total=none is the only _total here.");
        }
      }
      case PAGE -> {
        page = value;
        return; // not part of the search itself
      }
      default -> {
        if (!filter(name, value)) {
          if (lenient) {
            return;
          }
          throw unsupported(
              "Search parameter %s is not known for %s, or not supported."
                  .formatted(legible(name), type));
        }
      }
    }
    used.append(used.isEmpty() ? "" : "&").append(encode(name)).append('=').append(encode(value));
  }

  /** False if there is no such parameter. */
  private boolean filter(String name, String value) {
    if (name.equals("_id")) {
      ids.addAll(alternatives(value));
      return true;
    }
    if (name.equals("_lastUpdated")) {
      conditions.add(new LastUpdated(tests(name, value)));
      return true;
    }
    int colon = name.indexOf(':');
    String modifier = colon < 0 ? "" : name.substring(colon + 1);
    Optional<SearchParameter> known =
        SearchParameters.of(type).find(colon < 0 ? name : name.substring(0, colon));
    if (known.isEmpty()) {
      return false;
    }
    SearchParameter parameter = known.get();
    boolean ofType = parameter.kind() == Kind.REFERENCE && RecordTypes.exists(modifier);
    if (!modifier.isEmpty() && !ofType) {
      return false;
    }
    switch (parameter.kind()) {
      case DATE ->
          conditions.add(
              parameter.equals(SearchParameters.of(type).principalDate().orElse(null))
                  ? new Happened(tests(name, value))
                  : new ContentDate(parameter, tests(name, value)));
      case TOKEN -> conditions.add(tokens(parameter, value));
      case URI -> conditions.add(uris(parameter, value));
      case STRING -> strings(parameter, value);
      case REFERENCE -> references(parameter, ofType ? modifier : null, value);
    }
    return true;
  }

  private static HasTerm tokens(SearchParameter parameter, String value) {
    var terms = new LinkedHashSet<String>();
    for (String alternative : alternatives(value)) {
      for (ElementPath path : parameter.paths()) {
        terms.add(SearchParameters.token(path, alternative));
      }
    }
    return new HasTerm(terms);
  }

  private static HasTerm uris(SearchParameter parameter, String value) {
    var terms = new LinkedHashSet<String>();
    for (String alternative : alternatives(value)) {
      for (ElementPath path : parameter.paths()) {
        terms.add(SearchParameters.uri(path, alternative));
      }
    }
    return new HasTerm(terms);
  }

  /** Each word must begin a word of the text; alternatives of several words cannot be mixed. */
  private void strings(SearchParameter parameter, String value) {
    List<String> alternatives = alternatives(value);
    if (alternatives.size() == 1) {
      for (String word : words(parameter, alternatives.get(0))) {
        conditions.add(new HasTerm(beginnings(parameter, word)));
      }
      return;
    }
    var terms = new LinkedHashSet<String>();
    for (String alternative : alternatives) {
      List<String> words = words(parameter, alternative);
      if (words.size() > 1) {
        throw unsupported("Alternatives of " + parameter.name() + " are single words here.");
      }
      terms.addAll(beginnings(parameter, words.get(0)));
    }
    conditions.add(new HasTerm(terms));
  }

  private static List<String> words(SearchParameter parameter, String text) {
    List<String> words = Fold.words(text);
    if (words.isEmpty()) {
      throw malformed(parameter.name());
    }
    return words;
  }

  private static Set<String> beginnings(SearchParameter parameter, String word) {
    var terms = new LinkedHashSet<String>();
    parameter.paths().forEach(path -> terms.add(SearchParameters.beginning(path, word)));
    return terms;
  }

  private void references(SearchParameter parameter, @Nullable String ofType, String value) {
    var terms = new LinkedHashSet<String>();
    for (String alternative : alternatives(value)) {
      String reference = relative(alternative);
      if (parameter.isPatient() && isPatient(parameter, ofType, reference)) {
        patients.add(patient(parameter, reference));
        continue;
      }
      for (ElementPath path : parameter.paths()) {
        if (reference.indexOf('/') >= 0) {
          terms.add(SearchParameters.reference(path, reference));
        } else {
          String only = ofType == null ? path.target() : ofType;
          for (String target : only == null ? parameter.targets() : Set.of(only)) {
            terms.add(SearchParameters.reference(path, target + "/" + reference));
          }
        }
      }
    }
    if (!terms.isEmpty()) {
      conditions.add(new HasTerm(terms));
    }
  }

  private static boolean isPatient(
      SearchParameter parameter, @Nullable String ofType, String reference) {
    if (reference.indexOf('/') >= 0) {
      return reference.startsWith("Patient/");
    }
    return ofType == null ? parameter.targets().contains("Patient") : ofType.equals("Patient");
  }

  private static PatientId patient(SearchParameter parameter, String reference) {
    try {
      return new PatientId(reference.substring(reference.indexOf('/') + 1));
    } catch (IllegalArgumentException e) {
      throw (Refusal) malformed(parameter.name()).initCause(e);
    }
  }

  /** {@code Type/id} of an absolute address; anything else as it is. */
  private static String relative(String reference) {
    if (!reference.startsWith("http://") && !reference.startsWith("https://")) {
      return reference;
    }
    String[] parts = reference.split("/");
    String type = parts.length < 2 ? "" : parts[parts.length - 2];
    return RecordTypes.exists(type) ? type + "/" + parts[parts.length - 1] : reference;
  }

  private void sort(String value) {
    descending = value.startsWith("-");
    String by = descending ? value.substring(1) : value;
    // date stands for the principal date of every type, whatever FHIR calls it there
    boolean date =
        SearchParameters.of(type)
            .principalDate()
            .filter(p -> p.name().equals(by) || by.equals("date"))
            .isPresent();
    if (by.equals("_lastUpdated")) {
      order = Order.LAST_UPDATED;
    } else if (date) {
      order = Order.DATE;
    } else {
      throw unsupported(
          "%s can be sorted by _lastUpdated%s."
              .formatted(
                  type,
                  SearchParameters.of(type)
                      .principalDate()
                      .map(p -> " or by " + p.name())
                      .orElse("")));
    }
  }

  private List<DateRange.Test> tests(String name, String value) {
    var tests = new ArrayList<DateRange.Test>();
    for (String alternative : alternatives(value)) {
      tests.add(DateRange.Test.parse(alternative).orElseThrow(() -> malformed(name)));
    }
    return tests;
  }

  /** Splits at commas; a comma after a backslash belongs to the value. */
  private static List<String> alternatives(String value) {
    var alternatives = new ArrayList<String>();
    var one = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\' && i + 1 < value.length()) {
        one.append(value.charAt(++i));
      } else if (c == ',') {
        alternatives.add(one.toString());
        one.setLength(0);
      } else {
        one.append(c);
      }
    }
    alternatives.add(one.toString());
    if (alternatives.size() > MOST_ALTERNATIVES) {
      throw unsupported("A parameter has " + MOST_ALTERNATIVES + " alternatives at most.");
    }
    return alternatives;
  }

  private static int positive(String value) {
    try {
      int number = Integer.parseInt(value);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw (Refusal) malformed("_count").initCause(e);
    }
    throw malformed("_count");
  }

  private static Refusal malformed(String name) {
    return new Refusal(
        Reason.NOT_SUPPORTED, "The value of " + legible(name) + " is not of its type.");
  }

  private static Refusal unsupported(String explanation) {
    return new Refusal(Reason.NOT_SUPPORTED, explanation);
  }

  /** A name that a stranger chose is repeated only if it looks like one. */
  private static String legible(String name) {
    return name.matches("[\\w:.\\-]{1,60}") ? name : "(unreadable)";
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      throw (Refusal)
          new Refusal(Reason.NOT_SUPPORTED, "The query is not percent-encoded UTF-8.").initCause(e);
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  public String type() {
    return type;
  }

  /** The search as it was understood: {@code Type?name=value&…}, without the page. */
  public String self() {
    return used.isEmpty() ? path : path + "?" + used;
  }

  /** The search for what follows; see {@link Page#next()}. */
  public String following(String next) {
    return path + "?" + (used.isEmpty() ? "" : used + "&") + PAGE + "=" + encode(next);
  }

  /** Whose records are searched, if the search says; more than one is no search of a chart. */
  public List<PatientId> patients() {
    return List.copyOf(patients);
  }

  /** Names of the search parameters that work for a type, with FHIR's word for their kind. */
  public static Map<String, String> parameters(String type) {
    var parameters = new TreeMap<String, String>();
    for (SearchParameter parameter : SearchParameters.of(type).all()) {
      parameters.put(parameter.name(), parameter.kind().name().toLowerCase(Locale.ROOT));
    }
    return parameters;
  }

  List<RecordId> ids() {
    var records = new ArrayList<RecordId>();
    for (String id : ids) {
      try {
        records.add(new RecordId(type, id));
      } catch (IllegalArgumentException e) {
        throw (Refusal) malformed("_id").initCause(e);
      }
    }
    return records;
  }

  List<Condition> conditions() {
    return conditions;
  }

  Order order() {
    return order;
  }

  boolean descending() {
    return descending;
  }

  int count() {
    return count;
  }

  @Nullable String page() {
    return page;
  }
}
