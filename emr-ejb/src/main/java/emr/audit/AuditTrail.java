package emr.audit;

import emr.access.Asker;
import emr.access.EmergencyWindows;
import emr.access.PaperRefused;
import emr.access.Query;
import emr.access.RecordTypes;
import emr.exchange.access.AccessStatement;
import emr.exchange.access.Emergency;
import emr.exchange.access.Purpose;
import emr.exchange.access.Role;
import emr.exchange.record.HospitalId;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import emr.exchange.record.RecordKey;
import emr.identity.Hospital;
import emr.identity.Hospitals;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The audit trail; rows are added and never changed, and there is no switch. What a read discloses
 * is noted by the statement that reads, see {@link #addDisclosure}.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class AuditTrail {

  /** How many disclosed versions are told one by one. */
  private static final int DISCLOSED = 500;

  @Inject Hospitals hospitals;

  @Resource(lookup = "jdbc/emr")
  DataSource database;

  /**
   * Adds the insertion of one entry about what {@code shown} discloses; no entry if that is
   * nothing.
   *
   * @param type of the records; null for several
   * @param shown a table expression with the columns patient, record, number, octets and rule
   * @param patient key of the patient whose records are asked for; null across patients
   */
  public static void addDisclosure(
      Query query,
      Asker asker,
      Action action,
      @Nullable Short type,
      @Nullable Long patient,
      String shown) {
    addEntry(
        query,
        asker,
        action,
        type,
        patient,
        "sum(octets)",
        "string_agg(distinct rule, ' '), array_agg(record), array_agg(number)"
            + (patient == null ? ", array_agg(patient)" : ""),
        shown + " having count(*) > 0");
  }

  /**
   * The same where {@code shown} is one row at most: aggregates, though of one row, take a fifth of
   * what such a statement costs.
   */
  public static void addDisclosureOfOne(
      Query query, Asker asker, Action action, short type, long patient, String shown) {
    addEntry(
        query, asker, action, type, patient, "octets", "rule, array[record], array[number]", shown);
  }

  private static void addEntry(
      Query query,
      Asker asker,
      Action action,
      @Nullable Short type,
      @Nullable Long patient,
      String octets,
      String disclosed,
      String shown) {
    AccessStatement by = asker.statement();
    query.add(
        "insert into audit (statement, patient, octets, hospital, role, purpose, action, type,"
            + " permitted, person, rule, records, numbers"
            + (patient == null ? ", patients" : "")
            + ") select ?::uuid, ?::bigint, "
            + octets
            + ", ?::smallint, ?::smallint, ?::smallint, ?::smallint, ?::smallint, true, ?::text, "
            + disclosed
            + " from "
            + shown,
        by.id(),
        patient,
        asker.hospital(),
        (short) asker.role().ordinal(),
        (short) by.purpose().ordinal(),
        (short) action.ordinal(),
        type,
        asker.user());
  }

  /** Notes what was permitted and done, in the caller's transaction if there is one. */
  public void permitted(
      Asker asker, Action action, @Nullable Short type, @Nullable Long patient, Noted noted) {
    insert(entry(asker, action, type, patient, noted, null));
  }

  /**
   * The insertion of what {@link #permitted} notes, for who executes it with what it tells of.
   *
   * @param submission that is stored by it; null if none is
   */
  public static Query entry(
      Asker asker,
      Action action,
      @Nullable Short type,
      @Nullable Long patient,
      Noted noted,
      @Nullable UUID submission) {
    return NewEntry.permitted(action, noted.rule())
        .by(asker.statement())
        .of(asker.hospital())
        .about(type, patient)
        .submitted(submission)
        .noting(noted)
        .insertion();
  }

  /**
   * What an entry says was disclosed or stored.
   *
   * @param rule by which
   * @param records keys, with their versions in {@code numbers}
   * @param octets of their content
   * @param patients of the records, one by one; null where the entry is about one patient
   */
  public record Noted(
      String rule, long[] records, int[] numbers, long octets, long @Nullable [] patients) {

    /** About one patient. */
    public Noted(String rule, long[] records, int[] numbers, long octets) {
      this(rule, records, numbers, octets, null);
    }

    /** Nothing was found. */
    public static final Noted NOTHING = new Noted(Rule.NOTHING, new long[0], new int[0], 0);
  }

  /**
   * Notes a refusal, whatever becomes of the caller's transaction.
   *
   * @param asked what was asked for
   * @param why the reason, a word, and what lay behind it; see {@link Rule}
   * @param chart key of the patient whose chart it is about; null if that is whom the statement
   *     names. It is noted apart from whom the statement names: who asked may know that one only
   */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public void refused(
      AccessStatement by,
      Action asked,
      @Nullable String type,
      String why,
      @Nullable UUID id,
      @Nullable Long chart) {
    Long stated = key(by.patient());
    Long about = chart == null ? chosen(by.patient()) : chart;
    boolean unstated = about != null && about != 0 && !about.equals(stated);
    Short number = type == null || !RecordTypes.exists(type) ? null : RecordTypes.number(type);
    insert(
        NewEntry.refused(asked + ": " + why)
            .by(by)
            .of(number(by.hospital()))
            .about(number, stated)
            .submitted(id)
            .apart(unstated ? new long[] {about} : null)
            .insertion());
  }

  /**
   * What of a hospital's records was disclosed.
   *
   * @param shown the first {@value #DISCLOSED}
   * @param total how many versions were
   */
  public record Disclosed(List<Emergency.Shown> shown, long total) {

    /** Nothing that is told. */
    public static final Disclosed NOTHING = new Disclosed(List.of(), 0);
  }

  /** What of the patient's hospital's records was disclosed by an emergency. */
  public Disclosed disclosedBy(EmergencyWindows.Kept emergency) {
    var query =
        new Query()
            .add(
                "select *, count(*) over () from ("
                    + "select distinct c.type, c.patient, c.record, c.alias, u.number from audit a"
                    + " cross join unnest(a.records, a.numbers) as u (record, number)"
                    + " join current c on c.patient = a.patient and c.record = u.record"
                    + " where a.patient = ?::bigint and a.hospital = ?::smallint"
                    + " and a.person = ?::text and a.at between ?::timestamptz and ?::timestamptz"
                    + " and position(?::text in a.rule) > 0 and c.custodian = ?::smallint"
                    + ") shown order by type, record, number limit ?::int",
                emergency.patient(),
                emergency.hospital(),
                emergency.person(),
                emergency.openedAt().minusSeconds(60),
                emergency.until().plusSeconds(60),
                Rule.EMERGENCY + emergency.id(),
                emergency.custodian(),
                DISCLOSED);
    try (Connection connection = database.getConnection();
        var select = query.prepare(connection);
        ResultSet row = select.executeQuery()) {
      var shown = new ArrayList<Emergency.Shown>();
      long total = 0;
      while (row.next()) {
        String type = RecordTypes.name(row.getShort(1));
        String alias = row.getString(4);
        shown.add(
            new Emergency.Shown(
                alias == null
                    ? RecordId.of(type, row.getLong(2), row.getLong(3))
                    : new RecordId(type, alias),
                row.getInt(5)));
        total = row.getLong(6);
      }
      return new Disclosed(shown, total);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read the audit trail", e);
    }
  }

  /** Notes that a paper was refused before anybody could be judged by it. */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public void paperRefused(@Observes PaperRefused refused) {
    HospitalId hospital = refused.hospital();
    insert(
        NewEntry.refused(Rule.PAPER + refused.why())
            .of(hospital == null ? null : number(hospital))
            .by(refused.person())
            .insertion());
  }

  /** Whether a reading was not told before, in the caller's transaction. */
  public boolean isNews(short hospital, UUID reading) {
    var query =
        new Query()
            .add(
                "insert into shown_again (hospital, id) values (?::smallint, ?::uuid)"
                    + " on conflict do nothing",
                hospital,
                reading);
    try (Connection connection = database.getConnection();
        var insert = query.prepare(connection)) {
      return insert.executeUpdate() == 1;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot note a reading", e);
    }
  }

  /** Notes that {@code hospital} has deleted its copies of {@code submissions}. */
  public void deletionsReported(HospitalId hospital, List<UUID> submissions) {
    for (UUID submission : submissions) {
      insert(
          NewEntry.permitted(Action.DELETION_REPORTED, "")
              .of(number(hospital))
              .submitted(submission)
              .insertion());
    }
  }

  private @Nullable Short number(HospitalId hospital) {
    return hospitals.find(hospital).map(Hospital::number).orElse(null);
  }

  /** Notes what a person of the centre administered, in the caller's transaction. */
  public void administered(String person, String what) {
    insert(NewEntry.permitted(Action.ADMIN, what).by(person).insertion());
  }

  private void insert(Query query) {
    try (Connection connection = database.getConnection();
        var insert = query.prepare(connection)) {
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot write the audit trail", e);
    }
  }

  /**
   * Entries, newest first.
   *
   * @param hospital of that hospital only; null for all
   * @param before older than that entry; {@link Long#MAX_VALUE} to begin with
   */
  public List<AuditEntry> newestFirst(@Nullable HospitalId hospital, long before, int limit) {
    return newestFirst(
        new AuditFilter(null, hospital, null, null, null, null, null, null, null), before, limit);
  }

  /**
   * Entries that {@code filter} lets through, newest first.
   *
   * @param before older than that entry; {@link Long#MAX_VALUE} to begin with
   */
  public List<AuditEntry> newestFirst(AuditFilter filter, long before, int limit) {
    Query query = new Query().add("select * from audit a where id < ?::bigint", before);
    filter.addTo(query, id -> number(id, hospitals));
    query.add(" order by id desc limit ?::int", limit);
    try (Connection connection = database.getConnection();
        var select = query.prepare(connection);
        ResultSet row = select.executeQuery()) {
      var entries = new ArrayList<AuditEntry>();
      while (row.next()) {
        entries.add(entry(row, hospitals));
      }
      Map<Rule.Policy, String> hashes = PolicyHashes.of(entries, connection);
      return entries.stream().map(entry -> entry.with(hashes)).toList();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read the audit trail", e);
    }
  }

  /** The number of a hospital; of one that is not known, none that another has. */
  static short number(HospitalId hospital, Hospitals hospitals) {
    return hospitals.find(hospital).map(Hospital::number).orElse((short) -1);
  }

  static AuditEntry entry(ResultSet row, Hospitals hospitals) throws SQLException {
    Short hospital = row.getObject("hospital", Short.class);
    Short role = row.getObject("role", Short.class);
    Short purpose = row.getObject("purpose", Short.class);
    Short type = row.getObject("type", Short.class);
    Long patient = row.getObject("patient", Long.class);
    var records = (Long[]) row.getArray("records").getArray();
    var numbers = (Integer[]) row.getArray("numbers").getArray();
    var noted = new ArrayList<AuditEntry.Record>(records.length);
    for (int i = 0; i < records.length; i++) {
      noted.add(new AuditEntry.Record(new RecordKey(records[i]), numbers[i]));
    }
    return new AuditEntry(
        row.getLong("id"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        hospital == null ? null : hospitals.find(hospital).map(Hospital::id).orElse(null),
        row.getString("person"),
        role == null ? "" : Role.values()[role].name(),
        purpose == null ? null : Purpose.values()[purpose],
        patient == null ? null : new RecordKey(patient),
        Action.values()[row.getInt("action")],
        type == null ? null : RecordTypes.name(type),
        row.getBoolean("permitted"),
        row.getString("rule"),
        List.copyOf(noted),
        row.getLong("octets"),
        row.getObject("submission", UUID.class),
        row.getObject("statement", UUID.class),
        Map.of());
  }

  /** The key that a patient's id says; null for an id that a client chose. */
  private static @Nullable Long key(@Nullable PatientId patient) {
    return patient == null
        ? null
        : RecordKey.parse(patient.value()).map(RecordKey::value).orElse(null);
  }

  /** Key of the patient who has an id that a client chose; null if nobody has. */
  private @Nullable Long chosen(@Nullable PatientId patient) {
    if (patient == null || key(patient) != null) {
      return null;
    }
    var query =
        new Query()
            .add(
                "select patient from alias where type = ?::smallint and id = ?::text",
                RecordTypes.PATIENT,
                patient.value());
    try (Connection connection = database.getConnection();
        var select = query.prepare(connection);
        ResultSet row = select.executeQuery()) {
      return row.next() ? (Long) row.getLong(1) : null;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot look for a patient", e);
    }
  }
}
