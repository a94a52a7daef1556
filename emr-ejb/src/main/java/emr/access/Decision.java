package emr.access;

import emr.exchange.access.AccessRight;
import org.jspecify.annotations.Nullable;

/**
 * What the judge decided, and by which rule.
 *
 * @param rule {@link #OWN}, {@link #DIRECTORY}, or the name of a policy's version; null if none
 */
public record Decision(AccessRight right, @Nullable String rule) {

  /** The own hospital is custodian or author, and the role may do it there. */
  public static final String OWN = "own";

  /** Organisations, practitioners and the like are for everybody to read. */
  public static final String DIRECTORY = "directory";

  public boolean permitted() {
    return rule != null;
  }
}
