package emr.exchange;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.util.List;

/** Fresh P-256 keys with self-signed certificates, made by the JDK's keytool. */
public record Keys(ECPrivateKey key, X509Certificate certificate) {

  private static final char[] PASSWORD = "only-for-this-test".toCharArray();

  /** A new pair for {@code commonName}. */
  public static Keys of(String commonName) {
    try {
      Path folder = Files.createTempDirectory("keys");
      Path file = folder.resolve("keys.p12");
      run(
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
              "-genkeypair",
              "-alias",
              "key",
              "-keyalg",
              "EC",
              "-groupname",
              "secp256r1",
              "-dname",
              "CN=" + commonName,
              "-validity",
              "30",
              "-storetype",
              "PKCS12",
              "-keystore",
              file.toString(),
              "-storepass",
              new String(PASSWORD)));
      KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD);
      Files.delete(file);
      Files.delete(folder);
      return new Keys(
          (ECPrivateKey) store.getKey("key", PASSWORD),
          (X509Certificate) store.getCertificate("key"));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("cannot make keys for the test", e);
    }
  }

  private static void run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).inheritIO().start();
    try {
      if (process.waitFor() != 0) {
        throw new IOException("keytool failed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
