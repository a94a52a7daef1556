package emr.access;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGobject;

/** A set of record types as PostgreSQL's {@code smallint[]}. */
@Converter
public class TypeNumbers implements AttributeConverter<Set<Short>, Object> {

  @Override
  public Object convertToDatabaseColumn(@Nullable Set<Short> numbers) {
    var array = new PGobject(); // even for null, which must be a null of this type
    array.setType("_int2");
    try {
      array.setValue(
          numbers == null
              ? null
              : numbers.stream().map(Object::toString).collect(Collectors.joining(",", "{", "}")));
    } catch (SQLException e) {
      throw new IllegalStateException("numbers are always written", e);
    }
    return array;
  }

  @Override
  public @Nullable Set<Short> convertToEntityAttribute(@Nullable Object column) {
    if (column == null) {
      return null;
    }
    var numbers = new TreeSet<Short>();
    for (Object number : (Object[]) column) { // EclipseLink hands an array over as objects
      numbers.add(((Number) number).shortValue());
    }
    return numbers;
  }
}
