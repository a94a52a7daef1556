package emr.communication.trail;

import static java.util.Map.entry;

import emr.audit.Action;
import emr.audit.AuditFilter;
import emr.control.TrailQuery;
import emr.exchange.record.HospitalId;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.search.DateRange;
import emr.search.OwnAddresses;
import emr.search.QueryText;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A search for AuditEvents: {@code patient=x&date=ge2026-01-01&outcome=0&_count=50}. */
final class TrailSearch {

  /** What can be searched by, each with its kind. */
  static final Map<String, String> PARAMETERS =
      new TreeMap<>(
          Map.ofEntries(
              entry("_id", "token"),
              entry("_lastUpdated", "date"),
              entry("action", "token"),
              entry("agent", "reference"),
              entry("agent-name", "string"),
              entry("date", "date"),
              entry("entity", "reference"),
              entry("outcome", "token"),
              entry("patient", "reference"),
              entry("site", "token"),
              entry("subtype", "token"),
              entry("type", "token")));

  /** What stands before a hospital's id in the system of its people's names. */
  static final String STAFF = "urn:emr:staff:";

  static final String TYPE = "AuditEvent";

  private static final String PAGE = "_page";
  private static final int MOST = 200;
  private static final String NOBODY = "\u0000";

  private final StringBuilder used = new StringBuilder();
  private int count = 50;
  private long before = Long.MAX_VALUE;
  private @Nullable Long entry;
  private @Nullable HospitalId hospital;
  private @Nullable String person;
  private @Nullable PatientId patient;
  private @Nullable RecordId record;
  private @Nullable Instant from;
  private @Nullable Instant until;
  private @Nullable Boolean permitted;
  private final Set<Action> actions = EnumSet.allOf(Action.class);
  private boolean totalAsked;
  private boolean onlyCounts;

  private TrailSearch() {}

  /**
   * @param query as in a URL or a form, still encoded
   * @param lenient leaves out parameters that are not known
   * @throws Refusal {@link Reason#NOT_SUPPORTED} for what cannot be searched by, and for values
   *     that are not of their kind
   */
  static TrailSearch parse(String query, boolean lenient) {
    var search = new TrailSearch();
    for (QueryText.Parameter parameter : QueryText.parameters(query)) {
      search.add(parameter, lenient);
    }
    return search;
  }

  private void add(QueryText.Parameter parameter, boolean lenient) {
    String value = parameter.value();
    switch (parameter.name()) {
      case "_format", "_pretty", "_elements" -> {
        return; // about how the answer looks
      }
      case "_summary" -> onlyCounts |= value.equals("count");
      case "_total" ->
          totalAsked =
              switch (value) {
                case "none" -> false;
                case "estimate", "accurate" -> true;
                default -> throw QueryText.malformed("_total");
              };
      case PAGE -> {
        before = number(parameter);
        return;
      }
      case "_count" -> {
        int asked = QueryText.count(value);
        onlyCounts |= asked == 0;
        count = Math.max(1, Math.min(MOST, asked));
      }
      case "_sort" -> require(value.equals("-date"), "Entries are sorted by -date.");
      case "_id" -> entry = value.matches("\\d{1,18}") ? Long.parseLong(value) : -1;
      case "patient", "patient.identifier" -> patient = patient(parameter);
      case "entity" -> entity(parameter);
      case "agent:identifier", "agent.identifier", "agent" -> agent(parameter);
      case "agent-name" -> person = value;
      case "date", "_lastUpdated" -> date(parameter); // an entry is never changed
      case "type" -> action(value, AuditEventJson::type);
      case "subtype" -> action(value, AuditEventJson::subtype);
      case "action" -> action(value, AuditEventJson::letter);
      case "site" -> site(value);
      case "outcome" -> outcome(value);
      default -> {
        if (lenient) {
          return;
        }
        throw QueryText.unsupported(
            QueryText.legible(parameter.name()) + " is nothing to search AuditEvents by.");
      }
    }
    used.append(used.isEmpty() ? "" : "&").append(parameter);
  }

  private static void require(boolean so, String explanation) {
    if (!so) {
      throw QueryText.unsupported(explanation);
    }
  }

  private static long number(QueryText.Parameter parameter) {
    require(parameter.value().matches("\\d{1,18}"), "This is not the next page of this search.");
    return Long.parseLong(parameter.value());
  }

