package emr.search;

import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a match must be and fulfil.
 *
 * @param type of the records
 * @param conditions all of them
 */
public record Criteria(String type, List<Condition> conditions) {

  /** What the centre shows as the source of what names none begins so; a hospital's id follows. */
  public static final String HOSPITAL = "urn:emr:hospital:";

  public Criteria {
    conditions = List.copyOf(conditions);
  }

  /** These, and one more. */
  public Criteria and(Condition condition) {
    var more = new ArrayList<>(conditions);
    more.add(condition);
    return new Criteria(type, more);
  }

  /**
   * Reads one parameter of a search, as in {@code code=8480-6}, {@code name:exact=Ann}, {@code
   * subject:Patient.name=ann}.
   *
   * @return empty if there is no such parameter
   * @throws Refusal {@link Reason#NOT_SUPPORTED} for what is not supported, or not of its type
   */
  public static Optional<Condition> read(String type, String name, String value) {
    return new CriterionReader(type).read(name, value, 0);
  }
}
