package emr.system;

import emr.exchange.audit.TrailCheck;
import emr.exchange.audit.TrailCheck.Finding;
import emr.exchange.audit.TrailEntry;
import emr.exchange.audit.TrailSeal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStoreException;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Checks what the centre's database holds against what the centre signed, without the centre's
 * help: {@code ./emr verify}. Reads the database and changes nothing; works while it is in use.
 */
public final class Verify {

  private static final int FETCHED = 1_000;
  private static final int SHOWN = 100;

  private final Installation installation;
  private final X509Certificate centre;

  private Verify(Installation installation, X509Certificate centre) {
    this.installation = installation;
    this.centre = centre;
  }

  static Verify of(Installation installation) {
    try {
      return new Verify(
          installation,
          (X509Certificate) installation.keys("centre").getCertificate("centre-sign"));
    } catch (KeyStoreException e) {
      throw new IllegalStateException("the centre's certificate cannot be read", e);
    }
  }

  /** Prints what it finds; ends with 1 if anything does not fit. */
  public static void main(String[] args) {
    Instant began = Instant.now();
    Verify verify = of(Installation.named());
    Result trail = verify.run();
    trail.print();
    KeptRecords.Result records = verify.records();
    records.print();
    long found = trail.findings().size() + records.findings().size() + records.unnamed();
    System.out.println(found == 0 ? "everything fits" : found + " found that do not fit");
    System.out.printf("%.1f s%n", Duration.between(began, Instant.now()).toMillis() / 1000.0);
    System.exit(found == 0 ? 0 : 1);
  }

  /**
   * What was looked at of the audit trail and what was found.
   *
   * @param unsealed entries that wait for a seal
   * @param oldest when the first of them was written; null if there are none
   */
  record Result(
      long seals, long entries, long unsealed, @Nullable Instant oldest, List<Finding> findings) {

    void print() {
      System.out.printf("audit trail: %,d entries under %,d seals", entries, seals);
      if (oldest != null) {
        System.out.printf(
            "; %,d not sealed yet, the oldest for %d s",
            unsealed, Duration.between(oldest, Instant.now()).toSeconds());
      }
      System.out.println();
      findings.stream()
          .limit(SHOWN)
          .forEach(found -> System.out.println("  seal " + found.seal() + ": " + found.what()));
    }
  }

  /** The records' versions; takes longer, the more there are. */
  KeptRecords.Result records() {
    try (Connection database = connect()) {
      SecretKey master =
          (SecretKey)
              installation
                  .keys("centre")
                  .getKey("centre-master", installation.secret("centre").toCharArray());
      return new KeptRecords(database, centre, master).check();
    } catch (SQLException e) {
      throw new IllegalStateException("the database cannot be read", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the centre's keys do not fit the database", e);
    }
  }

  /** The audit trail. */
  Result run() {
    try (Connection database = connect()) {
      var trail = new Trail(database);
      trail.check();
      return new Result(
          trail.seals, trail.entries, trail.unsealed, trail.oldest, trail.check.findings());
    } catch (SQLException e) {
      throw new IllegalStateException("the database cannot be read", e);
    }
  }

  private Connection connect() throws SQLException {
    Connection database = installation.database("emr_app");
    database.setAutoCommit(false); // rows come as they are wanted, and all of one moment
    database.setReadOnly(true);
    database.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    return database;
  }

  /** The audit trail under its seals. */
  private final class Trail {

    final Connection database;
    final TrailCheck check = new TrailCheck(centre);
    long seals;
    long entries;
    long last;
    long unsealed;
    @Nullable Instant oldest;

    Trail(Connection database) {
      this.database = database;
    }

    void check() throws SQLException {
      try (PreparedStatement query =
          database.prepareStatement(
              "select number, last, seal, marks from audit_seal order by number")) {
        query.setFetchSize(FETCHED);
        try (ResultSet rows = query.executeQuery()) {
          while (rows.next()) {
            check(
                new TrailSeal.Kept(
                    rows.getLong(1), rows.getLong(2), rows.getString(3), rows.getBytes(4)));
          }
        }
      }
      countUnsealed();
      Path file = installation.domain("centre").resolve("audit-seal");
      if (Files.exists(file)) {
        check.filed(read(file), this::seal);
      }
    }

    private void check(TrailSeal.Kept kept) throws SQLException {
      seals++;
      last = kept.last();
      Optional<TrailSeal> seal = check.seal(kept);
      if (seal.isEmpty()) {
        return;
      }
      var covered = new ArrayList<TrailEntry>();
      try (PreparedStatement query =
          database.prepareStatement("select * from audit where id > ? and id <= ? order by id")) {
        query.setLong(1, TrailCheck.after(seal.get()));
        query.setLong(2, seal.get().last());
        try (ResultSet rows = query.executeQuery()) {
          while (rows.next()) {
            covered.add(TrailEntry.of(rows));
          }
        }
      }
      entries += covered.size();
      check.entries(seal.get(), kept.marks(), covered);
    }

    private void countUnsealed() throws SQLException {
      try (PreparedStatement query =
          database.prepareStatement("select count(*), min(at) from audit where id > ?")) {
        query.setLong(1, last);
        try (ResultSet row = query.executeQuery()) {
          row.next();
          unsealed = row.getLong(1);
          oldest = row.getTimestamp(2) == null ? null : row.getTimestamp(2).toInstant();
        }
      }
    }

    private Optional<String> seal(long number) {
      try (PreparedStatement query =
          database.prepareStatement("select seal from audit_seal where number = ?")) {
        query.setLong(1, number);
        try (ResultSet row = query.executeQuery()) {
          return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        }
      } catch (SQLException e) {
        throw new IllegalStateException("the seals cannot be read", e);
      }
    }

    private String read(Path file) {
      try {
        return Files.readString(file).strip();
      } catch (IOException e) {
        throw new UncheckedIOException("the seal on file cannot be read", e);
      }
    }
  }
}
