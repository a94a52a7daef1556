package emr.faces.account;

import emr.account.Attempt;
import emr.account.Ticket;
import emr.account.Verdict;
import java.util.Collection;
import org.apache.shiro.authc.AuthenticationInfo;
import org.apache.shiro.authc.AuthenticationToken;
import org.apache.shiro.authc.SimpleAuthenticationInfo;
import org.apache.shiro.authz.AuthorizationInfo;
import org.apache.shiro.authz.SimpleAuthorizationInfo;
import org.apache.shiro.realm.AuthorizingRealm;
import org.apache.shiro.subject.PrincipalCollection;
import org.jspecify.annotations.Nullable;

/**
 * Asks the accounts who may come in, and what they may do. The principal is a {@link Ticket};
 * rights are looked up at each check, so that whose ticket holds no longer loses them at once.
 */
public abstract class AccountRealm extends AuthorizingRealm {

  protected AccountRealm(String name) {
    setName(name);
    setAuthenticationTokenClass(SignInToken.class);
    setAuthenticationCachingEnabled(false);
    setAuthorizationCachingEnabled(false);
  }

  protected abstract Verdict judge(Attempt attempt);

  /** What the holder of {@code ticket} may do; nothing once it holds no longer. */
  protected abstract Collection<String> permissions(Ticket ticket);

  /**
   * @throws MustWait if the attempt was not looked at
   */
  @Override
  protected @Nullable AuthenticationInfo doGetAuthenticationInfo(AuthenticationToken token) {
    var given = (SignInToken) token;
    Verdict verdict = judge(given.attempt());
    if (verdict.mustWait()) {
      throw new MustWait(verdict.delay());
    }
    // the accounts have checked the password; what Shiro compares again are its own two copies
    return verdict.ticket() == null
        ? null // Shiro's way of saying "not one of mine"
        : new SimpleAuthenticationInfo(verdict.ticket(), given.getPassword(), getName());
  }

  @Override
  protected AuthorizationInfo doGetAuthorizationInfo(PrincipalCollection principals) {
    var info = new SimpleAuthorizationInfo();
    if (principals.getPrimaryPrincipal() instanceof Ticket ticket) {
      info.addStringPermissions(permissions(ticket));
    }
    return info;
  }
}