  private static PatientId patient(QueryText.Parameter parameter) {
    try {
      return new PatientId(OwnAddresses.relative(parameter.value()).replaceFirst("^Patient/", ""));
    } catch (IllegalArgumentException e) {
      throw (Refusal) QueryText.malformed(parameter.name()).initCause(e);
    }
  }

  private void entity(QueryText.Parameter parameter) {
    String reference = OwnAddresses.relative(parameter.value());
    if (reference.startsWith("Patient/")) {
      patient = patient(parameter);
      return;
    }
    try {
      record = RecordId.parse(reference.replaceFirst("/_history/\\d+$", ""));
    } catch (IllegalArgumentException e) {
      throw (Refusal) QueryText.malformed(parameter.name()).initCause(e);
    }
  }

  /** {@code urn:emr:staff:north|dr.north}, or the name alone; what else is asked for is nobody. */
  private void agent(QueryText.Parameter parameter) {
    String value = parameter.value();
    int bar = value.indexOf('|');
    person = value.indexOf('/') >= 0 ? NOBODY : value.substring(bar + 1);
    if (bar > 0) {
      try {
        hospital = new HospitalId(value.substring(0, bar).replaceFirst("^" + STAFF, ""));
      } catch (IllegalArgumentException e) {
        person = NOBODY;
      }
    }
  }

  private void date(QueryText.Parameter parameter) {
    String value = parameter.value().replace(' ', '+'); // of a zone that was not encoded
    String prefix = value.matches("[a-z]{2}.*") ? value.substring(0, 2) : "eq";
    DateRange range =
        DateRange.parse(value.matches("[a-z]{2}.*") ? value.substring(2) : value)
            .orElseThrow(() -> QueryText.malformed(parameter.name()));
    switch (prefix.toLowerCase(Locale.ROOT)) {
      case "eq" -> {
        from(range.from());
        until(range.until());
      }
      case "ge" -> from(range.from());
      case "gt", "sa" -> from(range.until());
      case "lt", "eb" -> until(range.from());
      case "le" -> until(range.until());
      default -> throw QueryText.malformed(parameter.name());
    }
  }

  private void from(Instant bound) {
    from = from == null || from.isBefore(bound) ? bound : from;
  }

  private void until(Instant bound) {
    until = until == null || bound.isBefore(until) ? bound : until;
  }

  private void outcome(String value) {
    switch (value.substring(value.indexOf('|') + 1)) {
      case AuditEventJson.SUCCESS -> permitted = true;
      case AuditEventJson.REFUSED -> permitted = false;
      default -> entry = -1L; // nothing ends otherwise
    }
  }

  /** Only what was done so. */
  private void action(String value, Function<Action, AuditEventJson.@Nullable Coded> code) {
    List<String> alternatives = QueryText.alternatives(value);
    actions.removeIf(
        action -> {
          AuditEventJson.Coded coded = code.apply(action);
          return coded == null || alternatives.stream().noneMatch(coded::isAskedFor);
        });
  }

  /** All entries are made at one place. */
  private void site(String value) {
    if (QueryText.alternatives(value).stream()
        .noneMatch(each -> each.replaceFirst("^\\|", "").equalsIgnoreCase(AuditEventJson.CENTRE))) {
      entry = -1L;
    }
  }

  /** How many there are is asked for. */
  boolean asksForTotal() {
    return totalAsked || onlyCounts;
  }

  /** Nothing but how many there are is asked for. */
  boolean onlyCounts() {
    return onlyCounts;
  }

  int count() {
    return count;
  }

  /** Asks for one more than the page shows. */
  TrailQuery query() {
    if (NOBODY.equals(person)) {
      entry = -1L;
      person = null;
    }
    return new TrailQuery(
        new AuditFilter(
            entry,
            hospital,
            person,
            null,
            null,
            from,
            until,
            permitted,
            actions.size() == Action.values().length ? null : Set.copyOf(actions)),
        patient,
        record,
        before,
        count + 1);
  }

  /** How it was understood, without the page. */
  String self() {
    return TYPE + (used.isEmpty() ? "" : "?" + used);
  }

  /** What asks for the page after {@code last}. */
  String following(long last) {
    return TYPE + "?" + (used.isEmpty() ? "" : used + "&") + PAGE + "=" + last;
  }
}
