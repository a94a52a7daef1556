package emr.hospital.access;

import emr.exchange.access.AccessRight;
import emr.exchange.access.AccessStatement;
import emr.exchange.access.Purpose;
import emr.exchange.record.Author;
import emr.exchange.record.PatientId;
import emr.exchange.seal.PaperType;
import emr.hospital.communication.HospitalIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The access right information making unit: states, for one request, who asks and by which right.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container fills the fields in
public class Statements {

  @Inject HospitalIdentity identity;

  /**
   * A signed statement that {@code who} asks to read (claim 10); good once, for five minutes.
   *
   * @param patient null to look for a patient, or for the directory
   */
  public String toRead(Author who, Purpose purpose, @Nullable PatientId patient) {
    return make(who, purpose, patient, AccessRight.READ);
  }

  /** A signed statement that {@code author} asks to store (claim 14). */
  public String toStore(Author author, Purpose purpose, @Nullable PatientId patient) {
    return make(author, purpose, patient, AccessRight.STORE);
  }

  private String make(Author who, Purpose purpose, @Nullable PatientId patient, AccessRight right) {
    var statement =
        AccessStatement.of(
            identity.hospital(),
            who.user(),
            who.role(),
            purpose,
            patient,
            Set.of(right),
            Instant.now());
    return identity.sign(PaperType.STATEMENT, statement);
  }
}
