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

  /** Why not: the statement, or the token's scopes, bring no right to records of the type. */
  public static final String SCOPE = "scope";

  /** Why not: they are of the own hospital, and the role may not. */
  public static final String ROLE = "role";

  public boolean permitted() {
    return rule != null;
  }
}
