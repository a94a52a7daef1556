package emr.system;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.Deflater;

/**
 * An eavesdropper between a hospital and the centre: passes every byte on and keeps a copy. It sees
 * what anyone in the network's path sees (claims 18, 19, 28).
 */
public final class WireTap implements AutoCloseable {

  private final ServerSocket listener;
  private final int target;
  private final ExecutorService pumps =
      Executors.newCachedThreadPool(
          work -> {
            var thread = new Thread(work, "wire-tap");
            thread.setDaemon(true);
            return thread;
          });
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final Copy toCentre = new Copy();
  private final Copy toHospital = new Copy();

  /** The bytes that went one way. */
  private static final class Copy {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    synchronized void add(byte[] buffer, int length) {
      bytes.write(buffer, 0, length);
    }

    synchronized byte[] all() {
      return bytes.toByteArray();
    }
  }

  private WireTap(ServerSocket listener, int target) {
    this.listener = listener;
    this.target = target;
  }

  /** Listens on a free port of this machine and passes on to {@code target}, another port of it. */
  public static WireTap before(int target) {
    try {
      var tap = new WireTap(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
      tap.pumps.execute(tap::listen);
      return tap;
    } catch (IOException e) {
      throw new UncheckedIOException("no free port", e);
    }
  }

  /** Where to call instead of the target. */
  public int port() {
    return listener.getLocalPort();
  }

  /** All that went to the centre so far. */
  public byte[] sent() {
    return toCentre.all();
  }

  /** All that came back so far. */
  public byte[] received() {
    return toHospital.all();
  }

  /** Whether {@code text} stands in clear anywhere in {@code bytes}, as UTF-8. */
  public static boolean contains(byte[] bytes, String text) {
    byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i + wanted.length <= bytes.length; i++) {
      int j = 0;
      while (j < wanted.length && bytes[i + j] == wanted[j]) {
        j++;
      }
      if (j == wanted.length) {
        return true;
      }
    }
    return false;
  }

  /** Shannon entropy of {@code bytes} in bits per byte; 8 is what cannot be told from noise. */
  public static double entropy(byte[] bytes) {
    var counts = new long[256];
    for (byte b : bytes) {
      counts[b & 255]++;
    }
    double bits = 0;
    for (long count : counts) {
      if (count > 0) {
        double share = (double) count / bytes.length;
        bits -= share * Math.log(share) / Math.log(2);
      }
    }
    return bits;
  }

  /** The part of their size to which {@code bytes} can be compressed; about 1 for noise. */
  public static double compressed(byte[] bytes) {
    var deflater = new Deflater(Deflater.BEST_COMPRESSION);
    deflater.setInput(bytes);
    deflater.finish();
    var buffer = new byte[1 << 16];
    long size = 0;
    while (!deflater.finished()) {
      size += deflater.deflate(buffer);
    }
    deflater.end();
    return (double) size / bytes.length;
  }

  private void listen() {
    while (!listener.isClosed()) {
      try {
        Socket caller = listener.accept();
        Socket centre = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.add(caller);
        sockets.add(centre);
        pumps.execute(() -> pass(caller, centre, toCentre));
        pumps.execute(() -> pass(centre, caller, toHospital));
      } catch (IOException e) {
        // the tap is being closed, or the centre is away: the caller sees a connection that ends
        continue;
      }
    }
  }

  private static void pass(Socket from, Socket to, Copy copy) {
    var buffer = new byte[1 << 14];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      int read;
      while ((read = in.read(buffer)) >= 0) {
        copy.add(buffer, read);
        out.write(buffer, 0, read);
        out.flush();
      }
    } catch (IOException e) {
      // one side hung up; closing both passes that on
      return;
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      pumps.shutdownNow();
    }
  }
}
