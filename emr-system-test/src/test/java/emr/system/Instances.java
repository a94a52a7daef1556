package emr.system;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeChildChoiceDefinition;
import ca.uhn.fhir.context.RuntimeChildResourceDefinition;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Enumeration;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.utilities.xhtml.XhtmlNode;

/** Makes a resource of any type with a value in every element, from the definitions alone. */
final class Instances {

  private static final FhirContext R4 = Partner.R4;
  private static final int DEPTH = 3;

  private static final Set<String> LEFT_OUT =
      Set.of("id", "meta", "extension", "modifierExtension", "contained", "implicitRules");

  private final String patient;

  /**
   * @param patient {@code Patient/x}, which all refer to that may
   */
  Instances(String patient) {
    this.patient = patient;
  }

  Resource of(String type) {
    var resource = (Resource) R4.getResourceDefinition(type).newInstance();
    fill(resource, R4.getResourceDefinition(type), 0);
    return resource;
  }

  private void fill(IBase into, BaseRuntimeElementCompositeDefinition<?> definition, int depth) {
    for (BaseRuntimeChildDefinition child : definition.getChildren()) {
      boolean wanted = depth < DEPTH || child.getMin() > 0;
      if (wanted && !LEFT_OUT.contains(child.getElementName())) {
        fill(into, child, depth);
      }
    }
  }

  private void fill(IBase into, BaseRuntimeChildDefinition child, int depth) {
    String name = child.getElementName();
    if (child instanceof RuntimeChildResourceDefinition holder && !isReference(child)) {
      if (holder.getMin() > 0) {
        child.getMutator().addValue(into, of("Basic"));
      }
      return;
    }
    String chosen = chosen(child);
    BaseRuntimeElementDefinition<?> element = child.getChildByName(chosen);
    if (element == null) {
      return;
    }
    IBase value = element.newInstance(child.getInstanceConstructorArguments());
    if (value instanceof Enumeration<?> code) {
      code.setValueAsString(code(child));
    } else if (value instanceof IPrimitiveType<?> primitive) {
      primitive.setValueAsString(text(element.getName(), name));
    } else if (value instanceof Narrative narrative) {
      narrative.setStatus(Narrative.NarrativeStatus.GENERATED);
      var div = new XhtmlNode();
      div.setValueAsString("<div xmlns=\"http://www.w3.org/1999/xhtml\">\u6cbb <b>x</b></div>");
      narrative.setDiv(div);
    } else if (value instanceof Reference reference) {
      refer(reference, child);
    } else if (value instanceof Extension) {
      return;
    } else if (element instanceof BaseRuntimeElementCompositeDefinition<?> composite) {
      fill(value, composite, depth + 1);
    } else {
      return;
    }
    if (!value.isEmpty()) {
      child.getMutator().addValue(into, value);
    }
  }

  private static boolean isReference(BaseRuntimeChildDefinition child) {
    return child.getChildByName(child.getElementName()) != null
        && child.getChildByName(child.getElementName()).getName().equals("Reference");
  }

  /** Of a choice, the type that says most. */
  private static String chosen(BaseRuntimeChildDefinition child) {
    if (child instanceof RuntimeChildChoiceDefinition) {
      String name = child.getElementName().replace("[x]", "");
      for (String type :
          List.of("Quantity", "CodeableConcept", "DateTime", "Reference", "String")) {
        if (child.getValidChildNames().contains(name + type)) {
          return name + type;
        }
      }
      return child.getValidChildNames().stream().sorted().findFirst().orElseThrow();
    }
    return child.getElementName();
  }

  private void refer(Reference reference, BaseRuntimeChildDefinition child) {
    List<Class<? extends IBaseResource>> targets =
        child instanceof RuntimeChildResourceDefinition plain
            ? plain.getResourceTypes()
            : child instanceof RuntimeChildChoiceDefinition choice
                ? choice.getResourceTypes()
                : List.of();
    List<String> types = targets.stream().map(Class::getSimpleName).sorted().toList();
    boolean any = types.isEmpty() || types.contains("Resource") || types.contains("IAnyResource");
    reference.setReference(
        any || types.contains("Patient") ? patient : types.get(0) + "/of-an-instance");
    reference.setDisplay("shown");
  }

  private static String code(BaseRuntimeChildDefinition child) {
    try {
      Class<?> codes = (Class<?>) child.getClass().getMethod("getBoundEnumType").invoke(child);
      Object first = codes.getEnumConstants()[0];
      return (String) codes.getMethod("toCode").invoke(first);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(child.getElementName() + " is bound to no codes", e);
    }
  }

  private static String text(String type, String name) {
    return switch (type) {
      case "boolean" -> "true";
      case "integer", "positiveInt", "unsignedInt" -> "7";
      case "decimal" -> "12.3400";
      case "date" -> "2026-02-03";
      case "dateTime" -> "2026-02-03T04:05:06+09:00";
      case "instant" -> "2026-02-03T04:05:06.789+09:00";
      case "time" -> "04:05:06";
      case "base64Binary" -> "AAEC";
      case "uri", "url", "canonical" -> "http://example.org/" + name;
      case "oid" -> "urn:oid:1.2.3";
      case "uuid" -> "urn:uuid:c757873d-ec9a-4326-a141-556f43239520";
      case "code" ->
          switch (name) {
            case "language" -> "en";
            case "contentType", "_content" -> "text/plain";
            case "currency" -> "JPY";
            default -> "code";
          };
      case "id" -> "id-1";
      default -> "\u6cbb\u7642 " + name;
    };
  }

  /** A tag that no other resource has. */
  static Coding tag(String code) {
    return new Coding().setSystem("urn:test:instances").setCode(code);
  }
}
