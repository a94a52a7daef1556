/** The hospital's staff, and the access right information made here: statements and policies. */
@NullMarked
package emr.hospital.access;

import org.jspecify.annotations.NullMarked;
