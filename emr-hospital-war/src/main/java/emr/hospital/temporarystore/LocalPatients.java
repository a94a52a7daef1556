package emr.hospital.temporarystore;

import com.fasterxml.jackson.databind.JsonNode;
import emr.exchange.record.Author;
import emr.exchange.record.PatientId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The patients whom this hospital registered, and those whom its people received from the centre;
 * they can be found without the centre. Everybody here knows the ones, and of the others each
 * person those that they themselves received and still have.
 */
@ApplicationScoped
@Transactional
@SuppressWarnings("NullAway.Init") // the container fills the fields in
public class LocalPatients {

  private static final int MOST = 100;

  @Inject Sql sql;

  private static final String RECEIVED =
      "exists (select 1 from received r where r.user_name = ? and r.role = ?"
          + " and r.patient = local_patient.id and r.record = 'Patient/' || local_patient.id"
          + " and r.expires_at > ?)";

  /** Whom {@code query} finds of those registered here, by family name, {@value #MOST} at most. */
  List<KnownPatient> registered(PatientQuery query) {
    return search(query, "registered_here", List.of());
  }

  /** The same, and of those whom {@code who} received. */
  public List<KnownPatient> search(PatientQuery query, Author who, Instant now) {
    return search(
        query, "(registered_here or " + RECEIVED + ")", List.of(who.user(), who.role(), now));
  }

  private List<KnownPatient> search(PatientQuery query, String known, List<Object> by) {
    var condition = new StringBuilder("select * from local_patient where ").append(known);
    var values = new ArrayList<@Nullable Object>(by);
    if (query.birthDate() != null) {
      condition.append(" and birth_date = ?");
      values.add(Date.valueOf(query.birthDate()));
    }
    if (!query.number().isEmpty()) {
      condition.append(" and number = ?");
      values.add(query.number());
    }
    for (String word : PatientNames.words(query.name())) {
      condition.append(" and locate(?, folded) > 0");
      values.add(" " + word);
    }
    condition.append(" order by family, given, id limit " + MOST);
    return sql.list(condition.toString(), LocalPatients::read, values.toArray());
  }

  /** Whose the entries that were written here are, for who may see where they are. */
  public Optional<KnownPatient> find(PatientId patient) {
    return sql.first(
        "select * from local_patient where id = ?", LocalPatients::read, patient.value());
  }

  /** A patient registered here, or whom {@code who} received. */
  public Optional<KnownPatient> find(PatientId patient, Author who, Instant now) {
    return sql.first(
        "select * from local_patient where id = ? and (registered_here or " + RECEIVED + ")",
        LocalPatients::read,
        patient.value(),
        who.user(),
        who.role(),
        now);
  }

  /** Forgets those who are not registered here, and whom nobody has received any more. */
  int purge() {
    return sql.update(
        "delete from local_patient where not registered_here and not exists (select 1 from"
            + " received r where r.patient = local_patient.id) and not exists (select 1 from"
            + " submission s where s.patient = local_patient.id)");
  }

  /**
   * Patients registered here who may be the same person as {@code candidate}; ask before
   * registering.
   */
  public List<KnownPatient> alike(KnownPatient candidate) {
    return sql
        .list(
            "select * from local_patient where registered_here"
                + " and (birth_date = ? or (number = ? and number <> ''))",
            LocalPatients::read,
            candidate.birthDate() == null ? null : Date.valueOf(candidate.birthDate()),
            candidate.number())
        .stream()
        .filter(known -> PatientNames.alike(known, candidate))
        .toList();
  }

  /** Remembers the person that a FHIR Patient describes. */
  void remember(JsonNode patient, boolean registeredHere) {
    KnownPatient known = PatientNames.read(patient, registeredHere);
    boolean before =
        sql.first(
                "select registered_here from local_patient where id = ?",
                row -> row.getBoolean(1),
                known.id().value())
            .orElse(false);
    sql.update(
        "merge into local_patient (id, family, given, kana, kanji, birth_date, gender, number,"
            + " registered_here, folded) key (id) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        known.id().value(),
        known.family(),
        known.given(),
        known.kana(),
        known.kanji(),
        known.birthDate() == null ? null : Date.valueOf(known.birthDate()),
        known.gender(),
        known.number(),
        registeredHere || before,
        PatientNames.searchable(known));
  }

  private static KnownPatient read(ResultSet row) throws SQLException {
    Date birth = row.getDate("birth_date");
    return new KnownPatient(
        new PatientId(row.getString("id")),
        row.getString("family"),
        row.getString("given"),
        row.getString("kana"),
        row.getString("kanji"),
        birth == null ? null : birth.toLocalDate(),
        row.getString("gender"),
        row.getString("number"),
        row.getBoolean("registered_here"));
  }
}
