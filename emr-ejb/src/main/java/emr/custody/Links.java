package emr.custody;

import emr.audit.Action;
import emr.exchange.record.Reconciliation.Counts;
import emr.identity.Hospital;
import emr.identity.Hospitals;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/** What centre and hospitals count against each other, so that nothing is lost or left behind. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class Links {

  /** A contact is noted once in this time: one hospital may send many requests a second. */
  private static final Duration NOTED = Duration.ofSeconds(5);

  private static final String HEARD =
      """
      insert into hospital_contact (hospital, at) values (?, ?)
      on conflict (hospital) do update set at = greatest(hospital_contact.at, excluded.at)
      """;

  private static final String DAY =
      """
      select count(distinct a.submission), coalesce(sum(cardinality(a.records)), 0),
        count(distinct d.submission)
      from audit a
      left join deletion d on d.hospital = a.hospital and d.submission = a.submission
      where a.hospital = ? and a.action = ? and a.permitted and a.at >= ? and a.at < ?
      """;

  private static final String ALL =
      """
      select h.number, c.at,
        coalesce(sum(cardinality(a.records)) filter (where a.at > ?), 0),
        count(a.submission), coalesce(sum(cardinality(a.records)), 0),
        count(a.submission) filter (where d.submission is null)
      from hospital h
      left join hospital_contact c on c.hospital = h.number
      left join audit a on a.hospital = h.number and a.action = ? and a.permitted
      left join deletion d on d.hospital = a.hospital and d.submission = a.submission
      group by h.number, c.at
      order by h.number
      """;

  @Resource(lookup = "jdbc/emr")
  DataSource database;

  @Inject Hospitals hospitals;

  private final Map<Short, Instant> noted = new ConcurrentHashMap<>();

  /** Notes that {@code hospital}'s server has spoken. */
  public void heard(Hospital hospital) {
    Instant now = Instant.now();
    Instant before = noted.put(hospital.number(), now);
    if (before != null && now.isBefore(before.plus(NOTED))) {
      noted.put(hospital.number(), before);
      return;
    }
    try (Connection connection = database.getConnection();
        PreparedStatement insert = connection.prepareStatement(HEARD)) {
      insert.setShort(1, hospital.number());
      insert.setObject(2, now.atOffset(ZoneOffset.UTC));
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("the contact cannot be noted", e);
    }
  }

  /** What the centre counted for {@code hospital} on a day, in UTC. */
  public Counts count(Hospital hospital, LocalDate day) {
    try (Connection connection = database.getConnection();
        PreparedStatement query = connection.prepareStatement(DAY)) {
      query.setShort(1, hospital.number());
      query.setInt(2, Action.STORE.ordinal());
      query.setObject(3, day.atStartOfDay().atOffset(ZoneOffset.UTC));
      query.setObject(4, day.plusDays(1).atStartOfDay().atOffset(ZoneOffset.UTC));
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return new Counts(day, row.getLong(1), row.getLong(2), row.getLong(3));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the day cannot be counted", e);
    }
  }

  /** All hospitals, in order of joining. */
  public List<Link> all() {
    try (Connection connection = database.getConnection();
        PreparedStatement query = connection.prepareStatement(ALL)) {
      query.setObject(1, OffsetDateTime.now(ZoneOffset.UTC).minusHours(1));
      query.setInt(2, Action.STORE.ordinal());
      var links = new ArrayList<Link>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          OffsetDateTime heard = rows.getObject(2, OffsetDateTime.class);
          links.add(
              new Link(
                  hospitals.find(rows.getShort(1)).orElseThrow().id(),
                  heard == null ? null : heard.toInstant(),
                  rows.getLong(3),
                  rows.getLong(4),
                  rows.getLong(5),
                  rows.getLong(6)));
        }
      }
      return links;
    } catch (SQLException e) {
      throw new IllegalStateException("the links cannot be counted", e);
    }
  }
}
