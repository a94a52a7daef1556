/** The whole system from outside: who plays its users, the demo, and what listens on the wire. */
@NullMarked
package emr.system;

import org.jspecify.annotations.NullMarked;
