package emr.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import emr.custody.CentreKeys;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Collection;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** What is derived from the centre's master key, each for one use. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container injects, then calls derive()
public class CentreSecrets {

  @Inject CentreKeys keys;

  private HashFunction termHash;
  private SecretKey pageKey;

  @PostConstruct
  void derive() {
    ByteBuffer forTerms = ByteBuffer.wrap(derive("emr search terms 1"));
    termHash = Hashing.sipHash24(forTerms.getLong(), forTerms.getLong());
    pageKey = new SecretKeySpec(derive("emr page 1"), "AES");
  }

  private byte[] derive(String use) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(keys.master().getEncoded(), "HmacSHA256"));
      return mac.doFinal(use.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  /** The term as it stands in the database: without the key nobody can tell what it was. */
  long term(short type, String term) {
    return termHash.newHasher(64).putShort(type).putBytes(term.getBytes(UTF_8)).hash().asLong();
  }

  /** The code of a record, as {@link #term}; never 0, which stands for none or several. */
  int code(short type, String code) {
    int hashed = (int) term(type, "code " + code);
    return hashed == 0 ? 1 : hashed;
  }

  /** The terms as they stand in the database, sorted, each once. */
  long[] terms(short type, Collection<String> terms) {
    long[] hashed = new long[terms.size()];
    int i = 0;
    for (String term : terms) {
      hashed[i++] = term(type, term);
    }
    Arrays.sort(hashed);
    return Arrays.stream(hashed).distinct().toArray();
  }

  /** Encrypts where a page ended. */
  SecretKey pageKey() {
    return pageKey;
  }

  SecretKey master() {
    return keys.master();
  }
}
