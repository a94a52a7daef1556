package emr.search;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeResourceDefinition;
import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import com.fasterxml.jackson.databind.JsonNode;
import emr.access.RecordTypes;
import emr.search.SearchParameter.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * All search parameters of one resource type, from FHIR's own definitions, and what a record is
 * found by.
 */
public final class SearchParameters {

  private static final Map<String, SearchParameters> BY_TYPE = new ConcurrentHashMap<>();

  /** Of a type's date parameters the first of these is when it happened; else any. */
  private static final List<String> PRINCIPAL =
      List.of(
          "authoredon",
          "date",
          "authored-on",
          "authored",
          "recorded-date",
          "onset-date",
          "birthdate",
          "created",
          "recorded",
          "period",
          "sent",
          "issued",
          "started");

  /** Names of parameters that lead from a part to its whole. */
  private static final List<String> HIERARCHIES = List.of("partof", "part-of", "parent");

  private static final String PATIENT = "Patient";

  /** Kept in columns of their own. */
  private static final Set<String> COLUMNS = Set.of("_id", "_lastUpdated");

  /** Parameters whose presence is kept, at most: the bits of a number but {@link Facts#NAMED}. */
  private static final int MOST_BITS = 63;

  private final String type;
  private final Map<String, SearchParameter> byName = new TreeMap<>();
  private final Map<String, Long> bits = new TreeMap<>();
  private final List<Place> anywhere;
  private final Map<String, List<Place>> byBeginning;
  private final @Nullable SearchParameter principalDate;
  private final List<String> codeTerms;
  private final boolean namesSeveralPatients;

  /** Elements that are looked at when a record is stored: once, whoever compares them. */
  private static final class Place {

    final ElementPath path;
    final Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    final Map<String, Long> bitsByTarget = new TreeMap<>();
    long bits;

    /** Whether some parameter says by it whose record it is. */
    boolean ofPatient;

    /** Whether no parameter says anything else by it. */
    boolean ofPatientOnly = true;

    /** Whether records belong to a patient's compartment by it. */
    boolean ofCompartment;

    Place(ElementPath path) {
      this.path = path;
    }
  }

  private SearchParameters(RuntimeResourceDefinition definition) {
    this.type = definition.getName();
    for (RuntimeSearchParam parameter : definition.getSearchParams()) {
      if (isSimple(parameter)) {
        byName.put(parameter.getName(), SearchParameter.of(definition, parameter));
      }
    }
    byName.put(
        "_source",
        new SearchParameter(
            "_source",
            Kind.URI,
            SearchParameter.paths(definition, "Resource.meta.source"),
            Set.of(),
            Set.of(),
            List.of()));
    for (SearchParameter parameter : byName.values()) {
      if (!COLUMNS.contains(parameter.name()) && bits.size() < MOST_BITS) {
        bits.put(parameter.name(), 1L << bits.size());
      }
    }
    List<Place> places = places();
    this.namesSeveralPatients =
        places.stream().filter(place -> place.ofPatient).count() > 1
            || places.stream().anyMatch(place -> place.ofPatient && place.path.repeats());
    this.anywhere = places.stream().filter(place -> place.path.beginnings().isEmpty()).toList();
    this.byBeginning = byBeginning(places);
    for (RuntimeSearchParam parameter : definition.getSearchParams()) {
      if (parameter.getParamType() == RestSearchParameterTypeEnum.COMPOSITE) {
        composite(definition, parameter);
      } else if (parameter.getName().equals("near")) {
        byName.put("near", SearchParameter.of(definition, parameter)); // has no terms and no bit
      }
    }
    this.principalDate = principal();
    this.codeTerms =
        find("code").map(SearchParameter::paths).orElse(List.of()).stream()
            .map(path -> Tokens.term(path.name(), ""))
            .toList();
  }

  private static boolean isSimple(RuntimeSearchParam parameter) {
    if (parameter.getPath() == null || parameter.getPath().isBlank()) {
      return false;
    }
    return switch (parameter.getParamType()) {
      case TOKEN, STRING, REFERENCE, URI, DATE, NUMBER, QUANTITY -> true;
      case COMPOSITE, HAS, SPECIAL -> false;
    };
  }

