package emr.faces.page;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code emr:sign} asks of the bean of a page that ends with a signature. */
public interface Signing {

  /**
   * A choice of when the record goes to the centre.
   *
   * @param value what is given to {@link #setHold}
   * @param detail in a sentence
   */
  record HoldChoice(String value, String title, String detail) implements Serializable {}

  /** Empty where records are made at the centre itself: nothing is held there. */
  default List<HoldChoice> getHoldChoices() {
    return List.of();
  }

  default String getHold() {
    return "";
  }

  default void setHold(@Nullable String hold) {}

  /** As whom one signs, such as "Dr TANAKA Yuki, physician". */
  String getSigner();

  /** Saves what was written under the signer's name and leads on. */
  String sign();
}
