package emr.hospital.temporarystore;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A content as the database keeps it: its UTF-8 bytes in pieces. */
final class Pieces {

  static final int SIZE = 500_000;

  private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

  static List<byte[]> of(String content) {
    byte[] all = content.getBytes(UTF_8);
    var pieces = new ArrayList<byte[]>(1);
    for (int from = 0; from < all.length || from == 0; from += SIZE) {
      pieces.add(Arrays.copyOfRange(all, from, Math.min(all.length, from + SIZE)));
    }
    return pieces;
  }

  void add(byte[] piece) {
    octets.writeBytes(piece);
  }

  @Override
  public String toString() {
    return octets.toString(UTF_8);
  }
}
