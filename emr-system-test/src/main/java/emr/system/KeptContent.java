package emr.system;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import emr.exchange.record.RecordKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Opens what the centre keeps of a version, with code of its own: codec, nonce, AES-GCM under the
 * patient's key of a line and the content, compressed by zstd with a dictionary, and by the newest
 * codec without the keys of its place. Not for several threads.
 */
final class KeptContent {

  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final byte TEXT_ALONE = 1;
  private static final byte NO_KEYS = 3;

  private final SecretKey master;
  private final ZstdDecompressCtx text = new ZstdDecompressCtx();
  private final ZstdDecompressCtx tables = new ZstdDecompressCtx();

  /**
   * @param master the centre's, which wraps the patients' keys
   */
  KeptContent(SecretKey master) {
    this.master = master;
    text.loadDict(dictionary("1"));
    tables.setMagicless(true).loadDict(withTables(dictionary("2")));
  }

  private static byte[] dictionary(String number) {
    String name = "/emr/storage/dictionary-" + number + ".txt";
    try (InputStream in =
        Objects.requireNonNull(KeptContent.class.getResourceAsStream(name), name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first line are zstd's tables, in hexadecimal. */
  private static byte[] withTables(byte[] all) {
    int line = end(all);
    byte[] tables = HexFormat.of().parseHex(new String(all, 0, line, US_ASCII));
    byte[] dictionary = Arrays.copyOf(tables, tables.length + all.length - line - 1);
    System.arraycopy(all, line + 1, dictionary, tables.length, all.length - line - 1);
    return dictionary;
  }

  private static int end(byte[] text) {
    int i = 0;
    while (text[i] != '\n') {
      i++;
    }
    return i;
  }

  SecretKey key(byte[] wrapped) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AESWrap");
    cipher.init(Cipher.UNWRAP_MODE, master);
    return (SecretKey) cipher.unwrap(wrapped, "AES", Cipher.SECRET_KEY);
  }

  /** SHA-256 of the content as it was signed; empty if what is kept was altered. */
  @SuppressWarnings("UnusedException") // that is the finding
  Optional<byte[]> hash(byte[] kept, SecretKey key, long patient, long record, int number)
      throws GeneralSecurityException {
    if (kept.length <= 1 + NONCE) {
      return Optional.empty();
    }
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, kept, 1, NONCE));
    cipher.updateAAD(
        ByteBuffer.allocate(20).putLong(patient).putLong(record).putInt(number).array());
    byte[] clear;
    try {
      clear = unpacked(kept[0], cipher.doFinal(kept, 1 + NONCE, kept.length - 1 - NONCE));
    } catch (AEADBadTagException altered) {
      return Optional.empty();
    }
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    int line = end(clear) + 1;
    if (kept[0] == NO_KEYS) {
      clear = withKeys(Arrays.copyOfRange(clear, line, clear.length), patient, record);
      line = 0;
    }
    sha256.update(clear, line, clear.length - line);
    return Optional.of(sha256.digest());
  }

  /** Byte 1 stands for the text of the patient's key, byte 2 for that of the record's. */
  private static byte[] withKeys(byte[] rest, long patient, long record) {
    var content = new ByteArrayOutputStream(rest.length + 64);
    for (byte next : rest) {
      if (next == 1 || next == 2) {
        String key = new RecordKey(next == 1 ? patient : record).text();
        content.writeBytes(key.getBytes(US_ASCII));
      } else {
        content.write(next);
      }
    }
    return content.toByteArray();
  }

  /** The codec is not under the tag, but what it does not fit cannot be unpacked. */
  private byte[] unpacked(byte codec, byte[] packed) throws AEADBadTagException {
    try {
      boolean magicless = codec != TEXT_ALONE;
      int size = Math.toIntExact(Zstd.getFrameContentSize(packed, 0, packed.length, magicless));
      return (magicless ? tables : text).decompress(packed, size);
    } catch (RuntimeException e) {
      throw (AEADBadTagException) new AEADBadTagException("not of this codec").initCause(e);
    }
  }
}
