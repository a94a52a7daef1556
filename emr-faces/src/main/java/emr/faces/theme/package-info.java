/** Build time only: turns PrimeFaces' own theme into one that follows our colour roles. */
@NullMarked
package emr.faces.theme;

import org.jspecify.annotations.NullMarked;
