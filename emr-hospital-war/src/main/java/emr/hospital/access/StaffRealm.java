package emr.hospital.access;

import jakarta.enterprise.inject.spi.CDI;
import java.util.Locale;
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
 * <p>Made by Shiro and not by CDI, which cannot proxy the final methods of {@link
 * AuthorizingRealm}.
 */
public class StaffRealm extends AuthorizingRealm {

  private final StaffDirectory directory;
  private final Passwords passwords;

  public StaffRealm() {
    this(
        CDI.current().select(StaffDirectory.class).get(),
        CDI.current().select(Passwords.class).get());
  }

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
              info.addRole(staff.role().name().toLowerCase(Locale.ROOT));
              Permission.of(staff.role()).forEach(p -> info.addStringPermission(p.text()));
            });
    return info;
  }
}
