package emr.communication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.access.RecordTypes;
import emr.communication.representation.Subset;
import emr.control.Change;
import emr.exchange.record.RecordId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.storage.Draft;
import emr.storage.Search;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@link Change}s of what FHIR says in a request's line and headers, and says alike in the
 * {@code request} of a Bundle's entry.
 */
final class Writing {

  private static final Pattern VERSION_TAG = Pattern.compile("(?:W/)?\"([1-9]\\d{0,8})\"");

  /** They say how an answer looks, and choose no record. */
  private static final Set<String> FORM =
      Set.of("_format", "_pretty", "_count", "_sort", "_total", "_summary", "_elements");

  private Writing() {}

  /**
   * @param ifNoneExist a query, perhaps after the type or an address, as some clients have it; null
   *     or empty for none
   */
  static Change create(ObjectNode resource, String type, @Nullable String ifNoneExist) {
    requireType(resource, type);
    return Change.create(
        resource,
        ifNoneExist == null || ifNoneExist.isBlank()
            ? null
            : condition(type, ifNoneExist.substring(ifNoneExist.indexOf('?') + 1)));
  }

  static Change update(RecordId record, ObjectNode resource, @Nullable String ifMatch) {
    requireType(resource, record.type());
    if (!resource.path("id").asText().equals(record.id())) {
      throw malformed("The resource's id is not the one of the address.");
    }
    requireWhole(resource);
    return Change.update(record, resource, basedOn(ifMatch));
  }

  static Change update(
      String type, @Nullable String query, ObjectNode resource, @Nullable String ifMatch) {
    requireType(resource, type);
    requireWhole(resource);
    return Change.update(condition(type, query), resource, basedOn(ifMatch));
  }

  static Change patch(RecordId record, UnaryOperator<ObjectNode> patch, @Nullable String ifMatch) {
    return Change.patch(record, patch, basedOn(ifMatch));
  }

  static Change patch(
      String type,
      @Nullable String query,
      UnaryOperator<ObjectNode> patch,
      @Nullable String ifMatch) {
    return Change.patch(condition(type, query), patch, basedOn(ifMatch));
  }

  static Change delete(RecordId record, @Nullable String ifMatch) {
    return Change.delete(record, basedOn(ifMatch));
  }

  static Change delete(String type, @Nullable String query, @Nullable String ifMatch) {
    return Change.delete(condition(type, query), basedOn(ifMatch));
  }

  /**
   * @throws Refusal {@link Reason#UNKNOWN_TYPE}, or {@link Reason#MALFORMED} if {@code resource} is
   *     of another type
   */
  static void requireType(ObjectNode resource, String type) {
    RecordTypes.number(type);
    if (!resource.path("resourceType").asText().equals(type)) {
      throw malformed("The resource's resourceType is not " + type + ".");
    }
  }

  /**
   * What was read in part says so by a <a
   * href="http://hl7.org/fhir/R4/search.html#summary">SUBSETTED</a> tag: the rest of the record
   * would be lost.
   */
  private static void requireWhole(ObjectNode resource) {
    for (JsonNode tag : resource.path("meta").path("tag")) {
      if (tag.path("code").asText().equals(Subset.CODE)
          && tag.path("system").asText().equals(Subset.SYSTEM)) {
        throw new Refusal(
            Reason.UNPROCESSABLE,
            "This is a part of a resource (SUBSETTED), and storing it would erase the rest: read it"
                + " without _summary and _elements first.");
      }
    }
  }

  /**
   * What a record fulfils; parameters that are not known are refused, for a condition without them
   * would mean others.
   */
  private static Search condition(String type, @Nullable String query) {
    RecordTypes.number(type);
    boolean chooses = false;
    for (String pair : query == null ? new String[0] : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      chooses |=
          equals > 0 && equals < pair.length() - 1 && !FORM.contains(pair.substring(0, equals));
    }
    if (!chooses) {
      throw malformed("A condition says by a search parameter which record is meant.");
    }
    return Search.parse(type, query + "&_count=2", false);
  }

  /** The version that a tag names; without one, whichever is the latest. */
  private static int basedOn(@Nullable String ifMatch) {
    if (ifMatch == null || ifMatch.isBlank()) {
      return Draft.LATEST;
    }
    Matcher tag = VERSION_TAG.matcher(ifMatch.strip());
    if (!tag.matches()) {
      throw new Refusal(Reason.NOT_SUPPORTED, "If-Match names one version, as in W/\"3\".");
    }
    return Integer.parseInt(tag.group(1));
  }

  private static Refusal malformed(String explanation) {
    return new Refusal(Reason.MALFORMED, explanation);
  }
}