  private void composite(RuntimeResourceDefinition definition, RuntimeSearchParam parameter) {
    var components = new ArrayList<SearchParameter>();
    for (RuntimeSearchParam.Component component : parameter.getComponents()) {
      String reference = component.getReference();
      String name =
          reference.substring(reference.lastIndexOf('/') + definition.getName().length() + 2);
      SearchParameter known = byName.get(name);
      if (known == null) {
        throw new IllegalStateException(definition.getName() + " has no parameter " + name);
      }
      components.add(known);
    }
    byName.put(parameter.getName(), SearchParameter.of(definition, parameter).with(components));
  }

  private List<Place> places() {
    var byPath = new LinkedHashMap<String, Place>();
    for (SearchParameter parameter : byName.values()) {
      if (COLUMNS.contains(parameter.name())) {
        continue;
      }
      long bit = bits.getOrDefault(parameter.name(), 0L);
      for (ElementPath path : parameter.paths()) {
        Place place = byPath.computeIfAbsent(path.name(), name -> new Place(path));
        place.kinds.add(parameter.kind());
        place.ofPatient |= parameter.isPatient();
        place.ofPatientOnly &= parameter.isPatient();
        place.ofCompartment |= parameter.compartments().contains(PATIENT);
        if (path.target() == null) {
          place.bits |= bit;
        } else {
          place.bitsByTarget.merge(path.target(), bit, (a, b) -> a | b);
        }
      }
    }
    return List.copyOf(byPath.values());
  }

  private static Map<String, List<Place>> byBeginning(List<Place> places) {
    var byBeginning = new HashMap<String, List<Place>>();
    for (Place place : places) {
      for (String name : place.path.beginnings()) {
        byBeginning.computeIfAbsent(name, n -> new ArrayList<>()).add(place);
      }
    }
    return byBeginning;
  }

  private @Nullable SearchParameter principal() {
    return PRINCIPAL.stream()
        .map(byName::get)
        .filter(Objects::nonNull)
        .findFirst()
        .or(
            () ->
                byName.values().stream()
                    .filter(p -> p.kind() == Kind.DATE && !COLUMNS.contains(p.name()))
                    .findFirst())
        .orElse(null);
  }

  public static SearchParameters of(String type) {
    return BY_TYPE.computeIfAbsent(
        type,
        t -> {
          RecordTypes.number(t);
          return new SearchParameters(FhirContext.forR4Cached().getResourceDefinition(t));
        });
  }

  public Optional<SearchParameter> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  public Collection<SearchParameter> all() {
    return Collections.unmodifiableCollection(byName.values());
  }

  /**
   * By what a record of this type refers to the one of the same type that it is a part of, where
   * such records form a <a href="http://hl7.org/fhir/R4/references.html#circular">hierarchy</a>.
   */
  public Optional<SearchParameter> wholes() {
    return HIERARCHIES.stream()
        .map(byName::get)
        .filter(Objects::nonNull)
        .filter(parameter -> parameter.targets().contains(type))
        .findFirst();
  }

  /** Those by which a record belongs to the compartment of a {@code type}. */
  public List<SearchParameter> membership(String type) {
    return all().stream().filter(parameter -> parameter.compartments().contains(type)).toList();
  }

  /**
   * Whether a record of this type may be about several patients, and lie in nobody's chart then.
   * Where it names one at most it lies in that one's.
   */
  public boolean namesSeveralPatients() {
    return namesSeveralPatients;
  }

  /** Whether records of this type say whose they are. */
  public boolean namesPatients() {
    return all().stream().anyMatch(SearchParameter::isPatient);
  }

  /** Says when a record of this type happened. */
  public Optional<SearchParameter> principalDate() {
    return Optional.ofNullable(principalDate);
  }

  /** When a record happened. */
  public Optional<DateRange> date(JsonNode resource) {
    return principalDate().flatMap(parameter -> date(parameter, resource));
  }

  /** The time that all values of a date parameter cover together. */
  static Optional<DateRange> date(SearchParameter parameter, JsonNode resource) {
    var ranges = new ArrayList<DateRange>();
    parameter.values(resource, element -> DateRange.of(element).ifPresent(ranges::add));
    return ranges.stream().reduce(DateRange::and);
  }

  /** The one code that a record with these terms is found by; null if there is none, or several. */
  public @Nullable String code(Set<String> terms) {
    String only = null;
    for (String term : terms) {
      String code = code(term);
      if (!code.isEmpty() && only != null && !only.equals(code)) {
        return null;
      }
      only = code.isEmpty() ? only : code;
    }
    return only;
  }

