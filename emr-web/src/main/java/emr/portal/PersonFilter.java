package emr.portal;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.shiro.web.filter.authc.PassThruAuthenticationFilter;

/** Sends who is not signed in to the sign-in page, from within an AJAX request too. */
public class PersonFilter extends PassThruAuthenticationFilter {

  @Override
  protected void redirectToLogin(ServletRequest request, ServletResponse response)
      throws IOException {
    var http = (HttpServletRequest) request;
    var answer = (HttpServletResponse) response;
    String page = http.getContextPath() + getLoginUrl();
    if ("partial/ajax".equals(http.getHeader("Faces-Request"))) {
      answer.setContentType("text/xml");
      answer.setCharacterEncoding("UTF-8");
      answer
          .getWriter()
          .print(
              "<?xml version=\"1.0\" encoding=\"UTF-8\"?><partial-response><redirect url=\""
                  + page
                  + "\"/></partial-response>");
    } else {
      answer.sendRedirect(page);
    }
  }

  @Override
  protected void saveRequestAndRedirectToLogin(ServletRequest request, ServletResponse response)
      throws IOException {
    redirectToLogin(request, response);
  }
}
