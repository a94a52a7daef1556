package emr.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection: as much of HTTP/1.1 as is needed, on a blocking socket, so that the load
 * takes as little of a small machine as it can. Not for several threads.
 */
final class Connection implements AutoCloseable {

  private static final int PATIENCE_MS = 600_000;
  private static final int BUFFER = 65_536;

  private final URI base;
  private final Supplier<String> token;
  private final byte[] line = new byte[16_384];
  private @Nullable Socket socket;
  private @Nullable InputStream in;
  private @Nullable OutputStream out;

  /**
   * @param token asked for with each request, since it changes during long runs
   */
  Connection(URI base, Supplier<String> token) {
    this.base = base;
    this.token = token;
  }

  /** What came back. */
  record Answer(int status, byte[] body, String etag) {

    String text() {
      return new String(body, UTF_8);
    }

    boolean isGood() {
      return status / 100 == 2;
    }

    /** How often {@code word} stands in it. */
    int count(String word) {
      byte[] wanted = word.getBytes(UTF_8);
      int count = 0;
      for (int i = 0; i <= body.length - wanted.length; i++) {
        if (Arrays.equals(body, i, i + wanted.length, wanted, 0, wanted.length)) {
          count++;
          i += wanted.length - 1;
        }
      }
      return count;
    }
  }

  Answer get(String path) throws IOException {
    return call("GET", path, null, "");
  }

  /**
   * @param headers each with its line end
   */
  Answer call(String method, String path, byte @Nullable [] body, String headers)
      throws IOException {
    byte[] request = request(method, path, body, headers);
    boolean fresh = socket == null;
    try {
      return exchange(request);
    } catch (EOFException e) {
      close();
      if (fresh) {
        throw e;
      }
      return exchange(request); // the server may close what was idle
    }
  }

  private byte[] request(String method, String path, byte @Nullable [] body, String headers) {
    var head =
        new StringBuilder(1024)
            .append(method)
            .append(' ')
            .append(base.getPath())
            .append(path)
            .append(" HTTP/1.1\r\nHost: ")
            .append(base.getAuthority())
            .append("\r\nAccept: application/fhir+json\r\nAuthorization: Bearer ")
            .append(token.get())
            .append("\r\n")
            .append(headers);
    if (body != null) {
      head.append("Content-Type: application/fhir+json\r\nContent-Length: ")
          .append(body.length)
          .append("\r\n");
    }
    byte[] first = head.append("\r\n").toString().getBytes(ISO_8859_1);
    if (body == null) {
      return first;
    }
    byte[] whole = Arrays.copyOf(first, first.length + body.length);
    System.arraycopy(body, 0, whole, first.length, body.length);
    return whole;
  }

  private Answer exchange(byte[] request) throws IOException {
    if (socket == null) {
      open();
    }
    require(out).write(request);
    require(out).flush();
    String status = readLine();
    int length = -1;
    boolean chunked = false;
    boolean closes = false;
    String etag = "";
    for (String header = readLine(); !header.isEmpty(); header = readLine()) {
      int colon = header.indexOf(':');
      String value = header.substring(colon + 1).strip();
      switch (header.substring(0, colon).toLowerCase(Locale.ROOT)) {
        case "content-length" -> length = Integer.parseInt(value);
        case "transfer-encoding" -> chunked = value.contains("chunked");
        case "connection" -> closes = value.equalsIgnoreCase("close");
        case "etag" -> etag = value;
        default -> {}
      }
    }
    byte[] body = chunked ? chunks() : length > 0 ? exactly(length) : new byte[0];
    if (closes) {
      close();
    }
    return new Answer(Integer.parseInt(status.substring(9, 12)), body, etag);
  }

  private void open() throws IOException {
    var opened = new Socket();
    opened.setTcpNoDelay(true);
    opened.setSoTimeout(PATIENCE_MS);
    opened.connect(new InetSocketAddress(base.getHost(), base.getPort()), PATIENCE_MS);
    socket = opened;
    in = new BufferedInputStream(opened.getInputStream(), BUFFER);
    out = opened.getOutputStream();
  }

  private byte[] chunks() throws IOException {
    byte[] body = new byte[BUFFER];
    int length = 0;
    while (true) {
      int size = Integer.parseInt(readLine().split(";", 2)[0].strip(), 16);
      if (length + size > body.length) {
        body = Arrays.copyOf(body, Math.max(body.length * 2, length + size));
      }
      if (require(in).readNBytes(body, length, size) < size) {
        throw new EOFException("an answer ended early");
      }
      length += size;
      readLine();
      if (size == 0) {
        return Arrays.copyOf(body, length);
      }
    }
  }

  private byte[] exactly(int length) throws IOException {
    byte[] body = require(in).readNBytes(length);
    if (body.length < length) {
      throw new EOFException("an answer ended early");
    }
    return body;
  }

  private String readLine() throws IOException {
    int length = 0;
    while (true) {
      int next = require(in).read();
      if (next < 0) {
        throw new EOFException("closed before an answer");
      }
      if (next == '\n') {
        int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        return new String(line, 0, end, ISO_8859_1);
      }
      line[length++] = (byte) next;
    }
  }

  private static <T> T require(@Nullable T opened) {
    if (opened == null) {
      throw new IllegalStateException("not open");
    }
    return opened;
  }

  @Override
  public void close() {
    try (Socket closing = socket) {
      socket = null;
    } catch (IOException e) {
      socket = null; // it is of no use any more, whatever went wrong
    }
  }
}
