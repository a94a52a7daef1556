package emr.audit;

import emr.access.Asker;
import emr.access.Decision;
import emr.access.Judgement;
import emr.access.Query;
import emr.access.RecordTypes;
import emr.exchange.access.AccessRight;
import emr.exchange.access.Role;
import emr.exchange.record.RecordId;
import emr.exchange.record.RecordKey;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.identity.Hospitals;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Shows the trail to hospitals and partners: to each the entries of its own people, and those about
 * the patients whose charts it keeps. Of these, who reads charts sees what is about patients they
 * may read, and of records only such as they may read; administrators see everybody and no records.
 * Which policies decided is told to the hospital that made them, to those who were permitted by
 * them, and else to nobody; what lay behind a refusal, to the hospital that keeps the chart. One
 * statement selects, judges and notes that it was looked at. Only the control server calls it.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class TrailReader {

  /** A search of the trail may take as long. */
  private static final int SECONDS = 10;

  private static final String COLUMNS =
      "a.id, a.at, a.statement, a.submission, a.octets, a.hospital, a.role, a.purpose,"
          + " a.action, a.type, a.permitted, a.person, '{}'::bigint[] as records,"
          + " '{}'::int[] as numbers, case a.action when ?::smallint then a.records end as entries";

  private static final String VERSIONS =
      " left join lateral (select array_agg(c.type order by u.place) as types,"
          + " array_agg(coalesce(c.alias, '') order by u.place) as aliases,"
          + " array_agg(c.patient order by u.place) as owners,"
          + " array_agg(c.record order by u.place) as kept,"
          + " array_agg(u.number order by u.place) as versions"
          + " from unnest(a.records, a.numbers, a.patients) with ordinality"
          + " as u (record, number, patient, place)"
          + " join current c on c.patient = coalesce(u.patient, a.patient) and c.record = u.record"
          + " where a.action <> ?::smallint and ";

  @Resource(lookup = "jdbc/emr")
  DataSource database;

  @Inject Hospitals hospitals;

  /**
   * Entries that {@code filter} lets through and {@code asker} may see, newest first.
   *
   * @param before older than that entry; {@link Long#MAX_VALUE} to begin with
   * @throws Refusal {@link Reason#NOT_SUPPORTED} if there is too much to look through
   */
  public List<Seen> newestFirst(AuditFilter filter, Asker asker, long before, int limit) {
    var judgement = new Judgement(AccessRight.READ, asker, Instant.now(), null);
    boolean readsCharts = asker.role() != Role.ADMINISTRATOR;
    var query = new Query().add("with ");
    judgement.addPolicies(query);
    query.add(", shown as (select " + COLUMNS, (short) Action.AUDIT.ordinal());
    query.add(", coalesce(a.patient, case when not a.permitted then (select k.patient");
    addKept(query, asker);
    query.add(") end) as patient");
    addRule(query, asker);
    query.add(", v.* from audit a");
    query.add(VERSIONS, (short) Action.AUDIT.ordinal());
    if (readsCharts) {
      judgement.addRule(query);
      query.add(" is not null");
    } else {
      query.add("false");
    }
    query.add(") v on true where a.id < ?::bigint", before);
    addSeen(query, filter, asker, judgement);
    query.add(" order by a.id desc limit ?::int), noted as (", limit);
    addNote(query, asker, limit);
    query.add(") select * from shown order by id desc");
    return read(query);
  }

  /**
   * How many entries {@code filter} lets through and {@code asker} may see.
   *
   * @throws Refusal {@link Reason#NOT_SUPPORTED} if there is too much to look through
   */
  public int count(AuditFilter filter, Asker asker) {
    var judgement = new Judgement(AccessRight.READ, asker, Instant.now(), null);
    var query = new Query().add("with ");
    judgement.addPolicies(query);
    query.add(" select count(*) from audit a where true");
    addSeen(query, filter, asker, judgement);
    try (Connection connection = database.getConnection();
        var select = query.prepare(connection)) {
      select.setQueryTimeout(SECONDS);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    } catch (SQLException e) {
      throw Query.fault(e, "cannot count the audit trail");
    }
  }

  /** Adds which of the entries {@code a} are looked for, and may be seen. */
  private void addSeen(Query query, AuditFilter filter, Asker asker, Judgement judgement) {
    RecordKey named = asker.patient();
    filter.addTo(query, id -> AuditTrail.number(id, hospitals));
    if (filter.patient() != null) {
      // whose chart a refusal was about, if that was not stated, is for who keeps it to know
      query.add(
          " and (a.permitted or a.patient = ?::bigint or exists (select", filter.patient().value());
      addKept(query, asker);
      query.add("))");
    }
    query.add(
        " and (exists (select from unnest(array_append(a.patients, a.patient)) as p (key)"
            + " join current c on c.patient = p.key and c.record = p.key and c.type = ?::smallint"
            + " where (a.hospital = ?::smallint or c.custodian = ?::smallint)",
        RecordTypes.PATIENT,
        asker.hospital(),
        asker.hospital());
    if (named != null) {
      query.add(" and p.key = ?::bigint", named.value());
    }
    if (asker.role() != Role.ADMINISTRATOR) {
      query.add(" and ");
      judgement.addRule(query);
      query.add(" is not null");
    }
    query.add(")");
    if (named == null) {
      query.add(" or a.hospital = ?::smallint", asker.hospital());
    }
    query.add(")");
  }

  /** Adds the column {@code rule}: of what the trail noted, what the asker may know. */
  private static void addRule(Query query, Asker asker) {
    query.add(
        ", case when a.rule !~ ' (shut|role|policy:.*)$' and a.rule not like 'policy:%'"
            + " then a.rule when a.permitted or exists (select");
    addKept(query, asker);
    query.add(
        ") then (select string_agg(case when part !~ '^policy:[0-9]+:[0-9]+:[0-9]+$' then part when"
            + " exists (select from policy o where o.patient = split_part(part, ':', 2)::bigint and"
            + " o.record = split_part(part, ':', 3)::bigint and o.grantor = ?::smallint) or"
            + " (a.permitted and a.hospital = ?::smallint and (?::bigint is null or"
            + " split_part(part, ':', 2)::bigint in (0, ?::bigint))) then part else ?::text end,"
            + " ' ' order by place) from unnest(string_to_array(a.rule, ' ')) with ordinality"
            + " as u (part, place))"
            + " else regexp_replace(a.rule, ' (shut|role|policy:).*$', '') end as rule",
        asker.hospital(),
        asker.hospital(),
        key(asker),
        key(asker),
        Rule.NOT_THEIRS);
  }

  /** Adds the patients of the entry {@code a} whose charts the asker's hospital keeps. */
  private static void addKept(Query query, Asker asker) {
    query.add(
        " from current k where k.patient = any (array_append(a.patients, a.patient))"
            + " and k.record = k.patient and k.custodian = ?::smallint",
        asker.hospital());
  }

  private static @Nullable Long key(Asker asker) {
    RecordKey patient = asker.patient();
    return patient == null ? null : (Long) patient.value();
  }

  /** That the entries but the last, which tells that there are more, were looked at. */
  private static void addNote(Query query, Asker asker, int limit) {
    query.add(
        "insert into audit (statement, patient, octets, hospital, role, purpose, action,"
            + " permitted, person, rule, records, numbers) select ?::uuid, ?::bigint, 0,"
            + " ?::smallint, ?::smallint, ?::smallint, ?::smallint, true, ?::text, ?::text,"
            + " coalesce(array_agg(id), '{}'), coalesce(array_agg(0), '{}')"
            + " from (select id from shown order by id desc limit ?::int) seen",
        asker.statement().id(),
        key(asker),
        asker.hospital(),
        (short) asker.role().ordinal(),
        (short) asker.statement().purpose().ordinal(),
        (short) Action.AUDIT.ordinal(),
        asker.user(),
        Decision.OWN,
        Math.max(1, limit - 1));
  }

  private List<Seen> read(Query query) {
    try (Connection connection = database.getConnection();
        var select = query.prepare(connection)) {
      select.setQueryTimeout(SECONDS);
      try (ResultSet row = select.executeQuery()) {
        var seen = new ArrayList<Seen>();
        while (row.next()) {
          seen.add(
              new Seen(
                  AuditTrail.entry(row, hospitals),
                  versions(row),
                  entries(row.getArray("entries"))));
        }
        Map<Rule.Policy, String> hashes =
            PolicyHashes.of(seen.stream().map(Seen::entry).toList(), connection);
        return seen.stream().map(each -> each.with(hashes)).toList();
      }
    } catch (SQLException e) {
      throw Query.fault(e, "cannot read the audit trail");
    }
  }

  private static List<Long> entries(@Nullable Array ids) throws SQLException {
    return ids == null ? List.of() : Arrays.asList((Long[]) ids.getArray());
  }

  private static List<Seen.Version> versions(ResultSet row) throws SQLException {
    Array kept = row.getArray("kept");
    if (kept == null) {
      return List.of();
    }
    var records = (Long[]) kept.getArray();
    var owners = (Long[]) row.getArray("owners").getArray();
    var aliases = (String[]) row.getArray("aliases").getArray();
    var types = (Object[]) row.getArray("types").getArray();
    var numbers = (Integer[]) row.getArray("versions").getArray();
    var versions = new ArrayList<Seen.Version>(records.length);
    for (int i = 0; i < records.length; i++) {
      String type = RecordTypes.name(((Number) types[i]).shortValue());
      RecordId record =
          aliases[i].isEmpty()
              ? RecordId.of(type, owners[i], records[i])
              : new RecordId(type, aliases[i]);
      versions.add(new Seen.Version(record, numbers[i]));
    }
    return versions;
  }
}
