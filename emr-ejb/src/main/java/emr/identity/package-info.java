/** Who is whom: the hospitals of the exchange with their certificates, and the portal's staff. */
@NullMarked
package emr.identity;

import org.jspecify.annotations.NullMarked;
