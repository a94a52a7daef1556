/** Partners' way in: SMART Backend Services. */
@NullMarked
package emr.partner;

import org.jspecify.annotations.NullMarked;
