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
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a hospital's id has 1 to 32 lower-case letters, digits or '-'");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
