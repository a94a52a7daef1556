/** Sends what is due, in order, until it is stored; then deletes it here. */
@NullMarked
package emr.hospital.forwarding;

import org.jspecify.annotations.NullMarked;
