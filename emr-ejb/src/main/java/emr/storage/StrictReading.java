package emr.storage;

import ca.uhn.fhir.parser.IParserErrorHandler;
import ca.uhn.fhir.parser.json.BaseJsonLikeValue.ScalarType;
import ca.uhn.fhir.parser.json.BaseJsonLikeValue.ValueType;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Refuses what HAPI's parser finds wrong, naming the element and never its value. */
final class StrictReading implements IParserErrorHandler {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.\\[\\]():]{1,100}");

  @Override
  public void unknownElement(IParseLocation location, String name) {
    throw refused(location, name, "is not defined here");
  }

  @Override
  public void unknownAttribute(IParseLocation location, String name) {
    throw refused(location, name, "is not defined here");
  }

  @Override
  public void unexpectedRepeatingElement(IParseLocation location, String name) {
    throw refused(location, name, "does not repeat");
  }

  @Override
  public void incorrectJsonType(
      IParseLocation location,
      String name,
      ValueType expected,
      ScalarType expectedScalar,
      ValueType found,
      ScalarType foundScalar) {
    throw refused(location, name, "is of the wrong JSON type");
  }

  @Override
  public void invalidValue(IParseLocation location, String value, String error) {
    throw refused(location, "", "has a value that its type does not allow");
  }

  @Override
  public void missingRequiredElement(IParseLocation location, String name) {
    throw refused(location, name, "is required");
  }

  @Override
  public void containedResourceWithNoId(IParseLocation location) {
    throw refused(location, "contained", "has a resource without id");
  }

  @Override
  public void extensionContainsValueAndNestedExtensions(IParseLocation location) {
    throw refused(location, "extension", "has both a value and extensions");
  }

  @Override
  public void unknownReference(IParseLocation location, String reference) {
    throw refused(location, "", "refers to nothing in this resource");
  }

  @Override
  public void invalidInternalReference(IParseLocation location, String reference) {
    throw refused(location, "", "refers to nothing in this resource");
  }

  private static Refusal refused(
      @Nullable IParseLocation location, @Nullable String name, String fault) {
    String parent = location == null ? null : location.getParentElementName();
    String element =
        (parent == null ? "" : parent)
            + (parent == null || parent.isEmpty() || name == null || name.isEmpty() ? "" : ".")
            + (name == null ? "" : name);
    return new Refusal(
        Reason.MALFORMED,
        (NAME.matcher(element).matches() ? "Element " + element : "An element")
            + " "
            + fault
            + ".");
  }
}
