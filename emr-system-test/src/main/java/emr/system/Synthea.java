package emr.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Invented people with whole medical histories, made by Synthea with a fixed seed and fixed dates:
 * the same every time. What was made once is kept in the installation's folder.
 */
public final class Synthea {

  private static final String SEED = "20260101";
  private static final String TODAY = "20260101";

  /** One history in a thousand fills ten thousand records; it would be most of a demonstration. */
  private static final int LONGEST = 1_500;

  private static final int SPARE = 4;

  private Synthea() {}

  /**
   * What Synthea made.
   *
   * @param directory organisations, places and practitioners, as FHIR transaction bundles
   * @param histories one FHIR transaction bundle for each patient
   */
  public record People(List<JsonNode> directory, List<JsonNode> histories) {}

  /**
   * {@code count} patients, alive, with ten years of history and at most {@value #LONGEST}
   * resources each.
   *
   * @param cache where they are kept
   */
  public static People people(int count, Path cache) {
    Path made = cache.resolve("people-" + count);
    try {
      if (!Files.isDirectory(made)) {
        Path raw = cache.resolve("people-" + count + ".part");
        remove(raw);
        Files.createDirectories(raw);
        generate(count + SPARE, raw);
        Files.move(raw, made);
      }
      return read(count, made.resolve("fhir"));
    } catch (IOException e) {
      throw new UncheckedIOException("patients cannot be made in " + cache, e);
    }
  }

  private static void generate(int count, Path into) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "App"));
    command.addAll(List.of("-s", SEED, "-cs", SEED, "-r", TODAY, "-e", TODAY));
    command.addAll(List.of("-p", Integer.toString(count), "Massachusetts"));
    command.addAll(
        Stream.of(
                "exporter.baseDirectory=" + into,
                "exporter.fhir.export=true",
                "exporter.fhir.transaction_bundle=true",
                "exporter.fhir.use_us_core_ig=false",
                "exporter.hospital.fhir.export=true",
                "exporter.practitioner.fhir.export=true",
                "exporter.ccda.export=false",
                "exporter.csv.export=false",
                "exporter.text.export=false",
                "exporter.years_of_history=10",
                "exporter.use_uuid_filenames=true",
                "generate.only_alive_patients=true",
                "generate.append_numbers_to_person_names=false",
                "generate.thread_pool_size=2")
            .map(option -> "--" + option)
            .toList());
    Path log = into.resolve("synthea.log");
    Process process =
        new ProcessBuilder(command)
            .directory(into.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      if (process.waitFor() != 0) {
        throw new IOException("Synthea failed, see " + log);
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static People read(int count, Path folder) throws IOException {
    var directory = new ArrayList<JsonNode>();
    var histories = new ArrayList<JsonNode>();
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(f -> f.toString().endsWith(".json")).sorted().toList();
    }
    for (Path file : files) {
      String name = String.valueOf(file.getFileName());
      JsonNode bundle = Web.JSON.readTree(file.toFile());
      if (name.startsWith("hospital") || name.startsWith("practitioner")) {
        directory.add(bundle);
      } else if (histories.size() < count && bundle.path("entry").size() <= LONGEST) {
        histories.add(bundle);
      }
    }
    if (histories.size() < count) {
      throw new IllegalStateException("Synthea made too few patients of a usual length");
    }
    return new People(directory, histories);
  }

  private static void remove(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
