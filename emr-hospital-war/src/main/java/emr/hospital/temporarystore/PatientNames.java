package emr.hospital.temporarystore;

import com.fasterxml.jackson.databind.JsonNode;
import emr.exchange.record.PatientId;
import java.text.Normalizer;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Reads from a FHIR Patient what people look for, and makes names comparable. */
final class PatientNames {

  private static final String SCRIPT =
      "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation";
  private static final int HIRAGANA_TO_KATAKANA = 'ア' - 'あ';
  private static final int LONGEST = 200;

  private PatientNames() {}

  /** The patient that {@code patient}, a FHIR Patient, describes. */
  static KnownPatient read(JsonNode patient, boolean registeredHere) {
    String latinFamily = "";
    String latinGiven = "";
    String kana = "";
    String kanji = "";
    for (JsonNode name : patient.path("name")) {
      String family = name.path("family").asText(name.path("text").asText(""));
      var given = new StringJoiner(" ");
      name.path("given").forEach(g -> given.add(g.asText()));
      String whole = (family + " " + given).strip();
      switch (script(name, whole)) {
        case "SYL" -> kana = kana.isEmpty() ? whole : kana;
        case "IDE" -> kanji = kanji.isEmpty() ? whole : kanji;
        default -> {
          if (latinFamily.isEmpty() && latinGiven.isEmpty()) {
            latinFamily = family;
            latinGiven = given.toString();
          }
        }
      }
    }
    return new KnownPatient(
        new PatientId(patient.path("id").asText()),
        cut(latinFamily),
        cut(latinGiven),
        cut(kana),
        cut(kanji),
        date(patient.path("birthDate").asText("")),
        cut(patient.path("gender").asText("")).replaceAll("(?<=^.{20}).*", ""),
        cut(number(patient)).replaceAll("(?<=^.{100}).*", ""),
        registeredHere);
  }

  private static String script(JsonNode name, String whole) {
    for (JsonNode extension : name.path("extension")) {
      if (SCRIPT.equals(extension.path("url").asText())) {
        return extension.path("valueCode").asText();
      }
    }
    if (whole.codePoints().anyMatch(Character::isIdeographic)) {
      return "IDE";
    }
    return whole.codePoints().anyMatch(PatientNames::isKana) ? "SYL" : "ABC";
  }

  private static boolean isKana(int sign) {
    var block = Character.UnicodeBlock.of(sign);
    return block == Character.UnicodeBlock.HIRAGANA || block == Character.UnicodeBlock.KATAKANA;
  }

  /** The medical record number if there is one, else the first identifier. */
  private static String number(JsonNode patient) {
    for (JsonNode identifier : patient.path("identifier")) {
      for (JsonNode coding : identifier.path("type").path("coding")) {
        if (coding.path("code").asText().equals("MR")) {
          return identifier.path("value").asText("");
        }
      }
    }
    return patient.path("identifier").path(0).path("value").asText("");
  }

  private static @Nullable LocalDate date(String text) {
    try {
      return text.length() == 10 ? LocalDate.parse(text) : null;
    } catch (DateTimeParseException e) {
      return null; // a birth date that is none cannot be looked for
    }
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }

  /** All words of all names, folded, with a space before and after each. */
  static String searchable(KnownPatient patient) {
    var words = new StringJoiner(" ", " ", " ");
    for (String name :
        List.of(patient.family(), patient.given(), patient.kana(), patient.kanji())) {
      words(name).forEach(words::add);
    }
    return words.toString();
  }

  /** The folded words of {@code text}. */
  static List<String> words(String text) {
    var words = new ArrayList<String>();
    Arrays.stream(fold(text).split("[\\s,・]+")).filter(w -> !w.isEmpty()).forEach(words::add);
    return words;
  }

  /** Without case, accents and width, and all syllables as katakana. */
  static String fold(String text) {
    String plain =
        Normalizer.normalize(
                Normalizer.normalize(text, Normalizer.Form.NFKD)
                    .replaceAll("[\\u0300-\\u036f]", ""),
                Normalizer.Form.NFKC)
            .toLowerCase(Locale.ROOT);
    var folded = new StringBuilder(plain.length());
    plain
        .chars()
        .forEach(c -> folded.append((char) (c >= 'ぁ' && c <= 'ゖ' ? c + HIRAGANA_TO_KATAKANA : c)));
    return folded.toString();
  }

  /** Whether the two may be the same person: same birth date or number, and a name in common. */
  static boolean alike(KnownPatient one, KnownPatient other) {
    if (one.id().equals(other.id())) {
      return false;
    }
    if (!one.number().isEmpty() && one.number().equals(other.number())) {
      return true;
    }
    return one.birthDate() != null
        && one.birthDate().equals(other.birthDate())
        && (same(one.family(), other.family())
            || same(one.given(), other.given())
            || same(one.kana(), other.kana())
            || same(one.kanji(), other.kanji()));
  }

  private static boolean same(String one, String other) {
    return !one.isEmpty() && fold(one).equals(fold(other));
  }
}
