package emr.exchange.seal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.crypto.ECDHDecrypter;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The envelope around everything that passes between a hospital and the centre, whatever the
 * transport does (claims 18, 19, 28): JWE (RFC 7516) over gzip.
 *
 * <p>A request is encrypted for the centre's key and brings a fresh key for its answer, 32 bytes
 * before the content; so only who asked can read what is answered.
 */
public final class Envelope {

  private static final int KEY_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Envelope() {}

  /**
   * A request ready to be sent.
   *
   * @param compact the JWE
   * @param answerKey opens the answer; kept by the one who asks, for as long as it waits
   */
  public record Sent(String compact, SecretKey answerKey) {}

  /**
   * A request opened.
   *
   * @param content what was asked, JSON
   * @param answerKey seals the answer
   */
  public record Received(byte[] content, SecretKey answerKey) {}

  /** Seals {@code request} for the holder of {@code recipient}'s key. */
  public static Sent seal(Object request, X509Certificate recipient) {
    var key = new byte[KEY_BYTES];
    RANDOM.nextBytes(key);
    var header =
        new JWEHeader.Builder(JWEAlgorithm.ECDH_ES_A256KW, EncryptionMethod.A256GCM)
            .keyID(Thumbprint.of(recipient))
            .build();
    byte[] content = zip(key, Json.write(request));
    try {
      var envelope = new JWEObject(header, new Payload(content));
      envelope.encrypt(new ECDHEncrypter((ECPublicKey) recipient.getPublicKey()));
      return new Sent(envelope.serialize(), aes(key));
    } catch (JOSEException e) {
      throw new IllegalStateException("cannot seal", e);
    }
  }

  /**
   * Opens a request.
   *
   * @param limit bytes the content may have once unzipped
   * @throws BrokenSeal if it is not for {@code recipient}, was changed, or is larger than {@code
   *     limit}
   */
  public static Received open(String compact, ECPrivateKey recipient, long limit) {
    byte[] content;
    try {
      JWEObject envelope = parse(compact);
      if (!JWEAlgorithm.ECDH_ES_A256KW.equals(envelope.getHeader().getAlgorithm())) {
        throw new BrokenSeal("sealed in a way that is not ours");
      }
      envelope.decrypt(new ECDHDecrypter(recipient));
      content = unzip(envelope.getPayload().toBytes(), limit + KEY_BYTES);
    } catch (ParseException | JOSEException e) {
      throw new BrokenSeal("not sealed for this centre, or damaged on the way", e);
    }
    if (content.length < KEY_BYTES) {
      throw new BrokenSeal("an envelope without a key for the answer");
    }
    return new Received(
        Arrays.copyOfRange(content, KEY_BYTES, content.length),
        aes(Arrays.copyOf(content, KEY_BYTES)));
  }

  /** Signs {@code answer} in the centre's name and seals it under the asker's key. */
  public static String answer(Object answer, Signer centre, SecretKey answerKey) {
    byte[] signed = zip(new byte[0], centre.sign(PaperType.ANSWER, answer).getBytes(US_ASCII));
    var envelope =
        new JWEObject(
            new JWEHeader(JWEAlgorithm.DIR, EncryptionMethod.A256GCM), new Payload(signed));
    try {
      envelope.encrypt(new DirectEncrypter(answerKey));
    } catch (JOSEException e) {
      throw new IllegalStateException("cannot seal", e);
    }
    return envelope.serialize();
  }

  /**
   * Opens the answer to a request.
   *
   * @param limit bytes it may have once unzipped
   * @throws BrokenSeal if it is not the centre's answer to this request
   */
  public static <T> T openAnswer(
      String compact, SecretKey answerKey, X509Certificate centre, Class<T> as, long limit) {
    byte[] signed;
    try {
      JWEObject envelope = parse(compact);
      if (!JWEAlgorithm.DIR.equals(envelope.getHeader().getAlgorithm())) {
        throw new BrokenSeal("sealed in a way that is not ours");
      }
      envelope.decrypt(new DirectDecrypter(answerKey));
      signed = unzip(envelope.getPayload().toBytes(), limit);
    } catch (ParseException | JOSEException e) {
      throw new BrokenSeal("not an answer to this request, or damaged on the way", e);
    }
    return Signed.parse(new String(signed, US_ASCII)).verify(PaperType.ANSWER, centre, as);
  }

  private static JWEObject parse(String compact) throws ParseException {
    try {
      return JWEObject.parse(compact);
    } catch (NullPointerException | IllegalArgumentException e) {
      // the library's answer to a header without what every header has
      throw new BrokenSeal("not an envelope", e);
    }
  }

  private static SecretKey aes(byte[] key) {
    return new SecretKeySpec(key, "AES");
  }

  private static byte[] zip(byte[] head, byte[] content) {
    var out = new ByteArrayOutputStream(content.length / 4 + 64);
    try (var zip = new GZIPOutputStream(out)) {
      zip.write(head);
      zip.write(content);
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail", e);
    }
    return out.toByteArray();
  }

  private static byte[] unzip(byte[] zipped, long limit) {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
      byte[] content = in.readNBytes((int) Math.min(limit + 1, Integer.MAX_VALUE - 8));
      if (content.length > limit) {
        throw new BrokenSeal("larger than " + limit + " bytes");
      }
      return content;
    } catch (IOException e) {
      throw new BrokenSeal("an envelope whose content is damaged", e);
    }
  }
}
