/** How a child grows, beside the curves of the World Health Organization. */
@NullMarked
package emr.faces.growth;

import org.jspecify.annotations.NullMarked;
