package emr.faces.entry;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;

/**
 * What is often ordered: laboratory tests, imaging and procedures, by names in both languages.
 * Whatever is not in it is kept as the words typed; words that only begin like a name are no test
 * of that name.
 */
public final class OrderList {

  private static final int SUGGESTED = 12;
  private static final String SNOMED = "http://snomed.info/sct";

  private static final Map<String, String> SYSTEMS =
      Map.of("loinc", "http://loinc.org", "sct", SNOMED);

  private static final Map<String, Coding> CATEGORIES =
      Map.of(
          "laboratory", new Coding(SNOMED, "108252007", "Laboratory procedure"),
          "imaging", new Coding(SNOMED, "363679005", "Imaging"),
          "procedure", new Coding(SNOMED, "71388002", "Procedure"));

  private static final List<Entry> ENTRIES =
      CodedList.lines("orders.tsv").stream().map(Entry::of).toList();

  private OrderList() {}

  /**
   * @param coding with what it is called in its own system
   */
  record Entry(String name, String japanese, Coding category, Coding coding) {

    private static Entry of(String line) {
      String[] part = line.split("\t", -1);
      return new Entry(
          part[0],
          part[1],
          Optional.ofNullable(CATEGORIES.get(part[2])).orElseThrow(),
          new Coding(Optional.ofNullable(SYSTEMS.get(part[3])).orElseThrow(), part[4], part[5]));
    }

    private String in(Locale language) {
      return language.getLanguage().equals("ja") ? japanese : name;
    }

    private Stream<String> names() {
      return Stream.of(name, japanese);
    }
  }

  static List<Entry> entries() {
    return ENTRIES;
  }

  /**
   * What {@code typed} may mean, by name in either language or by code; entries that begin so
   * first; at most twelve.
   *
   * @param language in which they are named
   */
  public static List<String> suggestions(String typed, Locale language) {
    String wanted = folded(typed);
    return ENTRIES.stream()
        .filter(entry -> isMeant(entry, wanted))
        .sorted(Comparator.comparing((Entry e) -> !folded(e.in(language)).startsWith(wanted)))
        .limit(SUGGESTED)
        .map(entry -> entry.in(language))
        .toList();
  }

  private static boolean isMeant(Entry entry, String wanted) {
    return entry.names().anyMatch(name -> folded(name).contains(wanted))
        || (!wanted.isEmpty() && entry.coding().getCode().startsWith(wanted));
  }

  /** The entry of which {@code typed} is a name; empty for other words. */
  static Optional<Entry> find(String typed) {
    String words = folded(typed);
    return ENTRIES.stream()
        .filter(entry -> entry.names().anyMatch(name -> folded(name).equals(words)))
        .findFirst();
  }

  /** The words typed, with their code if they are a name of the list. */
  static CodeableConcept concept(String typed) {
    var concept = new CodeableConcept().setText(typed.strip());
    find(typed).ifPresent(entry -> concept.addCoding(entry.coding().copy()));
    return concept;
  }

  private static String folded(String words) {
    return words.strip().toLowerCase(Locale.ROOT);
  }
}
