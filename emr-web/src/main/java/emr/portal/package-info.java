/**
 * The portal: where staff of hospitals without a server of their own make and read records (claims
 * 2, 3), and where the centre's operators onboard, charge and audit.
 */
@NullMarked
package emr.portal;

import org.jspecify.annotations.NullMarked;
