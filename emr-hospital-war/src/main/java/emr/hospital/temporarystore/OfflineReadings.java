package emr.hospital.temporarystore;

import emr.exchange.access.Purpose;
import emr.exchange.access.Role;
import emr.exchange.record.Author;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import emr.exchange.record.ShownAgain;
import emr.exchange.record.ShownAgain.Reading;
import emr.exchange.record.ShownAgain.Version;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What was shown from {@linkplain ReceivedRecords received records} while the centre was away: kept
 * before it is shown, and until the centre's audit trail has it.
 */
@ApplicationScoped
@Transactional
@SuppressWarnings("NullAway.Init") // the container fills the fields in
public class OfflineReadings {

  @Inject Sql sql;

  /** Notes what is about to be shown; nothing shown is nothing noted. */
  void note(Author who, Purpose purpose, PatientId patient, Instant at, List<Chart.Entry> shown) {
    if (shown.isEmpty()) {
      return;
    }
    sql.update(
        "insert into offline_read (id, user_name, role, purpose, patient, read_at, records,"
            + " versions) values (?, ?, ?, ?, ?, ?, ?, ?)",
        UUID.randomUUID().toString(),
        who.user(),
        who.role().name(),
        purpose.name(),
        patient.value(),
        at,
        shown.size(),
        shown.stream()
            .map(entry -> entry.record() + " " + entry.number())
            .collect(Collectors.joining("\n")));
  }

  /** What the centre was not told yet, oldest first, as much as goes into one report. */
  public List<Reading> due() {
    return sql.list(
        "select * from offline_read where not reported order by number limit " + ShownAgain.MOST,
        row ->
            new Reading(
                UUID.fromString(row.getString("id")),
                row.getString("user_name"),
                Role.valueOf(row.getString("role")),
                Purpose.valueOf(row.getString("purpose")),
                new PatientId(row.getString("patient")),
                Sql.instant(row, "read_at"),
                row.getString("versions").lines().map(OfflineReadings::version).toList()));
  }

  private static Version version(String line) {
    int space = line.indexOf(' ');
    return new Version(
        RecordId.parse(line.substring(0, space)), Integer.parseInt(line.substring(space + 1)));
  }

  /** The centre has them. */
  public void reported(List<Reading> readings) {
    for (Reading reading : readings) {
      sql.update("update offline_read set reported = true where id = ?", reading.id().toString());
    }
  }
}
