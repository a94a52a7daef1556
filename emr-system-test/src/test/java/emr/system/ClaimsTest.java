package emr.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The checklist of the patent's claims, held against the code and the tests that are there. */
class ClaimsTest {

  private static final SortedSet<Integer> CLAIMS =
      IntStream.rangeClosed(1, 28).boxed().collect(Collectors.toCollection(TreeSet::new));

  private static final Path CHECKOUT =
      Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize().getParent();

  private static final Pattern TAG = Pattern.compile("@Tag\\(\"claim-(\\d\\d)\"\\)");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern NUMBERS = Pattern.compile("(\\d+)(?:\\s*[-–]\\s*(\\d+))?");

  @Test
  void everyClaimHasATest() {
    var tested = new TreeSet<Integer>();
    for (Path source : sources("test")) {
      TAG.matcher(text(source)).results().forEach(m -> tested.add(Integer.valueOf(m.group(1))));
    }
    assertThat(tested).as("claims with a test").isEqualTo(CLAIMS);
  }

  @Test
  void everyClaimIsTiedToCodeAndTestsThatAreThere() {
    Map<Integer, String[]> rows = rows();
    assertThat(rows.keySet()).as("claims in docs/claims.md").isEqualTo(CLAIMS);
    assertAll(
        rows.entrySet().stream()
            .map(
                row ->
                    () -> {
                      assertNamed(row.getKey(), "code", row.getValue()[2], "main");
                      assertNamed(row.getKey(), "test", row.getValue()[3], "test");
                    }));
  }

  /** The table's rows by claim; a row may name several claims: {@code 8, 9} or {@code 10–11}. */
  private static Map<Integer, String[]> rows() {
    var rows = new TreeMap<Integer, String[]>();
    for (String line : text(CHECKOUT.resolve("docs/claims.md")).lines().toList()) {
      String[] cells = line.split("\\|");
      if (!line.startsWith("|") || cells.length < 4 || !cells[1].matches("[^a-zA-Z]*\\d.*")) {
        continue;
      }
      for (MatchResult numbers : NUMBERS.matcher(cells[1]).results().toList()) {
        int first = Integer.parseInt(numbers.group(1));
        int last = numbers.group(2) == null ? first : Integer.parseInt(numbers.group(2));
        IntStream.rangeClosed(first, last).forEach(claim -> rows.put(claim, cells));
      }
    }
    return rows;
  }

  private static void assertNamed(int claim, String what, String cell, String tree) {
    List<String> names = CODE.matcher(cell).results().map(m -> m.group(1)).toList();
    assertThat(names).as(what + " of claim " + claim).isNotEmpty();
    for (String name : names) {
      assertThat(exists(name, tree)).as(what + " of claim " + claim + ": " + name).isTrue();
    }
  }

  /** A file, a package, a class, or {@code Class#member}. */
  private static boolean exists(String name, String tree) {
    if (name.contains("/") || name.matches(".*\\.(sql|xhtml|asadmin|sh|xml)")) {
      return Files.exists(CHECKOUT.resolve(name))
          || everything(tree).stream().anyMatch(f -> f.toString().endsWith("/" + name));
    }
    if (name.matches("emr(\\.[a-z]+)*")) {
      String folder = "/" + name.replace('.', '/') + "/";
      return sources(tree).stream().anyMatch(f -> f.toString().contains(folder));
    }
    String[] parts = name.split("#", 2);
    String type = parts[0].substring(parts[0].lastIndexOf('.') + 1);
    return sources(tree).stream()
        .filter(f -> f.endsWith(type + ".java"))
        .anyMatch(f -> parts.length == 1 || text(f).contains(member(parts[1])));
  }

  private static String member(String name) {
    return name.replaceAll("\\(.*", "");
  }

  private static List<Path> sources(String tree) {
    return everything(tree).stream().filter(f -> f.toString().endsWith(".java")).toList();
  }

  private static List<Path> everything(String tree) {
    var all = new ArrayList<Path>();
    try (Stream<Path> modules = Files.list(CHECKOUT)) {
      for (Path module : modules.filter(m -> Files.isDirectory(m.resolve("src"))).toList()) {
        Path folder = module.resolve("src").resolve(tree);
        if (Files.isDirectory(folder)) {
          try (Stream<Path> files = Files.walk(folder)) {
            files.filter(Files::isRegularFile).forEach(all::add);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
