package emr.faces.entry;

import static java.nio.charset.StandardCharsets.UTF_8;

import emr.faces.Viewpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.jspecify.annotations.Nullable;

/**
 * Short lists of what is often chosen, in English and Japanese. Whatever is not in them is kept as
 * the words typed. Names are compared without regard to case, to width, and to which kana they are
 * written in.
 */
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
   * @param display in English
   * @param code empty where we know none for certain
   * @param groups of drugs that an allergy or a medication belongs to
   * @param japanese what it is called in Japanese, the usual name first
   * @param names all of them, {@linkplain CodedList#folded folded}
   */
  private record Entry(
      String display, String code, Set<String> groups, List<String> japanese, List<String> names) {

    static Entry of(String line) {
      String[] part = line.split("\t", -1);
      List<String> japanese = List.of(part[3].split("\\|"));
      return new Entry(
          part[0],
          part[1],
          part[2].isBlank() ? Set.of() : Set.of(part[2].split(" ")),
          japanese,
          Stream.concat(Stream.of(part[0]), japanese.stream()).map(CodedList::folded).toList());
    }

    String name(Viewpoint viewpoint) {
      return viewpoint.locale().getLanguage().equals("ja") ? japanese.get(0) : display;
    }

    /** Whether one of its names occurs in {@code words}, which are folded. */
    boolean occursIn(String words) {
      return names.stream().anyMatch(name -> occurs(name, words));
    }

    /** Of a name in Latin letters its first word is enough. */
    private static boolean occurs(String name, String words) {
      String first = firstWord(name);
      if (first.isEmpty()) {
        return isWithin(name, words);
      }
      List<String> given = Arrays.asList(words.split("[^a-z]+"));
      return given.contains(first) || given.contains(first + "s");
    }

    /** The length of the longest of its names that {@code words} are or begin with; 0 if none. */
    int begins(String words) {
      return names.stream()
          .filter(name -> words.startsWith(name))
          .mapToInt(String::length)
          .filter(end -> end == words.length() || !Character.isLetter(words.charAt(end)))
          .max()
          .orElse(0);
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

  /** Of one case and width, and kana as katakana. */
  private static String folded(String words) {
    return Normalizer.normalize(words.strip(), Normalizer.Form.NFKC)
        .toLowerCase(Locale.ROOT)
        .codePoints()
        .map(sign -> sign >= 'ぁ' && sign <= 'ゖ' ? sign + 'ァ' - 'ぁ' : sign)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /**
   * What {@code typed} may mean, in the reader's language, entries with a name that begins so
   * first; at most twelve.
   */
  public List<String> suggestions(String typed, Viewpoint viewpoint) {
    String wanted = folded(typed);
    return entries.stream()
        .filter(e -> isIn(e, wanted))
        .sorted(
            Comparator.comparing(
                (Entry e) -> e.names().stream().noneMatch(name -> name.startsWith(wanted))))
        .map(e -> e.name(viewpoint))
        .distinct()
        .limit(SUGGESTED)
        .toList();
  }

  private static boolean isIn(Entry entry, String wanted) {
    return entry.names().stream().anyMatch(name -> name.contains(wanted))
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
    String words = folded(typed);
    return entries.stream()
        .filter(e -> e.begins(words) > 0)
        .max(Comparator.comparingInt(e -> e.begins(words)));
  }

  /** What one of {@code codes}, each {@code system|code}, is called; empty if no list has it. */
  static Optional<String> called(Collection<String> codes, Viewpoint viewpoint) {
    return Arrays.stream(values())
        .flatMap(list -> list.coded(codes))
        .map(entry -> entry.name(viewpoint))
        .findFirst();
  }

  private Stream<Entry> coded(Collection<String> codes) {
    return entries.stream()
        .filter(e -> !e.code().isEmpty() && codes.contains(system + "|" + e.code()));
  }

  /**
   * Which of {@code allergies} speaks against {@code drug}: the same substance, or one of its
   * group. A help for the writer; it does not replace an interaction database.
   */
  public static @Nullable String against(String drug, List<Noted> allergies) {
    Set<String> groups = groups(Noted.typed(drug));
    String words = folded(drug);
    return allergies.stream()
        .filter(
            allergy ->
                groups(allergy).stream().anyMatch(groups::contains)
                    || allergy.names().stream().anyMatch(name -> isWithin(folded(name), words)))
        .findFirst()
        .map(Noted::words)
        .orElse(null);
  }

  /** Japanese has no gaps between words: what is too short to be one by itself must be all. */
  private static boolean isWithin(String name, String words) {
    int enough = firstWord(name).isEmpty() ? 3 : 4;
    return name.length() < enough ? words.equals(name) : words.contains(name);
  }

  /**
   * Which of {@code known} is what was {@code typed}: the same words, the same code, or of drugs
   * the same substance in another strength; null if none is.
   */
  @Nullable String alike(String typed, List<Noted> known) {
    String words = folded(typed);
    return known.stream()
        .filter(
            one ->
                one.names().stream().map(CodedList::folded).anyMatch(words::equals)
                    || isSameEntry(words, one)
                    || (this == MEDICATIONS && isSameSubstance(words, one)))
        .findFirst()
        .map(Noted::words)
        .orElse(null);
  }

  private boolean isSameEntry(String words, Noted other) {
    return find(words)
        .filter(
            entry ->
                coded(other.codes()).anyMatch(entry::equals)
                    || other.names().stream()
                        .flatMap(name -> find(name).stream())
                        .anyMatch(
                            one ->
                                one.equals(entry)
                                    || (!one.code().isEmpty() && one.code().equals(entry.code()))))
        .isPresent();
  }

  private static boolean isSameSubstance(String words, Noted other) {
    String first = firstWord(words);
    return (first.length() > 3
            && other.names().stream().map(name -> firstWord(folded(name))).anyMatch(first::equals))
        || MEDICATIONS
            .entries(Noted.typed(words))
            .anyMatch(MEDICATIONS.entries(other).collect(Collectors.toSet())::contains);
  }

  /** Entries whose code or name {@code noted} has. */
  private Stream<Entry> entries(Noted noted) {
    List<String> names = noted.names().stream().map(CodedList::folded).toList();
    return Stream.concat(
        coded(noted.codes()), entries.stream().filter(e -> names.stream().anyMatch(e::occursIn)));
  }

  /** Groups of every drug or allergy that {@code noted} is; each is a group of its own. */
  private static Set<String> groups(Noted noted) {
    return Stream.of(ALLERGIES, MEDICATIONS)
        .flatMap(list -> list.entries(noted))
        .flatMap(e -> Stream.concat(e.groups().stream(), Stream.of(firstWord(folded(e.display())))))
        .collect(Collectors.toSet());
  }

  /** Of words that begin in Latin letters; empty for words in another script. */
  private static String firstWord(String words) {
    return words.split("[^a-z]", 2)[0];
  }
}
