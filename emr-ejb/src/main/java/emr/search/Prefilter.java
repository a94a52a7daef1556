package emr.search;

import emr.exchange.record.HospitalId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the database can tell of a record without opening its content. */
public sealed interface Prefilter {

  /** Says nothing. */
  record Everything() implements Prefilter {}

  /**
   * One of these terms; none of them is nothing.
   *
   * @param types of records whose terms they are
   */
  record AnyTerm(List<String> types, Set<String> terms) implements Prefilter {}

  /** A value for one of these parameters: bits of {@link SearchParameters.Facts#present}. */
  record Present(long bits) implements Prefilter {}

  /**
   * One of these tests, on the principal date.
   *
   * @param covers the record's time may cover several values: some of it must be able to pass
   */
  record Happened(List<DateRange.Test> tests, boolean covers) implements Prefilter {}

  /** One of these tests, on when it was stored. */
  record LastUpdated(List<DateRange.Test> tests) implements Prefilter {}

  /** One of these logical ids. */
  record Ids(Set<String> ids) implements Prefilter {}

  /** Whose newest version one of these hospitals wrote. */
  record WrittenAt(Set<HospitalId> hospitals) implements Prefilter {}

  /**
   * About one of these patients: in their chart, and naming them as the one whose it is; or with
   * one of the terms, wherever it lies.
   *
   * @param patients logical ids
   * @param elsewhere for each type whose records may name a patient and lie elsewhere
   */
  record OfPatient(Set<String> patients, List<AnyTerm> elsewhere) implements Prefilter {

    /** The same of the types of both, which ask for the same patients. */
    private OfPatient and(OfPatient other) {
      var both = new ArrayList<>(elsewhere);
      both.addAll(other.elsewhere);
      return new OfPatient(patients, List.copyOf(both));
    }

    /** One for what asks of each type for the same patients; empty where something else is. */
    static Optional<Prefilter> together(Collection<Prefilter> byType) {
      OfPatient all = null;
      for (Prefilter each : byType) {
        if (!(each instanceof OfPatient of) || (all != null && !all.patients.equals(of.patients))) {
          return Optional.empty();
        }
        all = all == null ? of : all.and(of);
      }
      return Optional.ofNullable(all);
    }
  }

  /** Refers, by {@code parameter}, to a record that fulfils one of {@code targets}. */
  record Chained(String type, SearchParameter parameter, List<Criteria> targets)
      implements Prefilter {}

  /** A record that fulfils {@code referring} refers to this one of {@code type}. */
  record ReferredTo(String type, SearchParameter by, Criteria referring) implements Prefilter {}

  /**
   * Refers, by {@code parameter}, to one of {@code roots} or to what lies below, or above, them in
   * the hierarchy of their type.
   *
   * @param roots local references, {@code Type/id}
   */
  record InHierarchy(String type, SearchParameter parameter, Set<String> roots, boolean below)
      implements Prefilter {}

  /** Of this type, and this. */
  record OfType(String type, Prefilter part) implements Prefilter {}

  /** All of these. */
  record All(List<Prefilter> parts) implements Prefilter {}

  /** One of these. */
  record Any(List<Prefilter> parts) implements Prefilter {}

  /** Not this, which must be exact. */
  record Not(Prefilter part) implements Prefilter {}

  /** All of {@code parts}, put simply. */
  static Prefilter all(List<? extends Prefilter> parts) {
    return parts.size() == 1 ? parts.get(0) : new All(List.copyOf(parts));
  }

  /** One of {@code parts}, put simply. */
  static Prefilter any(List<? extends Prefilter> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    var types = new LinkedHashSet<List<String>>();
    var terms = new LinkedHashSet<String>();
    for (Prefilter part : parts) {
      if (part instanceof AnyTerm any) {
        types.add(any.types);
        terms.addAll(any.terms);
      } else {
        return new Any(List.copyOf(parts));
      }
    }
    return types.size() == 1
        ? new AnyTerm(types.iterator().next(), terms)
        : new Any(List.copyOf(parts));
  }

  /** Whether what passes has a term that is asked for. */
  default boolean goesByTerms() {
    if (this instanceof All all) {
      return all.parts.stream().anyMatch(Prefilter::goesByTerms);
    }
    if (this instanceof Any any) {
      return any.parts.stream().allMatch(Prefilter::goesByTerms);
    }
    return this instanceof AnyTerm;
  }
}
