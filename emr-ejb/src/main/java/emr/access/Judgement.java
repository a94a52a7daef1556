package emr.access;

import emr.exchange.access.AccessRight;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@link AccessJudge} in the words of SQL, so that a search never sees a row it may not show. A
 * query that judges begins with {@link #addPolicies} as its first common table expression, and has
 * the column {@code rule} by {@link #addFrom}: null is no.
 */
public final class Judgement {

  private final AccessRight right;
  private final Asker asker;
  private final Instant now;
  private final @Nullable Long patient;
  private final boolean ofVersions;
  private final @Nullable Long record;

  /**
   * @param patient key of the one whose records the query is bound to; null if it is to nobody's
   */
  public Judgement(AccessRight right, Asker asker, Instant now, @Nullable Long patient) {
    this(right, asker, now, patient, false, null);
  }

  private Judgement(
      AccessRight right,
      Asker asker,
      Instant now,
      @Nullable Long patient,
      boolean ofVersions,
      @Nullable Long record) {
    this.right = right;
    this.asker = asker;
    this.now = now;
    this.patient = asker.patient() == null ? patient : (Long) asker.patient().value();
    this.ofVersions = ofVersions;
    this.record = record;
  }

  /** The same of rows of the table of versions: each as delicate as it was, and as it is now. */
  public Judgement ofVersions() {
    return new Judgement(right, asker, now, patient, true, null);
  }

  /**
   * The same of versions of one record in the chart that the query is bound to: what it is now is
   * looked up once.
   */
  public Judgement ofVersions(long ofRecord) {
    return new Judgement(right, asker, now, patient, true, ofRecord);
  }

  /**
   * Adds {@code policies as materialized (…)}: the standing policies that apply to the asker. Where
   * the patient is known they are few and found once; else each row looks up its own.
   */
  public void addPolicies(Query query) {
    query.add("policies as materialized (select p.* from policy p where ");
    if (patient == null) {
      query.add("false");
    } else {
      addApplies(query);
      query.add(" and (p.about is null or p.about = ?::bigint)", patient);
    }
    query.add(")");
    if (record != null) {
      query.add(
          ", newest as materialized (select coalesce(n.sensitivity, "
              + RecordFacts.NORMAL
              + "::smallint) as sensitivity from current n where n.patient = ?::bigint"
              + " and n.record = ?::bigint)",
          patient,
          record);
    }
  }

  /**
   * Adds {@code from tables}, which have the row {@code c}, with the column {@code rule} of {@link
   * #addRule} beside it. It is judged once, after what else the query asks of the row.
   */
  public void addFrom(Query query, String tables, Object... values) {
    query.add(" from " + tables + " cross join lateral (select ", values);
    addRule(query);
    query.add(" as rule offset 0) judged"); // without which it would be copied wherever it is used
  }

  /**
   * Adds the rule by which the asker has the right to the row {@code c}, which has the columns
   * patient, type, custodian and author; null if there is none.
   */
  public void addRule(Query query) {
    if (!asker.rights().contains(right)) {
      query.add("null::text");
      return;
    }
    String ofRole = RecordTypes.condition(asker.role(), right);
    query.add("case");
    Set<String> bound = asker.statement().types().get(right);
    if (bound != null) {
      query.add(" when not " + RecordTypes.among(bound) + " then null");
    }
    if (right == AccessRight.READ) {
      query.add(
          " when c.patient = 0 and "
              + RecordTypes.inDirectory()
              + " then '"
              + Decision.DIRECTORY
              + "'");
    }
    query.add(" when not (");
    addInScope(query);
    query.add(") then null");
    addOwn(query);
    query.add(" and " + ofRole + " then '" + Decision.OWN + "'");
    query.add(" else ");
    boolean glass = right == AccessRight.READ && asker.breaksGlass();
    if (glass) {
      query.add("coalesce(");
    }
    query.add(
        "(select case when not p.refuses then"
            + " 'policy:' || p.patient || ':' || p.record || ':' || p.number end from "
            + (patient == null ? "policy" : "policies")
            + " p where p.grantor = c.custodian");
    if (patient == null) {
      query.add(" and (p.about is null or p.about = c.patient) and ");
      addApplies(query);
    }
    String sensitivity = sensitivity();
    query.add(
        " and (p.types is null or c.type = any (p.types)) and case when p.refuses then "
            + sensitivity
            + " & p.sensitivity <> 0 else "
            + sensitivity
            + " & ~p.sensitivity = 0 and "
            + reach(ofRole)
            + " end order by p.refuses desc, p.record, p.patient limit 1)");
    if (glass) {
      addEmergency(query, sensitivity, ofRole);
    }
    query.add(" end");
  }

  private void addOwn(Query query) {
    if (right == AccessRight.READ) {
      query.add(
          " when (c.custodian = ?::smallint or c.author = ?::smallint)",
          asker.hospital(),
          asker.hospital());
    } else {
      query.add(" when c.custodian = ?::smallint", asker.hospital());
    }
  }

  private String reach(String ofRole) {
    return AccessJudge.reachesFurther(asker)
        ? "(p.role is not null or p.person is not null or " + ofRole + ")"
        : ofRole;
  }

  /** Only asked for who states that they act in an emergency: nobody else pays for it. */
  private void addEmergency(Query query, String sensitivity, String ofRole) {
    query.add(
        ", (select 'emergency:' || e.id from emergency e where e.patient = c.patient"
            + " and e.hospital = ?::smallint and e.person = ?::text and "
            + ofRole
            + " and (e.types is null or c.type = any (e.types)) and "
            + sensitivity
            + " & "
            + EmergencyWindow.SHUT
            + " = 0 and e.opened_at <= ?::timestamptz and e.until > ?::timestamptz"
            + " and (e.ended_at is null or e.ended_at > ?::timestamptz)"
            + " order by e.opened_at limit 1))",
        asker.hospital(),
        asker.user(),
        now,
        now,
        now);
  }

  /** Of the row {@code c}, where nothing is noted for what is {@link RecordFacts#NORMAL}. */
  private String sensitivity() {
    String normal = RecordFacts.NORMAL + "::smallint";
    String ofRow = "coalesce(c.sensitivity, " + normal + ")";
    if (!ofVersions) {
      return ofRow;
    }
    String newest =
        record == null
            ? "select coalesce(n.sensitivity, "
                + normal
                + ") from current n where n.patient = c.patient and n.record = c.record"
            : "select sensitivity from newest";
    return "(" + ofRow + " | (" + newest + "))";
  }

  private void addInScope(Query query) {
    if (asker.patient() != null) {
      query.add("c.patient = ?::bigint", asker.patient().value());
    } else if (asker.asksForAnyPatient()) {
      query.add("true");
    } else {
      query.add("c.patient = 0 or c.type = ?::smallint", RecordTypes.PATIENT);
    }
  }

  private void addApplies(Query query) {
    query.add(
        "p.hospital in (0, ?::smallint) and (not p.refuses or p.grantor <> ?::smallint)"
            + " and p.in_force and "
            + (right == AccessRight.READ ? "p.reads" : "p.stores")
            + " and (p.role is null or p.role = ?::smallint)"
            + " and (p.person is null or p.person = ?::text)"
            + " and p.valid_from <= ?::timestamptz"
            + " and (p.valid_until is null or p.valid_until > ?::timestamptz)",
        asker.hospital(),
        asker.hospital(),
        (short) asker.role().ordinal(),
        asker.user(),
        now,
        now);
  }
}
