/** The control server: the one door to the records, which judges before anything passes it. */
@NullMarked
package emr.control;

import org.jspecify.annotations.NullMarked;
