package emr.faces;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Base64BinaryType;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.Dosage;
import org.hl7.fhir.r4.model.Enumeration;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Money;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.Ratio;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.SampledData;
import org.hl7.fhir.r4.model.Timing;
import org.hl7.fhir.r4.model.Timing.UnitsOfTime;
import org.hl7.fhir.r4.model.UriType;
import org.hl7.fhir.utilities.xhtml.NodeType;
import org.hl7.fhir.utilities.xhtml.XhtmlNode;
import org.jspecify.annotations.Nullable;

/** FHIR R4 data types in words for people; empty where they hold nothing for people. */
public final class FhirText {

  private static final Pattern HUMP = Pattern.compile("(?<=[a-z])(?=[A-Z])");

  /** Systems some codes of which have words of our own: HL7's, and SNOMED CT. */
  private static final Pattern TRANSLATED =
      Pattern.compile("http://((terminology\\.)?hl7\\.org/(fhir|CodeSystem)/|snomed\\.info/sct)");

  private static final Set<String> BLOCKS =
      Set.of(
          "div",
          "p",
          "br",
          "li",
          "tr",
          "table",
          "ul",
          "ol",
          "dl",
          "dt",
          "dd",
          "pre",
          "blockquote",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "caption",
          "hr");

  private static final Set<String> UNREAD = Set.of("script", "style", "img");

  private FhirText() {}

  /** The text of a concept, or else its first display, or else its first code. */
  public static String concept(@Nullable CodeableConcept concept) {
    if (concept == null) {
      return "";
    }
    if (concept.hasText()) {
      return concept.getText();
    }
    return concept.getCoding().stream()
        .map(Coding::getDisplay)
        .filter(Objects::nonNull)
        .findFirst()
        .orElseGet(
            () -> concept.hasCoding() ? humanised(concept.getCodingFirstRep().getCode()) : "");
  }

  /** The same, but a code that is known here in the reader's language. */
  private static String concept(CodeableConcept concept, Viewpoint viewpoint) {
    if (concept.hasText()) {
      return concept.getText();
    }
    return concept.getCoding().stream()
        .filter(
            coding ->
                coding.hasCode()
                    && TRANSLATED.matcher(String.valueOf(coding.getSystem())).lookingAt())
        .map(coding -> known(coding.getCode(), viewpoint))
        .filter(Predicate.not(String::isEmpty))
        .findFirst()
        .orElseGet(() -> concept(concept));
  }

  /** A number as it was reported, a space, and its unit. */
  public static String quantity(@Nullable Quantity quantity) {
    if (quantity == null || quantity.getValue() == null) {
      return "";
    }
    String comparator = quantity.hasComparator() ? quantity.getComparator().toCode() + " " : "";
    return (comparator + number(quantity.getValue()) + " " + unit(quantity)).strip();
  }

  public static String unit(Quantity quantity) {
    String unit = quantity.hasUnit() ? quantity.getUnit() : quantity.getCode();
    if (unit == null) {
      return "";
    }
    return switch (unit) {
      case "Cel" -> "°C";
      case "mm[Hg]" -> "mmHg";
      case "{score}", "{nominal}", "1" -> "";
      case "kg/m2" -> "kg/m²";
      case "mL/min/{1.73_m2}" -> "mL/min/1.73 m²";
      default -> unit.replaceAll("\\{[^}]*}", "");
    };
  }

  public static String number(BigDecimal value) {
    BigDecimal shown = value.scale() > 3 ? value.setScale(2, RoundingMode.HALF_UP) : value;
    return shown.toPlainString();
  }

