package emr.system;

import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Location.LocationPositionComponent;
import org.hl7.fhir.r4.model.Money;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.SampledData;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Timing;

/**
 * By which values of a search parameter a resource is found: HAPI's FHIRPath says where they are,
 * this how they are asked for.
 */
final class Asking {

  /** Characters; nobody asks for more of a text. */
  private static final int LONG_TEXT = 20;

  /** That only references to records of one type count. */
  private static final Pattern TARGET = Pattern.compile("\\.where\\(resolve\\(\\) is (\\w+)\\)");

  private Asking() {}

  /**
   * @param parameter its name, perhaps with a modifier
   */
  record Query(String parameter, String value) {}

  /** What {@code path} leads to; nothing is resolved, an address says of what type it is. */
  static List<IBase> values(IBase resource, String path) {
    var values = new ArrayList<IBase>();
    for (String alternative : path.split("\\|")) {
      Matcher target = TARGET.matcher(alternative);
      String type = target.find() ? target.group(1) : null;
      for (IBase value :
          Partner.R4.newFhirPath().evaluate(resource, target.replaceAll("").strip(), IBase.class)) {
        if (type == null
            || (value instanceof Reference reference
                && String.valueOf(reference.getReference()).startsWith(type + "/"))) {
          values.add(value);
        }
      }
    }
    return values;
  }

  /** What finds the resource of which {@code values} are what a parameter of its type leads to. */
  static List<Query> by(RuntimeSearchParam parameter, List<IBase> values) {
    var queries = new ArrayList<Query>();
    for (IBase value : values) {
      for (String text : texts(parameter.getParamType(), value)) {
        if (!text.isBlank()) {
          queries.add(new Query(parameter.getName(), text));
        }
      }
      if (value instanceof Reference reference && reference.getIdentifier().hasValue()) {
        queries.add(
            new Query(
                parameter.getName() + ":identifier",
                escaped(reference.getIdentifier().getValue())));
      }
    }
    return queries;
  }

  /** Of a composite: values of all its parts, in one element. */
  static List<Query> composed(RuntimeSearchParam parameter, String type, Resource resource) {
    var queries = new ArrayList<Query>();
    List<String> bases = List.of(parameter.getPath().split("\\s*\\|\\s*"));
    for (String base : bases) {
      for (IBase element : values(resource, base)) {
        List<String> parts =
            parameter.getComponents().stream()
                .map(component -> part(component.getReference(), type, base, bases, element))
                .toList();
        if (parts.stream().noneMatch(String::isEmpty)) {
          queries.add(new Query(parameter.getName(), String.join("$", parts)));
        }
      }
    }
    return queries;
  }

  /** Empty where the element has no value for it. */
  private static String part(
      String reference, String type, String base, List<String> bases, IBase element) {
    RuntimeSearchParam part =
        Partner.R4
            .getResourceDefinition(type)
            .getSearchParam(reference.substring(reference.lastIndexOf('/') + type.length() + 2));
    for (String path : part.getPath().split("\\s*\\|\\s*")) {
      String plain = path.startsWith("(") ? path.substring(1) : path;
      boolean deeper =
          bases.stream()
              .anyMatch(other -> other.length() > base.length() && plain.startsWith(other + "."));
      if (plain.startsWith(base + ".") && !deeper) {
        String rest = plain.substring(base.length() + 1);
        for (IBase value : values(element, path.startsWith("(") ? "(" + rest : rest)) {
          List<String> texts = texts(part.getParamType(), value);
          if (!texts.isEmpty()) {
            return texts.get(0);
          }
        }
      }
    }
    return "";
  }

  /** Whether a record can be found by it at all. */
  static boolean saysSomething(RestSearchParameterTypeEnum kind, IBase value) {
    return switch (kind) {
      case REFERENCE ->
          value instanceof Reference reference
              ? reference.hasReference()
                  && !reference.getReference().startsWith("#")
                  && !isForeignPatient(reference.getReference())
              : hasText(value);
      case DATE ->
          value instanceof BaseDateTimeType
              || value instanceof Period period && (period.hasStart() || period.hasEnd())
              || value instanceof Timing timing && timing.hasEvent();
      case TOKEN ->
          value instanceof CodeableConcept concept
              ? concept.getCoding().stream().anyMatch(Coding::hasCode)
              : value instanceof Identifier identifier
                  ? identifier.hasValue()
                  : value instanceof ContactPoint contact ? contact.hasValue() : hasText(value);
      case NUMBER, QUANTITY -> hasText(value) || value instanceof Quantity q && q.hasValue();
      case STRING, URI -> hasText(value) || value instanceof HumanName;
      default -> false;
    };
  }

  private static boolean hasText(IBase value) {
    return value instanceof PrimitiveType<?> primitive && !text(primitive).isBlank();
  }

