package emr.portal;

import emr.identity.Staff;
import emr.identity.StaffAccounts;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import org.apache.shiro.authc.AuthenticationInfo;
import org.apache.shiro.authc.AuthenticationToken;
import org.apache.shiro.authc.SimpleAuthenticationInfo;
import org.apache.shiro.authc.UsernamePasswordToken;
import org.apache.shiro.authz.AuthorizationInfo;
import org.apache.shiro.authz.SimpleAuthorizationInfo;
import org.apache.shiro.realm.AuthorizingRealm;
import org.apache.shiro.subject.PrincipalCollection;
import org.jspecify.annotations.Nullable;

/**
 * Tells Shiro who works at the portal and what they may do. Passwords are checked by {@link
 * StaffAccounts}, which takes as long for a name that nobody has; rights are looked up at each
 * check, so that who has left loses them at once.
 *
 * <p>Dependent, because {@link AuthorizingRealm} has final methods and CDI cannot proxy it.
 */
@Dependent
public class PortalRealm extends AuthorizingRealm {

  private final StaffAccounts accounts;

  @Inject
  PortalRealm(StaffAccounts accounts) {
    this.accounts = accounts;
    setName("portal");
    setAuthenticationTokenClass(UsernamePasswordToken.class);
    setAuthenticationCachingEnabled(false);
    setAuthorizationCachingEnabled(false);
  }

  @Override
  protected @Nullable AuthenticationInfo doGetAuthenticationInfo(AuthenticationToken token) {
    var given = (UsernamePasswordToken) token;
    if (given.getUsername() == null || given.getPassword() == null) {
      return null;
    }
    // the accounts have checked the password; what Shiro compares again are its own two copies
    return accounts
        .signIn(given.getUsername(), new String(given.getPassword()))
        .map(staff -> new SimpleAuthenticationInfo(staff.user(), given.getPassword(), getName()))
        .orElse(null); // Shiro's way of saying "not one of mine"
  }

  @Override
  protected AuthorizationInfo doGetAuthorizationInfo(PrincipalCollection principals) {
    var info = new SimpleAuthorizationInfo();
    accounts
        .find((String) principals.getPrimaryPrincipal())
        .map(PortalRealm::permissions)
        .ifPresent(info::addStringPermissions);
    return info;
  }

  private static List<String> permissions(Staff staff) {
    return Permission.of(staff).stream().map(Permission::text).toList();
  }
}
