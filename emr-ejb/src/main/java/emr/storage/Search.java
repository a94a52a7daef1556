package emr.storage;

import emr.access.RecordTypes;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.search.Condition;
import emr.search.Criteria;
import emr.search.Prefilter;
import emr.search.QueryText;
import emr.search.SearchParameter;
import emr.search.SearchParameter.Kind;
import emr.search.SearchParameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

  /** The parameter that says of which types. */
  private static final String TYPE = "_type";

  /** Stands for several types: of a compartment, or of everything. */
  public static final String ALL_TYPES = "*";

  /** Entries on a page where {@code _count} does not say. */
  static final int COUNT = 50;

  /** Entries on a page at most. */
  static final int MOST = 500;

  /** A parameter of ours: which hospital wrote the newest version. */
  public static final String HOSPITAL = "_hospital";

  private static final int MOST_INCLUDES = 20;

  private static final Set<String> COMPARTMENTS =
      Set.of("Patient", "Encounter", "Practitioner", "Device", "RelatedPerson");

  /** Parameters that records of every type have. */
  private static final Set<String> COMMON =
      Set.of("_id", "_lastUpdated", "_tag", "_profile", "_security", "_source", HOSPITAL);

  /** In which order matches come. */
  enum Order {
    /** By the principal date, then by when the record was made. */
    DATE,
    LAST_UPDATED,
    /** By when the record was made. */
    MADE,
    /** By what only contents have. */
    CONTENT
  }

  /**
   * By what matches are sorted.
   *
   * @param parameter null for when it was stored, or its logical id
   */
  record SortBy(String name, @Nullable SearchParameter parameter, boolean descending) {}

  private String type;
  private final String path;
  private List<String> types;
  private final List<Condition> conditions = new ArrayList<>();
  private final List<SortBy> sort = new ArrayList<>();
  private final List<Include> includes = new ArrayList<>();
  private final StringBuilder used = new StringBuilder();
  private int count = COUNT;
  private boolean totalAsked;
  private boolean onlyCounts;
  private @Nullable String page;

  private Search(String type, String path, List<String> types) {
    this.type = type;
    this.path = path;
    this.types = List.copyOf(types);
  }

  /**
   * Reads {@code Observation?patient=x&_sort=-date}; parameters that are not known are refused.
   *
   * @throws Refusal {@link Reason#NOT_SUPPORTED} or {@link Reason#UNKNOWN_TYPE}, for the caller
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
    var search = new Search(type, type, List.of(type));
    search.read(query, lenient);
    return search;
  }

  /**
   * Reads what is asked of a <a href="http://hl7.org/fhir/R4/compartmentdefinition.html">
   * compartment</a>, as in {@code Patient/x/Observation?code=y}. To a patient's belongs what names
   * them in their chart, and what else refers to them by a parameter that counts.
   *
   * @param of whose compartment; a patient, encounter, practitioner, device or related person
   * @param type of what is searched in it; {@value #ALL_TYPES} for every type that may be
   * @throws Refusal as {@link #parse}; {@link Reason#UNKNOWN_RECORD} if the compartment has no
   *     records of that type
   */
  public static Search compartment(RecordId of, String type, String query, boolean lenient) {
    boolean all = type.equals(ALL_TYPES);
    if (!all) {
      RecordTypes.number(type);
    }
    List<String> types =
        (all ? RecordTypes.names() : List.of(type))
            .stream().filter(each -> isMember(of.type(), each)).toList();
    if (types.isEmpty()) {
      throw new Refusal(
          Reason.UNKNOWN_RECORD,
          "The compartment of a %s has no %s."
              .formatted(QueryText.legible(of.type()), all ? "records" : type));
    }
    var search = new Search(type, of + "/" + type, types);
    search.conditions.add(new Condition(membership(of, types), null));
    search.read(query, lenient);
    return search;
  }

  /**
   * Reads what is asked of everything, as in {@code ?_type=Observation,Condition&patient=x}; all
   * parameters are ones that each of the types has.
   *
   * @throws Refusal as {@link #parse}
   */
  public static Search everywhere(String query, boolean lenient) {
    var search =
        new Search(
            ALL_TYPES,
            "",
            RecordTypes.names().stream()
                .filter(type -> RecordTypes.number(type) != RecordTypes.AUDIT_EVENT)
                .toList());
    search.read(query, lenient);
    return search;
  }

  private static boolean isMember(String of, String type) {
    return !SearchParameters.of(type).membership(of).isEmpty()
        || (of.equals(type) && COMPARTMENTS.contains(of));
  }

  /** What refers to {@code of} by the parameters that count, and that record itself. */
  private static Prefilter membership(RecordId of, List<String> types) {
    var terms = new ArrayList<Prefilter.AnyTerm>();
    for (String type : types) {
      Set<String> own = membership(of, SearchParameters.of(type));
      if (!own.isEmpty()) {
        terms.add(new Prefilter.AnyTerm(List.of(type), own));
      }
    }
    if (of.type().equals("Patient")) {
      return new Prefilter.OfPatient(Set.of(of.id()), List.copyOf(terms));
    }
    var parts = new ArrayList<Prefilter>(terms);
    if (types.contains(of.type())) {
      parts.add(new Prefilter.Ids(Set.of(of.id())));
    }
    return Prefilter.any(parts);
  }

  /** Without those of whom the chart tells that it is theirs. */
  private static Set<String> membership(RecordId of, SearchParameters parameters) {
    var terms = new LinkedHashSet<String>();
    for (SearchParameter parameter : parameters.membership(of.type())) {
      if (!parameter.isPatient() || parameters.namesSeveralPatients()) {
        terms.addAll(parameter.terms(of.toString()));
      }
    }
    return terms;
  }

  private void read(String query, boolean lenient) {
    List<QueryText.Parameter> parameters = QueryText.parameters(query);
    boolean takesTypes = type.equals(ALL_TYPES);
    if (takesTypes) {
      parameters.stream()
          .filter(parameter -> parameter.name().equals(TYPE))
          .forEach(parameter -> keep(parameter.value()));
    }
    for (QueryText.Parameter parameter : parameters) {
      if (parameter.name().equals(PAGE)) {
        page = parameter.value(); // not part of the search itself
      } else if ((takesTypes && parameter.name().equals(TYPE)) // was read before the others
          || add(parameter.name(), parameter.value(), lenient)) {
        used.append(used.isEmpty() ? "" : "&").append(parameter);
      } else if (!lenient) {
        throw QueryText.unsupported(
            "Search parameter %s is not known for %s, or not supported."
                .formatted(QueryText.legible(parameter.name()), type));
      }
    }
  }

  /** Of the types those that are asked for. */
  private void keep(String names) {
    List<String> asked = List.of(names.split(",", -1));
    for (String name : asked) {
      if (RecordTypes.number(name) == RecordTypes.AUDIT_EVENT) {
        throw QueryText.unsupported("The audit trail is searched alone, under its own address.");
      }
    }
    types = types.stream().filter(asked::contains).toList();
    if (types.isEmpty()) {
      throw QueryText.unsupported("None of these types is searched here.");
    }
    if (types.size() == 1) {
      type = types.get(0);
    }
  }

  /** False if there is no such parameter. */
  private boolean add(String name, String value, boolean lenient) {
    switch (name) {
      case "_format", "_pretty", "_elements" -> {
        return true; // about how the answer looks; whoever answers reads them
      }
      case "_summary" -> onlyCounts |= value.equals("count");
      case "_count" -> {
        int asked = QueryText.count(value);
        onlyCounts |= asked == 0;
        count = Math.max(1, Math.min(MOST, asked));
      }
      case "_sort" -> {
        return sort(value, lenient);
      }
      case "_total" ->
          totalAsked =
              switch (value) {
                case "none" -> false;
                case "estimate", "accurate" -> true;
                default -> throw QueryText.malformed(name);
              };
      case "_contained" -> {
        if (!value.equals("false")) {
          throw QueryText.unsupported("Contained resources are not searched.");
        }
      }
      default -> {
        if (name.matches("_(rev)?include(:.*)?")) {
          include(Include.parse(name, value));
          return true;
        }
        return filter(name, value);
      }
    }
    return true;
  }

  private void include(Include include) {
    if (includes.size() == MOST_INCLUDES) {
      throw QueryText.unsupported("A search includes " + MOST_INCLUDES + " things at most.");
    }
    includes.add(include);
  }

  private boolean filter(String name, String value) {
    if (types.size() == 1) {
      Optional<Condition> condition = Criteria.read(types.get(0), name, value);
      condition.ifPresent(conditions::add);
      return condition.isPresent();
    }
    if (COMMON.contains(name)) {
      // the common parameters have the same terms in all types
      Condition one = Criteria.read(types.get(0), name, value).orElseThrow();
      if (!(one.prefilter() instanceof Prefilter.Any)) {
        conditions.add(
            one.prefilter() instanceof Prefilter.AnyTerm any
                ? new Condition(new Prefilter.AnyTerm(types, any.terms()), null)
                : one);
        return true;
      }
    }
    var byType = new LinkedHashMap<String, Condition>();
    for (String each : types) {
      Optional<Condition> condition = Criteria.read(each, name, value);
      if (condition.isEmpty()) {
        return false;
      }
      byType.put(each, condition.get());
    }
    conditions.add(Condition.ofTypes(byType));
    return true;
  }

  /** False, for who is lenient, if there is something that cannot be sorted by. */
  private boolean sort(String value, boolean lenient) {
    sort.clear();
    for (String key : value.split(",", -1)) {
      boolean descending = key.startsWith("-");
      String name = descending ? key.substring(1) : key;
      Optional<SortBy> by = sortBy(name, descending);
      if (by.isEmpty() && !lenient) {
        throw QueryText.unsupported(
            "%s cannot be sorted by %s.".formatted(type, QueryText.legible(name)));
      }
      if (by.isEmpty()) {
        sort.clear();
        return false;
      }
      sort.add(by.get());
    }
    if (types.size() > 1 && sort.size() > 1 && sort.stream().anyMatch(by -> by.parameter != null)) {
      throw QueryText.unsupported("Several types are sorted by their date, or by nothing of it.");
    }
    if (sort.size() > 5) {
      throw QueryText.unsupported("A search is sorted by five things at most.");
    }
    return true;
  }

  private Optional<SortBy> sortBy(String name, boolean descending) {
    if (name.equals("_lastUpdated") || name.equals("_id")) {
      return Optional.of(new SortBy(name, null, descending));
    }
    // date stands for the principal date of every type, whatever FHIR calls it there
    Optional<SearchParameter> principal = principalDate();
    if (principal.isPresent() && name.equals("date")) {
      return Optional.of(new SortBy(principal.get().name(), principal.get(), descending));
    }
    return types.size() > 1
        ? Optional.empty()
        : SearchParameters.of(types.get(0))
            .find(name)
            .filter(each -> each.kind() != Kind.COMPOSITE && each.kind() != Kind.SPECIAL)
            .map(parameter -> new SortBy(name, parameter, descending));
  }

  private Optional<SearchParameter> principalDate() {
    return SearchParameters.of(types.get(0)).principalDate();
  }

  /** Of what is searched; {@value #ALL_TYPES} for several. */
  public String type() {
    return type;
  }

  /** Types of what is searched. */
  List<String> types() {
    return types;
  }

  /** The search as it was understood: {@code Type?name=value&…}, without the page. */
  public String self() {
    return used.isEmpty() ? path : path + "?" + used;
  }

  /** The search for what follows; see {@link Page#next()}. */
  public String following(String next) {
    return path + "?" + (used.isEmpty() ? "" : used + "&") + new QueryText.Parameter(PAGE, next);
  }

  /** Whose records are searched, if the search says. */
  public List<PatientId> patients() {
    return conditions.stream()
        .map(Condition::prefilter)
        .filter(Prefilter.OfPatient.class::isInstance)
        .map(Prefilter.OfPatient.class::cast)
        .flatMap(of -> of.patients().stream())
        .map(PatientId::new)
        .toList();
  }

  /** Names of the search parameters that work for all types at once, with FHIR's word. */
  public static Map<String, String> commonParameters() {
    var parameters = new TreeMap<String, String>();
    parameters(RecordTypes.names().get(0))
        .forEach(
            (name, kind) -> {
              if (COMMON.contains(name)) {
                parameters.put(name, kind);
              }
            });
    parameters.put(TYPE, "special");
    return parameters;
  }

  /** Names of the search parameters that work for a type, with FHIR's word for their kind. */
  public static Map<String, String> parameters(String type) {
    var parameters = new TreeMap<String, String>();
    for (SearchParameter parameter : SearchParameters.of(type).all()) {
      parameters.put(parameter.name(), parameter.kind().name().toLowerCase(Locale.ROOT));
    }
    parameters.put("_list", "special");
    parameters.put(HOSPITAL, "special");
    return parameters;
  }

  /** What records of a type may be asked for to include: {@code Type:parameter}. */
  public static List<String> includes(String type) {
    return SearchParameters.of(type).all().stream()
        .filter(SearchParameter::leadsToRecords)
        .map(parameter -> type + ":" + parameter.name())
        .toList();
  }

  /** What records that refer to a type may be asked for to include: {@code Type:parameter}. */
  public static List<String> reverseIncludes(String type) {
    var referring = new ArrayList<String>();
    for (String other : RecordTypes.names()) {
      for (SearchParameter parameter : SearchParameters.of(other).all()) {
        if (parameter.leadsTo(type)) {
          referring.add(other + ":" + parameter.name());
        }
      }
    }
    return referring;
  }

  /** Modifiers that work for a kind of parameter, by FHIR's word for it. */
  public static List<String> modifiers(String kind) {
    return switch (kind) {
      case "token" -> List.of("missing", "not", "text", "of-type");
      case "string" -> List.of("missing", "exact", "contains");
      case "reference" -> List.of("missing", "identifier", "type", "above", "below");
      case "uri" -> List.of("missing", "above", "below");
      case "date", "number", "quantity" -> List.of("missing");
      default -> List.of();
    };
  }

  List<Condition> conditions() {
    return conditions;
  }

  List<Include> includes() {
    return includes;
  }

  List<SortBy> sort() {
    return sort;
  }

  /**
   * @param ofPatient whether one patient's records are searched
   */
  Order order(boolean ofPatient) {
    if (sort.isEmpty()) {
      return ofPatient ? Order.DATE : Order.MADE;
    }
    if (sort.size() > 1) {
      return Order.CONTENT;
    }
    SortBy only = sort.get(0);
    if (only.name.equals("_lastUpdated")) {
      return Order.LAST_UPDATED;
    }
    return only.parameter != null && only.parameter.equals(principalDate().orElse(null))
        ? Order.DATE
        : Order.CONTENT;
  }

  boolean descending() {
    return sort.isEmpty() || sort.get(0).descending;
  }

  int count() {
    return count;
  }

  /** How many match is asked for. */
  boolean asksForTotal() {
    return totalAsked || onlyCounts;
  }

  /** Nothing but how many match is asked for. */
  boolean onlyCounts() {
    return onlyCounts;
  }

  @Nullable String page() {
    return page;
  }
}
