package emr.storage;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdDictCompress;
import com.github.luben.zstd.ZstdDictDecompress;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * How content is kept: a line saying who made it, when, and where its {@code meta} is, and the
 * content as it was signed, without the keys of its place; compressed with a dictionary of what
 * FHIR resources have in common, then encrypted. The first byte says how; old ways remain, for
 * content is never rewritten.
 */
final class ContentCodec {

  /** Text alone; frames as zstd makes them. Nothing new is packed with it. */
  private static final byte ZSTD_1 = 1;

  /** With tables; frames without magic number. */
  private static final byte ZSTD_2 = 2;

  /** The same, of a content without the keys of its place. */
  private static final byte ZSTD_2_NO_KEYS = 3;

  private static final int LEVEL = 3;
  private static final byte[] DICTIONARY_2 = withTables(read("dictionary-2.txt"));
  private static final ZstdDictCompress TO_COMPRESS = new ZstdDictCompress(DICTIONARY_2, LEVEL);
  private static final ZstdDictDecompress TO_DECOMPRESS_2 = new ZstdDictDecompress(DICTIONARY_2);
  private static final ZstdDictDecompress TO_DECOMPRESS_1 =
      new ZstdDictDecompress(read("dictionary-1.txt"));

  /** What they work in takes longer to make than a record to pack. */
  private static final ThreadLocal<ZstdCompressCtx> COMPRESS =
      ThreadLocal.withInitial(
          () ->
              new ZstdCompressCtx()
                  .setMagicless(true)
                  .setDictID(false)
                  .setChecksum(false)
                  .loadDict(TO_COMPRESS));

  private static final ThreadLocal<ZstdDecompressCtx> DECOMPRESS =
      ThreadLocal.withInitial(
          () -> new ZstdDecompressCtx().setMagicless(true).loadDict(TO_DECOMPRESS_2));

  private ContentCodec() {}

  /**
   * What is kept.
   *
   * @param author the author's name for people
   * @param recordedAt when it was saved where it was made, ISO 8601; empty if it was then that it
   *     was stored
   * @param meta where in {@code content} the value of {@code meta} begins; 0 if it has none
   * @param content as it was signed
   */
  record Kept(String author, String recordedAt, int meta, byte[] content) {

    static Kept of(String author, @Nullable Instant recordedAt, int meta, byte[] content) {
      return new Kept(
          author.replaceAll("\\s+", " "),
          recordedAt == null ? "" : recordedAt.truncatedTo(ChronoUnit.MILLIS).toString(),
          meta,
          content);
    }
  }

  static byte[] encode(Kept kept, SecretKey key, VersionPlace place) {
    byte[] line = (kept.recordedAt + "\t" + kept.meta + "\t" + kept.author + "\n").getBytes(UTF_8);
    byte[] rest = place.leaveOut(kept.content);
    byte[] content = rest == null ? kept.content : rest;
    byte[] all = Arrays.copyOf(line, line.length + content.length);
    System.arraycopy(content, 0, all, line.length, content.length);
    byte codec = rest == null ? ZSTD_2 : ZSTD_2_NO_KEYS;
    return Sealed.seal(key, codec, COMPRESS.get().compress(all), place.bytes());
  }

  static Kept decode(byte[] sealed, SecretKey key, VersionPlace place) {
    byte[] all = unpack(sealed[0], Sealed.open(key, sealed, place.bytes()));
    int tab = indexOf(all, '\t', 0);
    int author = indexOf(all, '\t', tab + 1) + 1;
    int end = indexOf(all, '\n', author);
    return new Kept(
        new String(all, author, end - author, UTF_8),
        new String(all, 0, tab, UTF_8),
        Integer.parseInt(new String(all, tab + 1, author - tab - 2, UTF_8)),
        sealed[0] == ZSTD_2_NO_KEYS
            ? place.putIn(all, end + 1)
            : Arrays.copyOfRange(all, end + 1, all.length));
  }

  private static byte[] unpack(byte codec, byte[] packed) {
    boolean magicless = codec != ZSTD_1;
    int size = Math.toIntExact(Zstd.getFrameContentSize(packed, 0, packed.length, magicless));
    switch (codec) {
      case ZSTD_2, ZSTD_2_NO_KEYS:
        return DECOMPRESS.get().decompress(packed, size);
      case ZSTD_1:
        try (var context = new ZstdDecompressCtx()) {
          return context.loadDict(TO_DECOMPRESS_1).decompress(packed, size);
        }
      default:
        throw new IllegalArgumentException("kept by a codec that is not known: " + codec);
    }
  }

  private static int indexOf(byte[] bytes, char wanted, int from) {
    int i = from;
    while (bytes[i] != wanted) {
      i++;
    }
    return i;
  }

  /** The first line are zstd's tables for what is rare and what is frequent, the rest is text. */
  private static byte[] withTables(byte[] all) {
    int line = indexOf(all, '\n', 0);
    byte[] tables = HexFormat.of().parseHex(new String(all, 0, line, US_ASCII));
    byte[] dictionary = Arrays.copyOf(tables, tables.length + all.length - line - 1);
    System.arraycopy(all, line + 1, dictionary, tables.length, all.length - line - 1);
    return dictionary;
  }

  private static byte[] read(String resource) {
    try (InputStream in =
        Objects.requireNonNull(ContentCodec.class.getResourceAsStream(resource), resource)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
