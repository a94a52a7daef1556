package emr.charging;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * An entry of the audit trail that made a line of a statement.
 *
 * @param entry its number in the trail
 * @param person who stored or retrieved
 * @param records how many versions
 * @param octets of their content
 * @param quantity its part in the line's quantity: records, or MiB months to six decimals
 * @param minor its part in the line's amount, not rounded: minor units to six decimals
 */
public record Use(
    long entry,
    Instant at,
    String person,
    int records,
    long octets,
    BigDecimal quantity,
    BigDecimal minor)
    implements Serializable {}
