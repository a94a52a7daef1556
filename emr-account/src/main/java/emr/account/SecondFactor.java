package emr.account;

import io.nayuki.qrcodegen.QrCode;
import java.io.Serializable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/**
 * A second factor that is offered to a person, until they show that their app has it.
 *
 * @param uri what an authenticator app reads from the picture
 * @param words the secret, for who types it
 */
public record SecondFactor(byte[] secret, String uri, String words) implements Serializable {

  private static final SecureRandom RANDOM = new SecureRandom();

  /** As long as the hash (RFC 4226, 4). */
  private static final int OCTETS = 20;

  /** Light modules around the picture, without which cameras do not find it. */
  private static final int MARGIN = 4;

  /**
   * A fresh one.
   *
   * @param place where it is for, as the app shows it
   */
  public static SecondFactor fresh(String place, String user) {
    byte[] secret = new byte[OCTETS];
    RANDOM.nextBytes(secret);
    String words = Base32.of(secret);
    String uri =
        "otpauth://totp/"
            + encoded(place)
            + ":"
            + encoded(user)
            + "?secret="
            + words
            + "&issuer="
            + encoded(place);
    return new SecondFactor(secret, uri, Base32.grouped(words, 4, " "));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Side of the picture, in modules. */
  public int side() {
    return picture().size + 2 * MARGIN;
  }

  /** The dark modules as a path of SVG. */
  public String path() {
    QrCode picture = picture();
    var path = new StringBuilder();
    for (int y = 0; y < picture.size; y++) {
      for (int x = 0; x < picture.size; x++) {
        if (picture.getModule(x, y)) {
          path.append('M').append(x + MARGIN).append(',').append(y + MARGIN).append("h1v1h-1z");
        }
      }
    }
    return path.toString();
  }

  private QrCode picture() {
    return QrCode.encodeText(uri, QrCode.Ecc.MEDIUM);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "a second factor";
  }
}
