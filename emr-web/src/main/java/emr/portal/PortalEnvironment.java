package emr.portal;

import emr.identity.StaffAccounts;
import jakarta.enterprise.inject.spi.CDI;
import org.apache.shiro.lang.util.Initializable;
import org.apache.shiro.mgt.SecurityManager;
import org.apache.shiro.web.env.DefaultWebEnvironment;
import org.apache.shiro.web.filter.authc.AnonymousFilter;
import org.apache.shiro.web.filter.authz.PermissionsAuthorizationFilter;
import org.apache.shiro.web.filter.mgt.DefaultFilterChainManager;
import org.apache.shiro.web.filter.mgt.PathMatchingFilterChainResolver;
import org.apache.shiro.web.mgt.DefaultWebSecurityManager;

/**
 * How Shiro guards the portal: everything but the sign-in page needs a person, the operator's pages
 * an operator. Sessions are the container's.
 */
public class PortalEnvironment extends DefaultWebEnvironment implements Initializable {

  private static final String SIGN_IN = "/portal/sign-in.xhtml";
  private static final String ACCOUNT = "/portal/account.xhtml";

  @Override
  public void init() {
    var manager = new DefaultWebSecurityManager(CDI.current().select(PortalRealm.class).get());
    manager.setRememberMeManager(null);
    setSecurityManager(manager);
    setFilterChainResolver(chains());
  }

  @Override
  public void setSecurityManager(SecurityManager manager) {
    super.setSecurityManager(manager);
  }

  private static PathMatchingFilterChainResolver chains() {
    var person = new StaffFilter(CDI.current().select(StaffAccounts.class).get());
    person.setLoginUrl(SIGN_IN);
    person.setAccountPage(ACCOUNT);
    var rights = new PermissionsAuthorizationFilter();
    rights.setLoginUrl(SIGN_IN);
    var chains = new DefaultFilterChainManager();
    chains.addFilter("anyone", new AnonymousFilter());
    chains.addFilter("person", person);
    chains.addFilter("right", rights);
    chains.createChain(SIGN_IN, "anyone");
    chains.createChain("/portal/error.xhtml", "anyone");
    chains.createChain("/portal/beside/again", "anyone");
    chains.createChain(
        "/portal/operator/**", "person, right[" + Permission.CENTRE_OPERATE.text() + "]");
    chains.createChain(
        "/portal/staff.xhtml", "person, right[" + Permission.STAFF_MANAGE.text() + "]");
    chains.createChain("/portal/**", "person");
    var resolver = new PathMatchingFilterChainResolver();
    resolver.setFilterChainManager(chains);
    return resolver;
  }
}
