/**
 * The charging server: what each hospital used, from the audit trail alone, and what that costs
 * (claims 20, 21, 27).
 */
@NullMarked
package emr.charging;

import org.jspecify.annotations.NullMarked;
