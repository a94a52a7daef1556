package emr.faces.growth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The tables of the World Health Organization for one measure and sex: runs of ages within which
 * the curves are smooth. {@code growth.tsv} says where they come from.
 */
record GrowthTable(GrowthMeasure measure, String gender, List<List<Lms>> runs) {

  private static final List<GrowthTable> ALL = read();

  /** The table of a measure for FHIR's {@code gender}; there is one for female and male only. */
  static Optional<GrowthTable> of(GrowthMeasure measure, String gender) {
    return ALL.stream()
        .filter(table -> table.measure == measure && table.gender.equals(gender))
        .findFirst();
  }

  /** The last age, in months. */
  double until() {
    List<Lms> last = runs.get(runs.size() - 1);
    return last.get(last.size() - 1).months();
  }

  /** At an age in months; empty where the table says nothing. */
  Optional<Lms> at(double months) {
    for (int i = runs.size() - 1; i >= 0; i--) {
      List<Lms> run = runs.get(i);
      if (months >= run.get(0).months()) {
        return months > until() ? Optional.empty() : Optional.of(within(run, months));
      }
    }
    return Optional.empty();
  }

  /** What lies between two runs is read from the end of the earlier. */
  private static Lms within(List<Lms> run, double months) {
    for (int i = 1; i < run.size(); i++) {
      if (months <= run.get(i).months()) {
        return run.get(i - 1).towards(run.get(i), months);
      }
    }
    return run.get(run.size() - 1);
  }

  private static List<GrowthTable> read() {
    try (InputStream in =
        Objects.requireNonNull(GrowthTable.class.getResourceAsStream("growth.tsv"))) {
      List<String[]> lines =
          new String(in.readAllBytes(), UTF_8)
              .lines()
              .filter(line -> !line.startsWith("#"))
              .map(line -> line.split("\t", 3))
              .toList();
      return Arrays.stream(GrowthMeasure.values())
          .flatMap(measure -> List.of("female", "male").stream().map(g -> of(lines, measure, g)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static GrowthTable of(List<String[]> lines, GrowthMeasure measure, String gender) {
    return new GrowthTable(
        measure,
        gender,
        lines.stream()
            .filter(line -> line[0].equals(measure.name()) && line[1].equals(gender))
            .map(line -> Arrays.stream(line[2].split("; ")).map(GrowthTable::row).toList())
            .toList());
  }

  private static Lms row(String text) {
    double[] said = Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
    return new Lms(said[0], said[1], said[2], said[3]);
  }
}
