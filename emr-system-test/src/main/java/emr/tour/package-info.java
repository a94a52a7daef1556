/** A look at the pages, in pictures. */
@NullMarked
package emr.tour;

import org.jspecify.annotations.NullMarked;
