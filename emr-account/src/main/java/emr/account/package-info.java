/**
 * How a sign-in is judged and an account kept: passwords, growing delays, second factors. The same
 * at a hospital's terminal and at the centre's portal; each keeps its people in its own table.
 */
@NullMarked
package emr.account;

import org.jspecify.annotations.NullMarked;
