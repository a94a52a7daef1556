package emr.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.exchange.record.RecordId;
import emr.storage.Draft;
import emr.storage.Search;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One FHIR <a href="http://hl7.org/fhir/R4/http.html">interaction</a> that writes.
 *
 * @param record which is meant; null for one that gets its id here, and for one that is meant by a
 *     condition
 * @param condition what the record fulfils; for one to be created, what none may fulfil
 * @param resource the new content, which becomes ours: placeholders and ids are put in
 * @param patch makes the new content of the present one, which is its own, or refuses
 * @param basedOn number of the version that the author had before them, or {@link Draft#LATEST}
 * @param fullUrl by what the other changes of a transaction refer to the record
 */
public record Change(
    Kind kind,
    String type,
    @Nullable RecordId record,
    @Nullable Search condition,
    @Nullable ObjectNode resource,
    @Nullable UnaryOperator<ObjectNode> patch,
    int basedOn,
    @Nullable String fullUrl) {

  /** Which interaction. */
  public enum Kind {
    CREATE,
    UPDATE,
    PATCH,
    DELETE
  }

  /** Makes a record, under an id made here, unless there is one that fulfils the condition. */
  public static Change create(ObjectNode resource, @Nullable Search unless) {
    String type = resource.path("resourceType").asText();
    return new Change(Kind.CREATE, type, null, unless, resource, null, 0, null);
  }

  /** Gives a record a new version, or makes it under the id that the client chose. */
  public static Change update(RecordId record, ObjectNode resource, int basedOn) {
    return new Change(Kind.UPDATE, record.type(), record, null, resource, null, basedOn, null);
  }

  /** Gives the record that fulfils the condition a new version, or makes it. */
  public static Change update(Search condition, ObjectNode resource, int basedOn) {
    return new Change(
        Kind.UPDATE, condition.type(), null, condition, resource, null, basedOn, null);
  }

  public static Change patch(RecordId record, UnaryOperator<ObjectNode> patch, int basedOn) {
    return new Change(Kind.PATCH, record.type(), record, null, null, patch, basedOn, null);
  }

  public static Change patch(Search condition, UnaryOperator<ObjectNode> patch, int basedOn) {
    return new Change(Kind.PATCH, condition.type(), null, condition, null, patch, basedOn, null);
  }

  /** Says that a record is no longer in use. */
  public static Change delete(RecordId record, int basedOn) {
    return new Change(Kind.DELETE, record.type(), record, null, null, null, basedOn, null);
  }

  public static Change delete(Search condition, int basedOn) {
    return new Change(Kind.DELETE, condition.type(), null, condition, null, null, basedOn, null);
  }

  /** The same, referred to by a full URL. */
  public Change as(@Nullable String url) {
    return new Change(kind, type, record, condition, resource, patch, basedOn, url);
  }
}
