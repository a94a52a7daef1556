package emr.search;

import com.fasterxml.jackson.databind.JsonNode;
import emr.access.RecordTypes;
import emr.exchange.record.HospitalId;
import emr.search.SearchParameter.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Reads parameters of searches for records of one type. */
final class CriterionReader {

  /** Searches in searches at most. */
  private static final int DEEPEST = 4;

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9\\-.]{1,64}");

  private final String type;
  private final SearchParameters parameters;

  CriterionReader(String type) {
    this.type = type;
    this.parameters = SearchParameters.of(type);
  }

  /** Empty if there is no such parameter. */
  Optional<Condition> read(String name, String value, int depth) {
    if (depth > DEEPEST) {
      throw QueryText.unsupported("A search lies too deep in searches.");
    }
    if (name.startsWith("_has:")) {
      return Optional.of(has(name.split(":", 4), value, depth));
    }
    int dot = name.indexOf('.');
    if (dot > 0) {
      return chain(name.substring(0, dot), name.substring(dot + 1), value, depth);
    }
    int colon = name.indexOf(':');
    String modifier = colon < 0 ? "" : name.substring(colon + 1);
    String plain = colon < 0 ? name : name.substring(0, colon);
    switch (plain) {
      case "_id", "_lastUpdated", "_list" -> {
        if (!modifier.isEmpty()) {
          throw unsupported(plain, modifier);
        }
        return Optional.of(
            switch (plain) {
              case "_id" -> Condition.exact(new Prefilter.Ids(ids(plain, value)));
              case "_list" -> list(value);
              default -> Condition.exact(new Prefilter.LastUpdated(dates(plain, value)));
            });
      }
      case "_hospital" -> {
        return Optional.of(hospital(modifier, value));
      }
      default -> {
        return parameters.find(plain).map(parameter -> condition(parameter, modifier, value));
      }
    }
  }

  private static Set<String> ids(String name, String value) {
    var ids = new LinkedHashSet<String>();
    for (String alternative : QueryText.alternatives(value)) {
      if (!ID.matcher(alternative).matches()) {
        throw QueryText.malformed(name);
      }
      ids.add(alternative);
    }
    return ids;
  }

  /**
   * {@code _hospital=north}, a parameter of ours: which hospital wrote the newest version, as its
   * {@code meta.source} says; {@code :not} for all others.
   */
  private static Condition hospital(String modifier, String value) {
    var hospitals = new LinkedHashSet<HospitalId>();
    for (String id : ids("_hospital", value)) {
      if (!HospitalId.isWellFormed(id)) {
        throw QueryText.malformed("_hospital");
      }
      hospitals.add(new HospitalId(id));
    }
    var written = new Prefilter.WrittenAt(hospitals);
    return switch (modifier) {
      case "" -> Condition.exact(written);
      case "not" -> Condition.exact(new Prefilter.Not(written));
      default -> throw unsupported("_hospital", modifier);
    };
  }

  /** What the items of these lists refer to. */
  private Condition list(String value) {
    SearchParameter item = SearchParameters.of("List").find("item").orElseThrow();
    var list =
        new Criteria("List", List.of(Condition.exact(new Prefilter.Ids(ids("_list", value)))));
    return Condition.exact(new Prefilter.ReferredTo(type, item, list));
  }

  /** {@code _has:Observation:patient:code}. */
  private Condition has(String[] parts, String value, int depth) {
    if (parts.length < 4) {
      throw QueryText.unsupported("_has is written _has:Type:reference:parameter.");
    }
    RecordTypes.number(parts[1]);
    SearchParameter by =
        SearchParameters.of(parts[1])
            .find(parts[2])
            .filter(parameter -> parameter.leadsTo(type))
            .orElseThrow(() -> unknown(parts[1], parts[2]));
    Condition referring =
        new CriterionReader(parts[1])
            .read(parts[3], value, depth + 1)
            .orElseThrow(() -> unknown(parts[1], parts[3]));
    return Condition.exact(
        new Prefilter.ReferredTo(type, by, new Criteria(parts[1], List.of(referring))));
  }

  private static RuntimeException unknown(String type, String name) {
    return QueryText.unsupported(
        "%s has no search parameter %s, or it does not lead there."
            .formatted(type, QueryText.legible(name)));
  }

  /** {@code subject:Patient.name}. */
  private Optional<Condition> chain(String link, String rest, String value, int depth) {
    int colon = link.indexOf(':');
    Optional<SearchParameter> known = parameters.find(colon < 0 ? link : link.substring(0, colon));
    if (known.isEmpty()) {
      return Optional.empty();
    }
    SearchParameter parameter = known.get();
    if (!parameter.leadsToRecords()) {
      throw QueryText.unsupported(parameter.name() + " does not lead to records.");
    }
    Set<String> types = Set.of();
    if (colon >= 0) {
      String only = link.substring(colon + 1);
      if (!RecordTypes.exists(only)) {
        throw unsupported(parameter.name(), only);
      }
      types = Set.of(only);
    } else if (parameter.targets().isEmpty()) {
      throw QueryText.unsupported("Say to which type %s leads.".formatted(parameter.name()));
    }
    var targets = new ArrayList<Criteria>();
    for (String target : types.isEmpty() ? parameter.targets() : types) {
      if (RecordTypes.exists(target) && parameter.leadsTo(target)) {
        new CriterionReader(target)
            .read(rest, value, depth + 1)
            .ifPresent(condition -> targets.add(new Criteria(target, List.of(condition))));
      }
    }
    if (targets.isEmpty()) {
      throw QueryText.unsupported(
          "Nothing that %s leads to has a parameter %s."
              .formatted(parameter.name(), QueryText.legible(rest)));
    }
    return Optional.of(
        Condition.exact(new Prefilter.Chained(type, parameter, List.copyOf(targets))));
  }

  private Condition condition(SearchParameter parameter, String modifier, String value) {
    if (modifier.equals("missing")) {
      return missing(parameter, value);
    }
    return switch (parameter.kind()) {
      case TOKEN -> token(parameter, modifier, value);
      case STRING -> string(parameter, modifier, value);
      case REFERENCE -> reference(parameter, modifier, value);
      case URI -> uri(parameter, modifier, value);
      case DATE -> {
        requireNone(parameter, modifier);
        yield date(parameter, value);
      }
      case NUMBER, QUANTITY -> {
        requireNone(parameter, modifier);
        yield tested(parameter, value, text -> quantity(parameter, text));
      }
      case COMPOSITE -> {
        requireNone(parameter, modifier);
        yield composite(parameter, value);
      }
      case SPECIAL -> {
        requireNone(parameter, modifier);
        yield tested(parameter, value, text -> Near.of(parameter.name(), text));
      }
    };
  }

  private Condition missing(SearchParameter parameter, String value) {
    long bit = parameters.bit(parameter);
    if (bit == 0) {
      throw unsupported(parameter.name(), "missing");
    }
    var present = new Prefilter.Present(bit);
    return switch (value) {
      case "true" -> Condition.exact(new Prefilter.Not(present));
      case "false" -> Condition.exact(present);
      default -> throw QueryText.malformed(parameter.name() + ":missing");
    };
  }

  private interface ElementTest {
    Predicate<JsonNode> of(String alternative);
  }

  /** What has a value may be a match; which it is, its content tells. */
  private Condition tested(SearchParameter parameter, String value, ElementTest test) {
    return tested(parameter, value, test, present(parameter));
  }

  private Prefilter present(SearchParameter parameter) {
    long bit = parameters.bit(parameter);
    return bit == 0 ? new Prefilter.Everything() : new Prefilter.Present(bit);
  }

  private static Condition tested(
      SearchParameter parameter, String value, ElementTest test, Prefilter prefilter) {
    List<Predicate<JsonNode>> tests = QueryText.alternatives(value).stream().map(test::of).toList();
    return new Condition(prefilter, resource -> passes(parameter, resource, tests));
  }

  private static boolean passes(
      SearchParameter parameter, JsonNode resource, List<Predicate<JsonNode>> tests) {
    var found = new boolean[1];
    parameter.values(
        resource, element -> found[0] |= tests.stream().anyMatch(test -> test.test(element)));
    return found[0];
  }

  private Condition token(SearchParameter parameter, String modifier, String value) {
    return switch (modifier) {
      case "" -> Condition.exact(tokens(parameter, value));
      case "not" -> Condition.exact(new Prefilter.Not(tokens(parameter, value)));
      case "text" -> tested(parameter, value, Tokens::saying);
      case "of-type" -> tested(parameter, value, CriterionReader::ofType);
      default -> throw unsupported(parameter.name(), modifier);
    };
  }

  private Prefilter tokens(SearchParameter parameter, String value) {
    var terms = new LinkedHashSet<String>();
    for (String alternative : QueryText.alternatives(value)) {
      var token = token(parameter, alternative);
      parameter.paths().forEach(path -> terms.addAll(token.terms(path)));
    }
    return term(terms);
  }

  private static Tokens.Value token(SearchParameter parameter, String text) {
    var token = Tokens.Value.parse(text);
    if (token.code() == null && (token.system() == null || token.system().isEmpty())) {
      throw QueryText.malformed(parameter.name());
    }
    return token;
  }

  private static Predicate<JsonNode> ofType(String text) {
    List<String> parts = QueryText.split(text, '|').stream().map(QueryText::unescape).toList();
    if (parts.size() != 3 || parts.get(1).isEmpty() || parts.get(2).isEmpty()) {
      throw QueryText.unsupported("of-type is written system|code|value.");
    }
    return Tokens.ofType(parts.get(0), parts.get(1), parts.get(2));
  }

  private Prefilter term(Set<String> terms) {
    return new Prefilter.AnyTerm(List.of(type), terms);
  }

  private Condition string(SearchParameter parameter, String modifier, String value) {
    return switch (modifier) {
      case "" -> words(parameter, value);
      case "exact" -> tested(parameter, value, text -> Texts.equal(QueryText.unescape(text)));
      case "contains" ->
          tested(parameter, value, text -> Texts.containing(QueryText.unescape(text)));
      default -> throw unsupported(parameter.name(), modifier);
    };
  }

  /** Each word must begin a word of the text. */
  private Condition words(SearchParameter parameter, String value) {
    var alternatives = new ArrayList<Prefilter>();
    var asked = new ArrayList<List<String>>();
    for (String alternative : QueryText.alternatives(value)) {
      List<String> words = Fold.words(QueryText.unescape(alternative));
      if (words.isEmpty()) {
        throw QueryText.malformed(parameter.name());
      }
      asked.add(words);
      List<Prefilter> each = words.stream().map(word -> beginning(parameter, word)).toList();
      // of a text that has so many words, not all are known to the database
      alternatives.add(words.size() > Texts.MOST_WORDS ? Prefilter.any(each) : Prefilter.all(each));
    }
    Prefilter prefilter = Prefilter.any(alternatives);
    boolean exact =
        asked.stream()
            .allMatch(
                words -> words.size() <= Texts.MOST_WORDS && words.stream().allMatch(Texts::fits));
    return exact
        ? Condition.exact(prefilter)
        : new Condition(
            prefilter,
            resource ->
                asked.stream()
                    .anyMatch(
                        words ->
                            words.stream()
                                .allMatch(
                                    word ->
                                        passes(
                                            parameter, resource, List.of(Texts.beginning(word))))));
  }

  private Prefilter beginning(SearchParameter parameter, String word) {
    var terms = new LinkedHashSet<String>();
    parameter.paths().forEach(path -> terms.add(Texts.term(path.name(), word)));
    return term(terms);
  }

  private Condition reference(SearchParameter parameter, String modifier, String value) {
    if (modifier.equals("identifier")) {
      var terms = new LinkedHashSet<String>();
      for (String alternative : QueryText.alternatives(value)) {
        var token = token(parameter, alternative);
        parameter
            .paths()
            .forEach(path -> terms.add(token.term(References.identifier(path.name()), false)));
      }
      return Condition.exact(term(terms));
    }
    if (modifier.equals("below") || modifier.equals("above")) {
      return hierarchy(parameter, modifier, value);
    }
    if (!modifier.isEmpty() && !(RecordTypes.exists(modifier) && parameter.leadsTo(modifier))) {
      throw unsupported(parameter.name(), modifier);
    }
    var patients = new LinkedHashSet<String>();
    var terms = new LinkedHashSet<String>();
    for (String alternative : QueryText.alternatives(value)) {
      String reference = QueryText.unescape(alternative);
      if (reference.isEmpty()) {
        throw QueryText.malformed(parameter.name());
      }
      for (String meant :
          References.meant(parameter, modifier.isEmpty() ? null : modifier, reference)) {
        String local = References.local(meant);
        if (parameter.isPatient() && local != null && local.startsWith("Patient/")) {
          patients.add(local.substring("Patient/".length()));
        } else if (parameter.isPatient() && meant.startsWith("Patient/")) {
          throw QueryText.malformed(parameter.name());
        } else {
          addTerms(parameter, meant, terms);
        }
      }
    }
    var prefilters = new ArrayList<Prefilter>();
    if (!patients.isEmpty()) {
      prefilters.add(new Prefilter.OfPatient(patients, elsewhere(parameter, patients)));
    }
    if (patients.isEmpty()
        || (!terms.isEmpty() && !meansOnlyPatients(parameter, value, modifier))) {
      prefilters.add(term(terms));
    }
    return Condition.exact(Prefilter.any(prefilters));
  }

  /**
   * Where records of the type may name several patients, those that lie in nobody's chart do so.
   */
  private List<Prefilter.AnyTerm> elsewhere(SearchParameter parameter, Set<String> patients) {
    if (!parameters.namesSeveralPatients()) {
      return List.of();
    }
    var terms = new LinkedHashSet<String>();
    patients.forEach(id -> terms.addAll(parameter.terms("Patient/" + id)));
    return List.of(new Prefilter.AnyTerm(List.of(type), terms));
  }

  /** {@code location:below=Location/1}: that one, or a part of it, or of these. */
  private Condition hierarchy(SearchParameter parameter, String modifier, String value) {
    var roots = new LinkedHashSet<String>();
    for (String alternative : QueryText.alternatives(value)) {
      for (String meant : References.meant(parameter, null, QueryText.unescape(alternative))) {
        String local = References.local(meant);
        if (local != null && isInHierarchy(local)) {
          roots.add(local);
        }
      }
    }
    if (roots.isEmpty()) {
      throw unsupported(parameter.name(), modifier);
    }
    return Condition.exact(
        new Prefilter.InHierarchy(type, parameter, Set.copyOf(roots), modifier.equals("below")));
  }

  private static boolean isInHierarchy(String reference) {
    String of = reference.substring(0, reference.indexOf('/'));
    return SearchParameters.of(of).wholes().isPresent();
  }

  /** An id without a type, where it may be a patient's, is a patient's. */
  private static boolean meansOnlyPatients(
      SearchParameter parameter, String value, String modifier) {
    return modifier.isEmpty()
        && parameter.leadsTo("Patient")
        && QueryText.alternatives(value).stream().noneMatch(each -> each.indexOf('/') >= 0);
  }

  private static void addTerms(SearchParameter parameter, String reference, Set<String> terms) {
    for (ElementPath path : parameter.paths()) {
      if (References.fits(path, reference)) {
        terms.add(References.term(path.name(), reference));
      }
    }
  }

  private Condition uri(SearchParameter parameter, String modifier, String value) {
    return switch (modifier) {
      case "" ->
          parameter.name().equals("_source") && value.contains(Criteria.HOSPITAL)
              ? sources(parameter, value)
              : Condition.exact(uris(parameter, value, false));
      case "above" -> Condition.exact(uris(parameter, value, true));
      case "below" -> tested(parameter, value, text -> Uris.below(QueryText.unescape(text)));
      default -> throw unsupported(parameter.name(), modifier);
    };
  }

  private static boolean isHospital(String uri) {
    return uri.startsWith(Criteria.HOSPITAL)
        && HospitalId.isWellFormed(uri.substring(Criteria.HOSPITAL.length()));
  }

  /** Of what names no source, the hospital that wrote it is shown as the source. */
  private Condition sources(SearchParameter parameter, String value) {
    var alternatives = new ArrayList<Condition>();
    for (String alternative : QueryText.alternatives(value)) {
      String uri = QueryText.unescape(alternative);
      alternatives.add(
          isHospital(uri)
              ? new Condition(
                  new Prefilter.WrittenAt(
                      Set.of(new HospitalId(uri.substring(Criteria.HOSPITAL.length())))),
                  resource -> namesNoSource(resource.at("/meta/source").asText()))
              : tested(
                  parameter,
                  alternative,
                  text -> Uris.equal(uri),
                  uris(parameter, alternative, false)));
    }
    return Condition.any(alternatives);
  }

  private static boolean namesNoSource(String source) {
    return source.isEmpty() || source.startsWith(Criteria.HOSPITAL);
  }

  private Prefilter uris(SearchParameter parameter, String value, boolean above) {
    var terms = new LinkedHashSet<String>();
    for (String alternative : QueryText.alternatives(value)) {
      String uri = QueryText.unescape(alternative);
      for (String each : above ? Uris.above(uri) : Set.of(uri)) {
        parameter.paths().forEach(path -> terms.add(Uris.term(path.name(), each)));
      }
    }
    return term(terms);
  }

  private Condition date(SearchParameter parameter, String value) {
    List<DateRange.Test> tests = dates(parameter.name(), value);
    boolean principal = parameter.equals(parameters.principalDate().orElse(null));
    boolean single = parameter.paths().size() == 1 && !parameter.paths().get(0).repeats();
    if (principal && single) {
      return Condition.exact(new Prefilter.Happened(tests, false));
    }
    Prefilter prefilter = principal ? new Prefilter.Happened(tests, true) : present(parameter);
    return tested(parameter, value, CriterionReader::date, prefilter);
  }

  private static Predicate<JsonNode> date(String text) {
    DateRange.Test test =
        DateRange.Test.parse(QueryText.unescape(text)).orElseThrow(); // it was read before
    return element -> DateRange.of(element).filter(test::passes).isPresent();
  }

  private static List<DateRange.Test> dates(String name, String value) {
    var tests = new ArrayList<DateRange.Test>();
    for (String alternative : QueryText.alternatives(value)) {
      tests.add(
          DateRange.Test.parse(QueryText.unescape(alternative))
              .orElseThrow(() -> QueryText.malformed(name)));
    }
    return tests;
  }

  private static Predicate<JsonNode> quantity(SearchParameter parameter, String text) {
    Quantities.Test test =
        Quantities.Test.parse(text, parameter.kind() == Kind.QUANTITY)
            .orElseThrow(() -> QueryText.malformed(parameter.name()));
    return test::passes;
  }

  /** All components of one element pass. */
  private Condition composite(SearchParameter parameter, String value) {
    var alternatives = new ArrayList<Condition>();
    for (String alternative : QueryText.alternatives(value)) {
      List<String> parts = QueryText.split(alternative, '$');
      if (parts.size() != parameter.components().size()) {
        throw QueryText.malformed(parameter.name());
      }
      var prefilters = new ArrayList<Prefilter>();
      var tests = new ArrayList<Predicate<JsonNode>>();
      for (int i = 0; i < parts.size(); i++) {
        SearchParameter component = parameter.components().get(i);
        Condition condition = condition(component, "", parts.get(i));
        prefilters.add(condition.prefilter());
        tests.add(elementTest(component, parts.get(i)));
      }
      alternatives.add(
          new Condition(
              Prefilter.all(prefilters), resource -> together(parameter, resource, tests)));
    }
    return Condition.any(alternatives);
  }

  private static Predicate<JsonNode> elementTest(SearchParameter component, String text) {
    return switch (component.kind()) {
      case TOKEN -> token(component, text)::passes;
      case DATE -> date(text);
      case NUMBER, QUANTITY -> quantity(component, text);
      case STRING -> {
        List<Predicate<JsonNode>> words =
            Fold.words(QueryText.unescape(text)).stream().map(Texts::beginning).toList();
        yield element -> words.stream().allMatch(word -> word.test(element));
      }
      case URI -> Uris.equal(QueryText.unescape(text));
      case REFERENCE -> {
        List<String> meant = References.meant(component, null, QueryText.unescape(text));
        yield element ->
            meant.contains(
                References.withoutVersion(OwnAddresses.relative(References.of(element))));
      }
      case COMPOSITE, SPECIAL ->
          throw new IllegalStateException("composites have no composite or special parts");
    };
  }

  private static boolean together(
      SearchParameter composite, JsonNode resource, List<Predicate<JsonNode>> tests) {
    var found = new boolean[1];
    for (ElementPath base : composite.paths()) {
      base.values(
          resource, element -> found[0] |= everyPart(composite, base, resource, element, tests));
    }
    return found[0];
  }

  private static boolean everyPart(
      SearchParameter composite,
      ElementPath base,
      JsonNode resource,
      JsonNode element,
      List<Predicate<JsonNode>> tests) {
    for (int i = 0; i < tests.size(); i++) {
      Predicate<JsonNode> test = tests.get(i);
      var found = new boolean[1];
      for (ElementPath path : composite.components().get(i).paths()) {
        if (belongs(path, base, composite)) {
          path.valuesFrom(base, element, value -> found[0] |= test.test(value));
        } else if (composite.paths().stream().noneMatch(path::beginsWith)) {
          path.values(resource, value -> found[0] |= test.test(value)); // elsewhere in it
        }
      }
      if (!found[0]) {
        return false;
      }
    }
    return true;
  }

  /** Of several bases a path belongs to the one that lies deepest. */
  private static boolean belongs(ElementPath path, ElementPath base, SearchParameter composite) {
    return path.beginsWith(base)
        && composite.paths().stream()
            .filter(path::beginsWith)
            .allMatch(other -> other.name().length() <= base.name().length());
  }

  private static void requireNone(SearchParameter parameter, String modifier) {
    if (!modifier.isEmpty()) {
      throw unsupported(parameter.name(), modifier);
    }
  }

  private static RuntimeException unsupported(String name, String modifier) {
    return QueryText.unsupported(
        "The modifier %s of %s is not supported."
            .formatted(QueryText.legible(modifier), QueryText.legible(name)));
  }
}
