package emr.hospital.temporarystore;

import emr.exchange.record.Reconciliation.Counts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.Serializable;
import java.sql.Date;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** Compares, day by day, what this hospital holds receipts for with what the centre counted. */
@ApplicationScoped
@Transactional
@SuppressWarnings("NullAway.Init") // the container fills the fields in
public class Ledger {

  @Inject Sql sql;

  /** Both counts of one day. */
  public record Compared(Instant at, Counts here, Counts centre) implements Serializable {

    /** Nothing lost, nothing left behind. */
    public boolean agree() {
      return here.equals(centre);
    }
  }

  /**
   * What this hospital holds receipts for, of {@code day} in UTC by the centre's time of storing.
   */
  public Counts count(LocalDate day) {
    Instant from = day.atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant until = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    String ofDay = " from receipt r where r.stored_at >= ? and r.stored_at < ?";
    long stored = number("select count(*)" + ofDay, from, until);
    long deleted = number("select count(*)" + ofDay + " and r.reported", from, until);
    long records =
        number(
            "select count(*) from item i join receipt r on r.submission = i.submission"
                + " where r.stored_at >= ? and r.stored_at < ?",
            from,
            until);
    return new Counts(day, stored, records, deleted);
  }

  /** Keeps a comparison in place of an earlier one of the same day. */
  public void keep(Compared compared) {
    Counts here = compared.here();
    Counts centre = compared.centre();
    sql.update(
        "merge into reconciliation key (on_day) values (?, ?, ?, ?, ?, ?, ?, ?)",
        Date.valueOf(here.day()),
        compared.at(),
        here.stored(),
        here.records(),
        here.deleted(),
        centre.stored(),
        centre.records(),
        centre.deleted());
  }

  /** The last comparisons, the newest day first. */
  public List<Compared> last(int days) {
    return sql.list(
        "select * from reconciliation order by on_day desc fetch first " + days + " rows only",
        row -> {
          LocalDate day = row.getDate("on_day").toLocalDate();
          return new Compared(
              Sql.instant(row, "compared_at"),
              new Counts(
                  day,
                  row.getLong("here_stored"),
                  row.getLong("here_records"),
                  row.getLong("here_deleted")),
              new Counts(
                  day,
                  row.getLong("centre_stored"),
                  row.getLong("centre_records"),
                  row.getLong("centre_deleted")));
        });
  }

  private long number(String select, Instant from, Instant until) {
    return sql.first(select, row -> row.getLong(1), from, until).orElse(0L);
  }
}
