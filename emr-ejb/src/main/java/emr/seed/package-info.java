/** What a development installation begins with: hospitals with their certificates, and staff. */
@NullMarked
package emr.seed;

import org.jspecify.annotations.NullMarked;
