package emr.hospital.access;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
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
 * Tells Shiro who the staff are and what they may do. Rights are looked up at each check, so that
 * somebody who has left loses them at once.
 *
 * <p>Dependent, because {@link AuthorizingRealm} has final methods and CDI cannot proxy it.
 */
@Dependent
@Named("staffRealm")
public class StaffRealm extends AuthorizingRealm {

  private final StaffDirectory directory;
  private final Passwords passwords;

  @Inject
  StaffRealm(StaffDirectory directory, Passwords passwords) {
    this.directory = directory;
    this.passwords = passwords;
    setName("staff");
    setCredentialsMatcher(passwords.matcher());
    setAuthenticationTokenClass(UsernamePasswordToken.class);
    setAuthorizationCachingEnabled(false);
  }

  @Override
  protected @Nullable AuthenticationInfo doGetAuthenticationInfo(AuthenticationToken token) {
    var member = directory.member((String) token.getPrincipal());
    if (member.isEmpty()) {
      passwords.checkInVain(token.getCredentials());
      return null; // Shiro's way of saying "not one of mine"
    }
    return new SimpleAuthenticationInfo(
        member.get().staff().user(), member.get().passwordHash(), getName());
  }

  @Override
  protected AuthorizationInfo doGetAuthorizationInfo(PrincipalCollection principals) {
    var info = new SimpleAuthorizationInfo();
    directory
        .find((String) principals.getPrimaryPrincipal())
        .ifPresent(
            staff -> {
              info.addRole(staff.role().name().toLowerCase(java.util.Locale.ROOT));
              Permission.of(staff.role()).forEach(p -> info.addStringPermission(p.text()));
            });
    return info;
  }
}
