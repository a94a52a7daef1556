package emr.faces;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.HumanName.NameUse;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.jspecify.annotations.Nullable;

/**
 * A person's name in every script it is written in.
 *
 * @param family in Latin letters, in capitals; empty if unknown
 * @param given in Latin letters; empty if unknown
 * @param kanji ideographic, or empty
 * @param kana syllabic, or empty
 */
public record PatientName(String family, String given, String kanji, String kana)
    implements Serializable {

  /** Which script a FHIR name is in: ABC alphabetic, IDE ideographic, SYL syllabic. */
  public static final String SCRIPT =
      "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation";

  /** Reads the names of one patient or practitioner; names of former use count last. */
  public static PatientName of(List<HumanName> names) {
    var latin = inScript(names, "ABC").or(() -> unmarked(names, false));
    var kanji = inScript(names, "IDE").or(() -> unmarked(names, true)).map(PatientName::whole);
    return new PatientName(
        latin.map(PatientName::family).orElse("").toUpperCase(Locale.ROOT),
        latin.map(PatientName::given).orElse(""),
        kanji.orElse(""),
        inScript(names, "SYL").map(PatientName::whole).orElse(""));
  }

  private static Optional<HumanName> inScript(List<HumanName> names, String script) {
    return names.stream()
        .filter(name -> script.equals(scriptOf(name)))
        .min(Comparator.comparingInt(PatientName::rank));
  }

  private static Optional<HumanName> unmarked(List<HumanName> names, boolean ideographic) {
    return names.stream()
        .filter(name -> scriptOf(name).isEmpty())
        .filter(name -> isIdeographic(whole(name)) == ideographic)
        .min(Comparator.comparingInt(PatientName::rank));
  }

  private static String scriptOf(HumanName name) {
    var extension = name.getExtensionByUrl(SCRIPT);
    return extension != null && extension.getValue() instanceof PrimitiveType<?> script
        ? script.getValueAsString()
        : "";
  }

  private static int rank(HumanName name) {
    if (name.getUse() == NameUse.OFFICIAL) {
      return 0;
    }
    return name.getUse() == NameUse.OLD || name.getUse() == NameUse.MAIDEN ? 2 : 1;
  }

  private static boolean isIdeographic(String text) {
    return text.codePoints().anyMatch(Character::isIdeographic);
  }

  private static String family(HumanName name) {
    return name.hasFamily() || name.hasGiven()
        ? nullToEmpty(name.getFamily())
        : nullToEmpty(name.getText());
  }

  private static String given(HumanName name) {
    return name.getGiven().stream()
        .map(PrimitiveType::getValueAsString)
        .collect(Collectors.joining(" "));
  }

  private static String whole(HumanName name) {
    return name.hasFamily() || name.hasGiven()
        ? (nullToEmpty(name.getFamily()) + " " + given(name)).strip()
        : nullToEmpty(name.getText());
  }

  private static String nullToEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** In one line: MORI Aiko; in another script if there is no Latin one. */
  public String inLine() {
    String latin = (family + " " + given).strip();
    if (!latin.isEmpty()) {
      return latin;
    }
    return kanji.isEmpty() ? kana : kanji;
  }

  /** The same, in the script that a reader of {@code language} reads first. */
  public String inLine(Locale language) {
    return isKanjiFirst(language) ? kanji : inLine();
  }

  /** Whether readers of {@code language} read the ideographic name first, and there is one. */
  public boolean isKanjiFirst(Locale language) {
    return !kanji.isEmpty() && language.getLanguage().equals("ja");
  }

  /**
   * Whether a hurried reader could take one for the other: same family name, and given names that
   * differ by at most one letter or sign. Equal names are alike too.
   */
  public boolean soundsLike(PatientName other) {
    if (!kana.isEmpty() && !other.kana.isEmpty()) {
      return withinOneSign(kana, other.kana);
    }
    return !family.isEmpty()
        && family.equalsIgnoreCase(other.family)
        && withinOneSign(given.toLowerCase(Locale.ROOT), other.given.toLowerCase(Locale.ROOT));
  }

  private static boolean withinOneSign(String one, String other) {
    int prefix = 0;
    int shorter = Math.min(one.length(), other.length());
    while (prefix < shorter && one.charAt(prefix) == other.charAt(prefix)) {
      prefix++;
    }
    int suffix = 0;
    while (suffix < shorter - prefix
        && one.charAt(one.length() - 1 - suffix) == other.charAt(other.length() - 1 - suffix)) {
      suffix++;
    }
    return Math.max(one.length(), other.length()) - prefix - suffix <= 1;
  }
}
