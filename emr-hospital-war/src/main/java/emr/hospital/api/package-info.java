/** REST for the hospital's own systems, through the same doors as the terminal; health. */
@NullMarked
package emr.hospital.api;

import org.jspecify.annotations.NullMarked;
