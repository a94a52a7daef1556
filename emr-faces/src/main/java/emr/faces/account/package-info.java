/**
 * Signing in and accounts, as terminal and portal share them: what Shiro is told, what ends a
 * session, and the pages. Who works where is for the application to say.
 */
@NullMarked
package emr.faces.account;

import org.jspecify.annotations.NullMarked;
