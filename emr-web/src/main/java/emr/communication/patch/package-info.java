/** Patches: changes to a resource that say what to change, and not what becomes of it. */
@NullMarked
package emr.communication.patch;

import org.jspecify.annotations.NullMarked;
