package emr.hospital.temporarystore;

import java.io.Serializable;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Whom somebody looks for; at least one of the three is given.
 *
 * @param name beginnings of names in any script, separated by spaces; or empty
 * @param number the patient's number; or empty
 */
public record PatientQuery(String name, @Nullable LocalDate birthDate, String number)
    implements Serializable {

  public PatientQuery {
    name = name.strip();
    number = number.strip();
    if (name.isEmpty() && birthDate == null && number.isEmpty()) {
      throw new IllegalArgumentException("give a name, a date of birth or a number");
    }
  }
}
