package emr.hospital.access;

import jakarta.enterprise.context.ApplicationScoped;
import org.apache.shiro.authc.credential.DefaultPasswordService;
import org.apache.shiro.authc.credential.PasswordMatcher;
import org.apache.shiro.crypto.hash.DefaultHashService;

/** Passwords as argon2id hashes; a check costs a good part of a second by design. */
@ApplicationScoped
class Passwords {

  private final DefaultPasswordService service = new DefaultPasswordService();
  private final String nobodys;

  Passwords() {
    var hashing = new DefaultHashService();
    hashing.setDefaultAlgorithmName("argon2id");
    service.setHashService(hashing);
    nobodys = service.encryptPassword("the password of nobody, checked to take as long");
  }

  String hash(String password) {
    return service.encryptPassword(password);
  }

  /** Takes the time that a check takes, so that the answer does not tell who works here. */
  void checkInVain(Object password) {
    service.passwordsMatch(password, nobodys);
  }

  PasswordMatcher matcher() {
    var matcher = new PasswordMatcher();
    matcher.setPasswordService(service);
    return matcher;
  }
}
