package emr.audit;

import emr.exchange.access.Purpose;
import emr.exchange.record.HospitalId;
import emr.exchange.record.RecordKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One judgement and what came of it.
 *
 * @param id in the order of writing
 * @param hospital who asked; null for the centre's own staff
 * @param person the name they sign in with at their hospital
 * @param role of the person, as a word
 * @param patient whose records; null for the directory, and for searches across patients
 * @param type FHIR resource type asked for, if one was
 * @param rule by which it was permitted or why not: a default, or policies with their versions
 * @param records disclosed or stored, each with its number
 * @param octets of content disclosed or stored
 * @param submission stored; null otherwise
 * @param statement by which it was asked; null where nobody made one
 * @param hashes of the policies in {@code rule}; see {@link Rule}
 */
public record AuditEntry(
    long id,
    Instant at,
    @Nullable HospitalId hospital,
    String person,
    String role,
    @Nullable Purpose purpose,
    @Nullable RecordKey patient,
    Action action,
    @Nullable String type,
    boolean permitted,
    String rule,
    List<Record> records,
    long octets,
    @Nullable UUID submission,
    @Nullable UUID statement,
    Map<Rule.Policy, String> hashes) {

  /** Why it was permitted or refused. */
  public Rule why() {
    return new Rule(rule, permitted, hashes);
  }

  AuditEntry with(Map<Rule.Policy, String> found) {
    return new AuditEntry(
        id,
        at,
        hospital,
        person,
        role,
        purpose,
        patient,
        action,
        type,
        permitted,
        rule,
        records,
        octets,
        submission,
        statement,
        found);
  }

  /** A version of a record. */
  public record Record(RecordKey record, int number) {}
}
