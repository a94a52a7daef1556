package emr.validation;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeChildChoiceDefinition;
import ca.uhn.fhir.context.RuntimeChildPrimitiveEnumerationDatatypeDefinition;
import ca.uhn.fhir.context.RuntimeChildResourceDefinition;
import ca.uhn.fhir.context.RuntimeResourceDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.jspecify.annotations.Nullable;

/**
 * What may stand in a resource or a type with parts, in tables that are made once of HAPI's
 * definitions.
 *
 * @param type as FHIR names it; one of HAPI's for a part that FHIR gives no name of its own
 */
public record Shape(
    String type, boolean isResource, Map<String, Field> fields, List<Required> required) {

  private static final FhirContext R4 = FhirContext.forR4Cached();

  private static final Set<String> TYPES = Set.copyOf(R4.getResourceTypes());

  private static final Set<String> EXTENSIONS = Set.of("extension", "modifierExtension");

  /**
   * What may stand under a name: a primitive, an element with parts, or else a whole resource.
   *
   * @param targets the types that a reference may lead to; empty for all
   * @param codes that a primitive may have; empty for all
   * @param choice of which it is one type; null for no choice
   */
  public record Field(
      boolean isList,
      @Nullable Primitive primitive,
      @Nullable BaseRuntimeElementCompositeDefinition<?> composite,
      Set<String> targets,
      Set<String> codes,
      @Nullable String choice) {

    private static Field of(boolean isList, Primitive primitive) {
      return new Field(isList, primitive, null, Set.of(), Set.of(), null);
    }
  }

  /**
   * An element that must be there.
   *
   * @param names under which it may be; several for a choice of types
   */
  public record Required(String element, Set<String> names) {}

  /** HAPI has several kinds of definitions for them. */
  static final Field EXTENSION =
      new Field(
          true,
          null,
          (BaseRuntimeElementCompositeDefinition<?>) R4.getElementDefinition("Extension"),
          Set.of(),
          Set.of(),
          null);

  /** What a primitive may have beside its value: an id and extensions. */
  public static final Shape OF_PRIMITIVE =
      new Shape(
          "Element",
          false,
          Map.of("id", Field.of(false, Primitive.STRING), "extension", EXTENSION),
          List.of());

  private static final Map<BaseRuntimeElementCompositeDefinition<?>, Shape> KNOWN =
      new ConcurrentHashMap<>();

  /** Null for what is no type of a resource. */
  public static @Nullable Shape ofResource(String type) {
    return TYPES.contains(type) ? of(R4.getResourceDefinition(type)) : null;
  }

  /** Of a {@link Field#composite}. */
  public static Shape of(BaseRuntimeElementCompositeDefinition<?> definition) {
    Shape shape = KNOWN.get(definition);
    if (shape == null) {
      shape = make(definition);
      KNOWN.put(definition, shape);
    }
    return shape;
  }

  private static Shape make(BaseRuntimeElementCompositeDefinition<?> definition) {
    boolean isResource = definition instanceof RuntimeResourceDefinition;
    var fields = new HashMap<String, Field>(isResource ? Map.of() : OF_PRIMITIVE.fields);
    var required = new ArrayList<Required>();
    for (BaseRuntimeChildDefinition child : definition.getChildrenAndExtension()) {
      if (EXTENSIONS.contains(child.getElementName())) {
        fields.put(child.getElementName(), EXTENSION);
        continue;
      }
      Set<String> names = names(child);
      for (String name : names) {
        fields.put(name, field(child, name));
      }
      if (child.getMin() > 0) {
        required.add(new Required(child.getElementName(), withSiblings(names)));
      }
    }
    if (isResource) {
      fields.put("id", Field.of(false, Primitive.ID));
    }
    return new Shape(definition.getName(), isResource, Map.copyOf(fields), List.copyOf(required));
  }

  /** As FHIR names it; HAPI has further names for references. */
  private static Set<String> names(BaseRuntimeChildDefinition child) {
    if (!(child instanceof RuntimeChildChoiceDefinition)) {
      return Set.of(child.getElementName());
    }
    String choice = child.getElementName().replace("[x]", "");
    return child.getValidChildNames().stream()
        .filter(
            name ->
                name.substring(choice.length())
                    .equalsIgnoreCase(child.getChildByName(name).getName()))
        .collect(Collectors.toSet());
  }

  private static Set<String> withSiblings(Set<String> names) {
    var all = new HashSet<>(names);
    names.forEach(name -> all.add("_" + name));
    return Set.copyOf(all);
  }

  private static Field field(BaseRuntimeChildDefinition child, String name) {
    boolean isList = child.getMax() != 1;
    String choice = child instanceof RuntimeChildChoiceDefinition ? child.getElementName() : null;
    BaseRuntimeElementDefinition<?> element = child.getChildByName(name);
    Primitive primitive = element == null ? null : Primitive.named(element.getName());
    if (primitive != null) {
      return new Field(isList, primitive, null, Set.of(), codes(child), choice);
    }
    if (element instanceof BaseRuntimeElementCompositeDefinition<?> composite
        && !(element instanceof RuntimeResourceDefinition)) {
      Set<String> targets = element.getName().equals("Reference") ? targets(child) : Set.of();
      return new Field(isList, null, composite, targets, Set.of(), choice);
    }
    return new Field(isList, null, null, Set.of(), Set.of(), null);
  }

  /** The codes of a required binding that HAPI knows as an enumeration. */
  private static Set<String> codes(BaseRuntimeChildDefinition child) {
    if (!(child instanceof RuntimeChildPrimitiveEnumerationDatatypeDefinition enumeration)) {
      return Set.of();
    }
    Class<? extends Enum<?>> bound = enumeration.getBoundEnumType();
    try {
      var codes = new HashSet<String>();
      for (Enum<?> constant : bound.getEnumConstants()) {
        if (!constant.name().equals("NULL")) {
          codes.add((String) bound.getMethod("toCode").invoke(constant));
        }
      }
      return Set.copyOf(codes);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(bound + " is not as HAPI makes its enumerations", e);
    }
  }

  private static Set<String> targets(BaseRuntimeChildDefinition child) {
    List<Class<? extends IBaseResource>> classes =
        child instanceof RuntimeChildResourceDefinition reference
            ? reference.getResourceTypes()
            : child instanceof RuntimeChildChoiceDefinition choice
                ? choice.getResourceTypes()
                : List.of();
    var types = new TreeSet<String>();
    for (Class<? extends IBaseResource> type : classes) {
      if (!TYPES.contains(type.getSimpleName())) {
        return Set.of();
      }
      types.add(type.getSimpleName());
    }
    return types;
  }
}
