package emr.faces.entry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.jspecify.annotations.Nullable;

/** Short lists of what is often chosen. Whatever is not in them is kept as the words typed. */
public enum CodedList {
  PROBLEMS("problems.tsv", "http://hl7.org/fhir/sid/icd-10"),
  ALLERGIES("allergies.tsv", "http://snomed.info/sct"),
  MEDICATIONS("medications.tsv", "http://www.nlm.nih.gov/research/umls/rxnorm");

  private static final int SUGGESTED = 12;

  private final String system;
  private final List<Entry> entries;

  CodedList(String file, String system) {
    this.system = system;
    this.entries = lines(file).stream().map(Entry::of).toList();
  }

  /**
   * @param code empty where we know none for certain
   * @param groups of drugs that an allergy or a medication belongs to
   */
  private record Entry(String display, String code, Set<String> groups) {

    static Entry of(String line) {
      String[] part = line.split("\t", -1);
      return new Entry(
          part[0],
          part.length > 1 ? part[1] : "",
          part.length > 2 && !part[2].isBlank() ? Set.of(part[2].split(" ")) : Set.of());
    }
  }

  /** What stands in a list, without its remarks. */
  static List<String> lines(String file) {
    try (InputStream in = CodedList.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("missing " + file);
      }
      return new BufferedReader(new InputStreamReader(in, UTF_8))
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What {@code typed} may mean, entries that begin so first; at most twelve. */
  public List<String> suggestions(String typed) {
    String wanted = typed.strip().toLowerCase(Locale.ROOT);
    return entries.stream()
        .filter(e -> isIn(e, wanted))
        .sorted(
            Comparator.comparing(
                (Entry e) -> !e.display().toLowerCase(Locale.ROOT).startsWith(wanted)))
        .limit(SUGGESTED)
        .map(Entry::display)
        .toList();
  }

  private static boolean isIn(Entry entry, String wanted) {
    return entry.display().toLowerCase(Locale.ROOT).contains(wanted)
        || (!wanted.isEmpty() && entry.code().toLowerCase(Locale.ROOT).startsWith(wanted));
  }

  /** The words typed, with the code of the entry they are or begin with. */
  CodeableConcept concept(String typed) {
    var concept = new CodeableConcept().setText(typed.strip());
    find(typed)
        .filter(entry -> !entry.code().isEmpty())
        .ifPresent(
            e -> concept.addCoding().setSystem(system).setCode(e.code()).setDisplay(e.display()));
    return concept;
  }

  private Optional<Entry> find(String typed) {
    String words = typed.strip().toLowerCase(Locale.ROOT);
    return entries.stream()
        .filter(e -> words.startsWith(e.display().toLowerCase(Locale.ROOT)))
        .max(Comparator.comparingInt(e -> e.display().length()));
  }

  /**
   * Which of {@code allergies} speaks against {@code drug}: the same substance, or one of its
   * group. A help for the writer; it does not replace an interaction database.
   *
   * @param allergies as they stand in the chart, in words
   */
  public static @Nullable String against(String drug, List<String> allergies) {
    Set<String> groups = MEDICATIONS.groups(drug);
    String words = drug.toLowerCase(Locale.ROOT);
    return allergies.stream()
        .filter(
            allergy ->
                ALLERGIES.groups(allergy).stream().anyMatch(groups::contains)
                    || MEDICATIONS.groups(allergy).stream().anyMatch(groups::contains)
                    || (allergy.length() > 3 && words.contains(allergy.toLowerCase(Locale.ROOT))))
        .findFirst()
        .orElse(null);
  }

  /**
   * Which of {@code known} is what was {@code typed}: the same words, the same code, or of drugs
   * the same substance in another strength; null if none is.
   */
  @Nullable String alike(String typed, List<String> known) {
    String words = typed.strip();
    Optional<String> code = find(words).map(Entry::code).filter(c -> !c.isEmpty());
    return known.stream()
        .filter(
            one ->
                one.strip().equalsIgnoreCase(words)
                    || (code.isPresent() && find(one).map(Entry::code).equals(code))
                    || (this == MEDICATIONS && isSameSubstance(words, one)))
        .findFirst()
        .orElse(null);
  }

  private static boolean isSameSubstance(String one, String other) {
    String first = firstWord(one);
    return first.length() > 3 && first.equals(firstWord(other));
  }

  /** Groups of every entry whose first word occurs in {@code words}. */
  private Set<String> groups(String words) {
    List<String> given = Arrays.asList(words.toLowerCase(Locale.ROOT).split("[^a-z]+"));
    return entries.stream()
        .filter(e -> given.contains(firstWord(e)) || given.contains(firstWord(e) + "s"))
        .flatMap(e -> Stream.concat(e.groups().stream(), Stream.of(firstWord(e))))
        .collect(Collectors.toSet());
  }

  private static String firstWord(Entry entry) {
    return firstWord(entry.display());
  }

  /** Of Latin letters; empty for words in another script. */
  private static String firstWord(String words) {
    String[] parts = words.strip().toLowerCase(Locale.ROOT).split("[^a-z]+");
    return parts.length == 0 ? "" : parts[0];
  }
}
