package emr.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a recorded peer needed for the same work; where the figures come from, stands in the file.
 *
 * @param cpu milliseconds of processor time for one operation, server and database
 * @param wal bytes of PostgreSQL's log for one operation
 */
record Peer(double perSecond, double cpu, double wal) {

  private static final String FILE = "peer-hapi-8.8.0.csv";

  /** The best of what was recorded with different numbers of clients, by operation. */
  static Map<String, Peer> recorded() {
    var best = new HashMap<String, Peer>();
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(Peer.class.getResourceAsStream(FILE)), UTF_8))) {
      lines
          .lines()
          .filter(line -> line.matches("\\d.*"))
          .map(line -> line.split(","))
          .forEach(
              f -> {
                double cpu = Double.parseDouble(f[9]) + Double.parseDouble(f[10]);
                var peer = new Peer(Double.parseDouble(f[2]), cpu, Double.parseDouble(f[12]));
                best.merge(f[1], peer, (a, b) -> a.cpu <= b.cpu ? a : b);
              });
      return best;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