  /** Element and code names as words: "clinicalStatus" and "entered-in-error" read as sentences. */
  public static String humanised(@Nullable String name) {
    if (name == null || name.isEmpty()) {
      return "";
    }
    String words =
        HUMP.matcher(name.replace('-', ' ').replace('_', ' '))
            .replaceAll(" ")
            .toLowerCase(Locale.ROOT);
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  /** Any data type in one line. Empty for internal ids, bare references and nested structures. */
  public static String line(Base value, Viewpoint viewpoint) {
    if (value instanceof CodeableConcept concept) {
      return concept(concept, viewpoint);
    }
    if (value instanceof Coding coding) {
      return coding.hasDisplay() ? coding.getDisplay() : code(coding.getCode(), viewpoint);
    }
    if (value instanceof Quantity quantity) {
      return quantity(quantity);
    }
    if (value instanceof BaseDateTimeType time) {
      return viewpoint.when(time);
    }
    if (value instanceof Period period) {
      return span(viewpoint.when(period.getStartElement()), viewpoint.when(period.getEndElement()));
    }
    if (value instanceof Range range) {
      return span(quantity(range.getLow()), quantity(range.getHigh()));
    }
    if (value instanceof Ratio ratio) {
      return joined(" : ", quantity(ratio.getNumerator()), quantity(ratio.getDenominator()));
    }
    if (value instanceof Money money && money.getValue() != null) {
      return joined(" ", money.getValue().toPlainString(), money.getCurrency());
    }
    if (value instanceof HumanName name) {
      return PatientName.of(List.of(name)).inLine();
    }
    if (value instanceof Address address) {
      return address(address);
    }
    if (value instanceof ContactPoint contact) {
      return joined(
          " ",
          contact.getValue(),
          contact.hasUse() ? "(" + code(contact.getUse().toCode(), viewpoint) + ")" : "");
    }
    if (value instanceof Identifier identifier) {
      return PatientBanner.isForPeople(identifier.getValue())
          ? joined(" ", concept(identifier.getType()), identifier.getValue())
          : "";
    }
    if (value instanceof Reference reference) {
      return reference.hasDisplay() ? reference.getDisplay() : "";
    }
    if (value instanceof Annotation note) {
      return annotation(note, viewpoint);
    }
    if (value instanceof Attachment attachment) {
      return attachment(attachment, viewpoint);
    }
    if (value instanceof Dosage dosage) {
      return dosage(dosage, viewpoint);
    }
    if (value instanceof Timing timing) {
      return timing(timing, viewpoint);
    }
    if (value instanceof Narrative narrative) {
      return narrative(narrative);
    }
    if (value instanceof BooleanType truth) {
      return viewpoint.text(truth.booleanValue() ? "yes" : "no");
    }
    if (value instanceof Enumeration<?> code) {
      return code(code.getValueAsString(), viewpoint);
    }
    if (value instanceof IdType) {
      return "";
    }
    if (value instanceof CanonicalType definition) {
      String name = definition.getValue().replaceFirst("\\|.*", "").replaceFirst(".*/", "");
      return PatientBanner.isForPeople(name) ? humanised(name) : "";
    }
    if (value instanceof UriType uri) {
      return uri.getValue() != null && uri.getValue().startsWith("http") ? uri.getValue() : "";
    }
    if (value instanceof Base64BinaryType data) {
      return data.hasValue() ? size(data.getValue().length, viewpoint) : "";
    }
    if (value instanceof SampledData series) {
      return series.hasData()
          ? viewpoint.text("record.series", series.getData().strip().split("\\s+").length)
          : "";
    }
    if (value instanceof CodeType code) {
      return code(code.getValue(), viewpoint);
    }
    if (value instanceof PrimitiveType<?> primitive && primitive.hasValue()) {
      return primitive.getValueAsString();
    }
    return "";
  }

  /** A code of FHIR's own in words. */
  private static String code(@Nullable String code, Viewpoint viewpoint) {
    if (code == null) {
      return "";
    }
    String known = known(code, viewpoint);
    return known.isEmpty() ? humanised(code) : known;
  }

  /** The words that were written for a code; empty if none were. */
  private static String known(String code, Viewpoint viewpoint) {
    return viewpoint.textOr("state." + code, viewpoint.textOr("code." + code, ""));
  }

  /** Plain text of a narrative: its markup, and whatever that could do, stays behind. */
  static String narrative(Narrative narrative) {
    if (!narrative.hasDiv()) {
      return "";
    }
    var text = new StringBuilder();
    plain(narrative.getDiv(), text);
    return text.toString().replaceAll("[ \\t\\u00a0]+", " ").replaceAll(" ?\n[\\s]*", "\n").strip();
  }

  /** Blocks begin on a line of their own, so that what stood apart does not run together. */
  private static void plain(XhtmlNode node, StringBuilder text) {
    if (node.getContent() != null && node.getNodeType() == NodeType.Text) {
      text.append(node.getContent().replaceAll("\\s+", " "));
      return;
    }
    String name = node.getName() == null ? "" : node.getName();
    if (UNREAD.contains(name)) {
      return;
    }
    boolean block = BLOCKS.contains(name);
    text.append(block ? "\n" : "");
    node.getChildNodes().forEach(child -> plain(child, text));
    text.append(block ? "\n" : name.equals("td") || name.equals("th") ? " " : "");
  }

  private static String annotation(Annotation note, Viewpoint viewpoint) {
    String author =
        note.hasAuthorStringType()
            ? note.getAuthorStringType().getValue()
            : note.hasAuthorReference() ? note.getAuthorReference().getDisplay() : "";
    String when = note.hasTime() ? viewpoint.when(note.getTimeElement()) : "";
    String from = joined(", ", author, when);
    return from.isEmpty() ? note.getText() : note.getText() + " (" + from + ")";
  }

  private static String attachment(Attachment attachment, Viewpoint viewpoint) {
    String size = attachment.hasSize() ? size(attachment.getSize(), viewpoint) : "";
    return joined(", ", attachment.getTitle(), attachment.getContentType(), size);
  }

  public static String size(long octets, Viewpoint viewpoint) {
    if (octets < 1_000_000) {
      return viewpoint.text("size.kb", Math.max(1, octets / 1_000));
    }
    return viewpoint.text("size.mb", octets / 1_000_000.0);
  }

  static String dosage(Dosage dosage, Viewpoint viewpoint) {
    if (dosage.hasText()) {
      return dosage.getText();
    }
    String dose =
        dosage.getDoseAndRate().stream()
            .map(rate -> rate.hasDoseQuantity() ? quantity(rate.getDoseQuantity()) : "")
            .filter(Predicate.not(String::isEmpty))
            .findFirst()
            .orElse("");
    String asNeeded =
        dosage.hasAsNeededBooleanType() && dosage.getAsNeededBooleanType().booleanValue()
            ? viewpoint.text("dose.as-needed")
            : "";
    return joined(
        ", ", dose, timing(dosage.getTiming(), viewpoint), concept(dosage.getRoute()), asNeeded);
  }

  private static String timing(Timing timing, Viewpoint viewpoint) {
    if (timing.hasCode()) {
      CodeableConcept code = timing.getCode();
      return viewpoint.textOr("timing." + code.getCodingFirstRep().getCode(), concept(code));
    }
    var repeat = timing.getRepeat();
    UnitsOfTime unit = repeat.getPeriodUnit();
    if (!repeat.hasFrequency() || !repeat.hasPeriod() || unit == null || unit == UnitsOfTime.NULL) {
      return "";
    }
    String period = number(repeat.getPeriod()).replaceFirst("\\.0+$", "");
    String every = period.equals("1") ? "dose.per." : "dose.every.";
    return viewpoint.text(every + unit.toCode(), Integer.toString(repeat.getFrequency()), period);
  }

  private static String address(Address address) {
    if (address.hasText()) {
      return address.getText();
    }
    return Stream.concat(
            address.getLine().stream().map(PrimitiveType::getValueAsString),
            Stream.of(
                address.getCity(),
                address.getState(),
                address.getPostalCode(),
                address.getCountry()))
        .filter(part -> part != null && !part.isBlank())
        .collect(Collectors.joining(", "));
  }

  private static String span(String from, String until) {
    if (from.isEmpty() && until.isEmpty()) {
      return "";
    }
    return from.equals(until) ? from : from + " – " + until;
  }

  public static String joined(String between, @Nullable String... parts) {
    return Stream.of(parts)
        .filter(part -> part != null && !part.isBlank())
        .collect(Collectors.joining(between));
  }
}
