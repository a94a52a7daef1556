/** The terminal: the pages that a hospital's staff use, over the doors of this server. */
@NullMarked
package emr.hospital.terminal;

import org.jspecify.annotations.NullMarked;