  /** The codes of which a record with one of these terms has one; empty if it need have none. */
  public Set<String> codes(Set<String> terms) {
    var codes = new TreeSet<String>();
    terms.forEach(term -> codes.add(code(term)));
    return codes.contains("") ? Set.of() : codes;
  }

  /** What a term of parameter {@code code} says, without the system; empty if no code. */
  private String code(String term) {
    for (String beginning : codeTerms) {
      if (term.startsWith(beginning)) {
        return term.substring(Math.max(beginning.length(), term.lastIndexOf('|') + 1));
      }
    }
    return "";
  }

  /** The bit that says in {@link Facts#present} that there is a value; 0 if none does. */
  long bit(SearchParameter parameter) {
    return bits.getOrDefault(parameter.name(), 0L);
  }

  /**
   * What the database knows of a record's content.
   *
   * @param terms in clear
   * @param present a bit for each parameter that has a value, and {@link #NAMED}
   * @param elsewhere of the terms those by which it belongs to the compartments of other patients
   *     than the one in whose chart it lies
   */
  public record Facts(Set<String> terms, long present, Set<String> elsewhere) {

    /** Set where a record names the patient in whose chart it lies. */
    public static final long NAMED = Long.MIN_VALUE;

    /** Of a record that is no longer in use. */
    public static final Facts NONE = new Facts(Set.of(), 0, Set.of());
  }

  /**
   * What the database shall know of a record.
   *
   * @param patient whose record it is, {@code Patient/x}: no term, for searches ask by its key
   */
  public Facts facts(JsonNode resource, @Nullable String patient) {
    var facts = new Gathered(patient);
    if (type.equals(PATIENT)) {
      facts.present |= Facts.NAMED; // nobody else's record is a patient's own
    }
    anywhere.forEach(place -> facts.add(place, resource));
    for (Map.Entry<String, JsonNode> member : resource.properties()) {
      for (Place place : byBeginning.getOrDefault(member.getKey(), List.of())) {
        facts.add(place, resource);
      }
    }
    return new Facts(facts.terms, facts.present, facts.elsewhere);
  }

  /** What is known so far. */
  private static final class Gathered {

    private final @Nullable String patient;
    private final Set<String> terms = new HashSet<>();
    private final Set<String> elsewhere = new HashSet<>();
    private long present;

    Gathered(@Nullable String patient) {
      this.patient = patient;
    }

    void add(Place place, JsonNode resource) {
      place.path.values(
          resource,
          element -> {
            present |= place.bits;
            if (!place.bitsByTarget.isEmpty()) {
              present |= bitsOf(place, element);
            }
            index(place, element, patient, terms);
            if (place.ofPatient || place.ofCompartment) {
              patients(place, element);
            }
          });
    }

    private void patients(Place place, JsonNode element) {
      String reference = References.of(element);
      String named = References.local(reference);
      if (patient != null && place.ofPatient) {
        // who is told by an identifier alone is who the chart says
        boolean byIdentifier = reference.isEmpty() && place.ofPatientOnly;
        present |= byIdentifier || patient.equals(named) ? Facts.NAMED : 0;
      }
      if (place.ofCompartment
          && named != null
          && named.startsWith(PATIENT + "/")
          && !named.equals(patient)) {
        elsewhere.add(References.term(place.path.name(), named));
      }
    }
  }

  private static long bitsOf(Place place, JsonNode element) {
    String type = References.type(OwnAddresses.relative(References.of(element)));
    return type == null ? 0 : place.bitsByTarget.getOrDefault(type, 0L);
  }

  private static void index(
      Place place, JsonNode element, @Nullable String patient, Set<String> terms) {
    String name = place.path.name();
    for (Kind kind : place.kinds) {
      switch (kind) {
        case TOKEN -> Tokens.index(name, element, terms::add);
        case STRING -> Texts.index(name, element, terms::add);
        case REFERENCE ->
            References.index(name, element, place.ofPatientOnly ? patient : null, terms::add);
        case URI -> Uris.index(name, element, terms::add);
        case DATE, NUMBER, QUANTITY, COMPOSITE, SPECIAL -> {}
      }
    }
  }
}
