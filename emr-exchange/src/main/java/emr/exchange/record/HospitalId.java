package emr.exchange.record;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * The short name of a hospital, as in the common name of its certificate.
 *
 * @param value 1 to 32 lower-case letters, digits or '-', beginning with a letter
 */
public record HospitalId(@JsonValue String value) implements Serializable {

  private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,31}");

  @JsonCreator
  public HospitalId {
    if (!isWellFormed(value)) {
      throw new IllegalArgumentException(
          "a hospital's id has 1 to 32 lower-case letters, digits or '-'");
    }
  }

  /** Whether {@code value} has the form of a hospital's short name. */
  public static boolean isWellFormed(String value) {
    return FORM.matcher(value).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