  /** An address that ends like a patient's here stands for that patient, who is not there. */
  private static boolean isForeignPatient(String reference) {
    return reference.startsWith("http") && reference.contains("/Patient/");
  }

  private static List<String> texts(RestSearchParameterTypeEnum kind, IBase value) {
    return switch (kind) {
      case TOKEN -> tokens(value);
      case STRING -> strings(value);
      case REFERENCE -> references(value);
      case DATE -> dates(value);
      case NUMBER, QUANTITY -> numbers(value);
      case URI -> value instanceof PrimitiveType<?> uri ? List.of(escaped(text(uri))) : List.of();
      default ->
          value instanceof LocationPositionComponent at
              ? List.of(at.getLatitude() + "|" + at.getLongitude() + "|1|km")
              : List.of();
    };
  }

  private static String text(PrimitiveType<?> value) {
    String text = value.getValueAsString();
    return text == null ? "" : text;
  }

  private static List<String> tokens(IBase value) {
    if (value instanceof CodeableConcept concept) {
      return concept.getCoding().stream().flatMap(coding -> tokens(coding).stream()).toList();
    }
    if (value instanceof Coding coding) {
      return coding.hasCode() ? List.of(token(coding.getSystem(), coding.getCode())) : List.of();
    }
    if (value instanceof Identifier identifier) {
      return identifier.hasValue()
          ? List.of(token(identifier.getSystem(), identifier.getValue()))
          : List.of();
    }
    if (value instanceof ContactPoint contact) {
      return contact.hasValue() ? List.of(escaped(contact.getValue())) : List.of();
    }
    if (value instanceof BaseDateTimeType) { // as in deceased
      return List.of("true");
    }
    if (value instanceof BooleanType || value instanceof PrimitiveType<?>) {
      return List.of(escaped(text((PrimitiveType<?>) value)));
    }
    return List.of();
  }

  private static String token(String system, String code) {
    return system == null ? escaped(code) : escaped(system) + "|" + escaped(code);
  }

  private static List<String> strings(IBase value) {
    var texts = new ArrayList<StringType>();
    if (value instanceof HumanName name) {
      texts.addAll(name.getGiven());
      texts.add(name.getFamilyElement());
      texts.add(name.getTextElement());
    } else if (value instanceof Address address) {
      texts.addAll(address.getLine());
      texts.add(address.getCityElement());
      texts.add(address.getPostalCodeElement());
      texts.add(address.getCountryElement());
    } else if (value instanceof PrimitiveType<?> text) {
      texts.add(new StringType(text(text)));
    }
    return texts.stream()
        .map(Asking::text)
        .filter(text -> !text.isBlank())
        .map(text -> text.length() > LONG_TEXT ? text.substring(0, LONG_TEXT) : text)
        .map(Asking::escaped)
        .toList();
  }

  private static List<String> references(IBase value) {
    if (value instanceof Reference reference) {
      String text = reference.getReference();
      return text == null || text.startsWith("#") || isForeignPatient(text)
          ? List.of()
          : List.of(escaped(text));
    }
    if (value instanceof Resource resource) {
      return resource.hasId() && !resource.getIdElement().getIdPart().startsWith("#")
          ? List.of(resource.fhirType() + "/" + resource.getIdElement().getIdPart())
          : List.of();
    }
    return value instanceof PrimitiveType<?> canonical
        ? List.of(escaped(text(canonical)))
        : List.of();
  }

  private static List<String> dates(IBase value) {
    if (value instanceof BaseDateTimeType time) {
      return List.of(text(time));
    }
    if (value instanceof Timing timing) {
      return timing.hasEvent() ? List.of(text(timing.getEvent().get(0))) : List.of();
    }
    if (value instanceof Period period) {
      return period.hasStart()
          ? List.of("ge" + text(period.getStartElement()))
          : period.hasEnd() ? List.of("le" + text(period.getEndElement())) : List.of();
    }
    return List.of();
  }

  private static List<String> numbers(IBase value) {
    if (value instanceof PrimitiveType<?> number) {
      return List.of(text(number));
    }
    if (value instanceof Quantity quantity) {
      return quantity.hasValue() && !quantity.hasComparator()
          ? List.of(text(quantity.getValueElement()))
          : quantity.hasValue() ? List.of("ne-123456") : List.of();
    }
    if (value instanceof Money money) {
      return money.hasValue() ? List.of(text(money.getValueElement())) : List.of();
    }
    if (value instanceof Range range) {
      return range.hasLow()
          ? List.of("ge" + text(range.getLow().getValueElement()))
          : List.of("le" + text(range.getHigh().getValueElement()));
    }
    return value instanceof SampledData data
        ? List.of(
            data.hasUpperLimit()
                ? "le" + text(data.getUpperLimitElement())
                : text(data.getOrigin().getValueElement()))
        : List.of();
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("|", "\\|").replace(",", "\\,").replace("$", "\\$");
  }
}
