/** Who asks, for whom, and by which right: statements for one request, and standing policies. */
@NullMarked
package emr.exchange.access;

import org.jspecify.annotations.NullMarked;
