package emr.storage;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGobject;

/** Terms as PostgreSQL's {@code bigint[]}. */
@Converter
public class TermsColumn implements AttributeConverter<long[], Object> {

  @Override
  public @Nullable Object convertToDatabaseColumn(long @Nullable [] terms) {
    if (terms == null) {
      return null;
    }
    var text = new StringBuilder(terms.length * 20 + 2).append('{');
    for (int i = 0; i < terms.length; i++) {
      text.append(i == 0 ? "" : ",").append(terms[i]);
    }
    var array = new PGobject();
    array.setType("_int8");
    try {
      array.setValue(text.append('}').toString());
    } catch (SQLException e) {
      throw new IllegalStateException("numbers are always written", e);
    }
    return array;
  }

  @Override
  public long @Nullable [] convertToEntityAttribute(@Nullable Object column) {
    // EclipseLink hands an array over as objects
    return column == null
        ? null
        : Arrays.stream((Object[]) column).mapToLong(term -> ((Number) term).longValue()).toArray();
  }
}
