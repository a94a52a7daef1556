package emr.storage;

import emr.access.Query;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The data key of each patient, under which their records are encrypted. It lies in the database
 * wrapped by the centre's master key; a few are held in memory for as long as they are used.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class PatientKeys {

  private static final int MOST_HELD = 50_000;
  private static final SecureRandom RANDOM = new SecureRandom();

  @Inject CentreSecrets secrets;

  @Resource(lookup = "jdbc/emr")
  DataSource database;

  @Resource TransactionSynchronizationRegistry transaction;

  private final Map<Long, SecretKey> held =
      Collections.synchronizedMap(
          new LinkedHashMap<>(1024, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, SecretKey> eldest) {
              return size() > MOST_HELD;
            }
          });

  /**
   * @throws IllegalStateException if the patient has no key
   */
  SecretKey of(long patient) {
    SecretKey key = held.get(patient);
    if (key == null) {
      key = read(patient);
      if (key == null) {
        throw new IllegalStateException("patient " + patient + " has no key");
      }
      held.put(patient, key);
    }
    return key;
  }

  /** As {@link #of}; makes the key in the caller's transaction if there is none yet. */
  SecretKey ofNewOrKnown(long patient) {
    SecretKey key = held.get(patient);
    if (key != null) {
      return key;
    }
    if (transaction.getResource(resourceKey(patient)) instanceof SecretKey made) {
      return made;
    }
    key = read(patient);
    if (key == null) {
      SecretKey made = make();
      if (insert(patient, made)) {
        holdOnceCommitted(patient, made);
        return made;
      }
      key = of(patient); // another transaction made it just now
    }
    held.put(patient, key);
    return key;
  }

  /** A key that is rolled back must not be used again, for nobody could open what it closed. */
  private void holdOnceCommitted(long patient, SecretKey made) {
    transaction.putResource(resourceKey(patient), made);
    transaction.registerInterposedSynchronization(
        new Synchronization() {
          @Override
          public void beforeCompletion() {}

          @Override
          public void afterCompletion(int status) {
            if (status == Status.STATUS_COMMITTED) {
              held.put(patient, made);
            }
          }
        });
  }

  private static String resourceKey(long patient) {
    return PatientKeys.class.getName() + "." + patient;
  }

  private static SecretKey make() {
    var bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return new SecretKeySpec(bytes, "AES");
  }

  private @Nullable SecretKey read(long patient) {
    Query query =
        new Query().add("select wrapped from patient_key where patient = ?::bigint", patient);
    try (Connection connection = database.getConnection();
        var select = query.prepare(connection);
        ResultSet row = select.executeQuery()) {
      if (!row.next()) {
        return null;
      }
      Cipher cipher = Cipher.getInstance("AESWrap");
      cipher.init(Cipher.UNWRAP_MODE, secrets.master());
      return (SecretKey) cipher.unwrap(row.getBytes(1), "AES", Cipher.SECRET_KEY);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read a patient's key", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "the key of patient " + patient + " was not wrapped by this master key", e);
    }
  }

  /** False if there is one already. */
  private boolean insert(long patient, SecretKey key) {
    try (Connection connection = database.getConnection()) {
      Cipher cipher = Cipher.getInstance("AESWrap");
      cipher.init(Cipher.WRAP_MODE, secrets.master());
      Query query =
          new Query()
              .add(
                  "insert into patient_key (patient, wrapped) values (?::bigint, ?::bytea)"
                      + " on conflict do nothing",
                  patient,
                  cipher.wrap(key));
      try (var insert = query.prepare(connection)) {
        return insert.executeUpdate() == 1;
      }
    } catch (SQLException | GeneralSecurityException e) {
      throw new IllegalStateException("cannot keep a patient's key", e);
    }
  }
}
