/** A look at every page, in pictures. */
@NullMarked
package emr.tour;

import org.jspecify.annotations.NullMarked;
