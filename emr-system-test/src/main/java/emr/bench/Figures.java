package emr.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.system.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * What the installation's processes have used since they started, at one moment. On a busy machine
 * processor time is the figure that stays the same.
 *
 * @param server seconds of processor time of the centre
 * @param database the same of PostgreSQL with all its processes
 * @param client the same of this program
 * @param wal bytes of its log that PostgreSQL has written
 * @param size bytes of the database
 */
record Figures(double server, double database, double client, long wal, long size) {

  private static final double TICKS_PER_SECOND = 100;

  static Figures now(Installation installation) {
    long postgresql = installation.pid("postgresql").orElseThrow();
    long[] written = written(installation);
    return new Figures(
        cpu(Long.toString(installation.pid("centre").orElseThrow()), false),
        cpu(Long.toString(postgresql), true) + ofChildren(postgresql),
        cpu("self", false),
        written[0],
        written[1]);
  }

  private static long[] written(Installation installation) {
    try (var database = installation.database("emr_owner");
        var statement = database.createStatement();
        var row =
            statement.executeQuery(
                "select pg_current_wal_lsn() - '0/0'::pg_lsn,"
                    + " pg_database_size(current_database())")) {
      row.next();
      return new long[] {row.getLong(1), row.getLong(2)};
    } catch (SQLException e) {
      throw new IllegalStateException("PostgreSQL cannot be asked", e);
    }
  }

  private static double ofChildren(long parent) {
    double sum = 0;
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : all) {
        String[] fields = fields(process);
        if (fields.length > 1 && Long.parseLong(fields[1]) == parent) {
          sum += cpu(process.getFileName().toString(), false);
        }
      }
      return sum;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param reaped whether children count that have ended
   */
  private static double cpu(String process, boolean reaped) {
    String[] fields = fields(Path.of("/proc", process));
    if (fields.length == 0) {
      return 0;
    }
    long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    if (reaped) {
      ticks += Long.parseLong(fields[13]) + Long.parseLong(fields[14]);
    }
    return ticks / TICKS_PER_SECOND;
  }

  /** Of /proc/…/stat, from the state on; none for a process that has ended meanwhile. */
  private static String[] fields(Path process) {
    try {
      String text = Files.readString(process.resolve("stat"));
      return text.substring(text.lastIndexOf(')') + 2).split(" ");
    } catch (NoSuchFileException e) {
      return new String[0];
    } catch (IOException e) {
      return new String[0]; // "no such process", while it was read
    }
  }

  /** Adds what was used since {@code before}, by {@code operations} operations. */
  void addTo(ObjectNode result, Figures before, int operations) {
    double each = Math.max(1, operations);
    result
        .putObject("cpu")
        .put("server_s", round(server - before.server))
        .put("postgres_s", round(database - before.database))
        .put("client_s", round(client - before.client))
        .put("server_s_per_1000", round((server - before.server) * 1000 / each))
        .put("postgres_s_per_1000", round((database - before.database) * 1000 / each))
        .put("client_s_per_1000", round((client - before.client) * 1000 / each));
    result
        .putObject("probe")
        .put("wal_bytes_per_op", round((wal - before.wal) / each))
        .put("db_bytes_per_op", round((size - before.size) / each));
  }

  static double round(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
