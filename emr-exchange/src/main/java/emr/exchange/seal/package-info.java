/** How what travels is signed and encrypted: the seal of claims 18, 19 and 28. */
@NullMarked
package emr.exchange.seal;

import org.jspecify.annotations.NullMarked;
