/** Whether the centre is ready, and if not, what is not: MicroProfile Health. */
@NullMarked
package emr.health;

import org.jspecify.annotations.NullMarked;
