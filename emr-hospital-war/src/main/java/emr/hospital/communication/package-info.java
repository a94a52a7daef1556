/** The hospital's communication unit: the only code that opens a connection to the centre. */
@NullMarked
package emr.hospital.communication;

import org.jspecify.annotations.NullMarked;
