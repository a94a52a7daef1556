package emr.custody;

import static java.nio.charset.StandardCharsets.UTF_8;

import emr.exchange.record.RecordId;
import emr.exchange.record.RecordKey;
import emr.exchange.record.RecordVersion;
import emr.exchange.record.StoredReceipt;
import emr.exchange.seal.BrokenSeal;
import emr.exchange.seal.PaperType;
import emr.exchange.seal.Signed;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Checks what the centre keeps against what it has signed, with code of its own: the chain of a
 * record's hashes from the original to the newest version, and the receipt given for that.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class Verification {

  private static final String CHAIN =
      """
      select v.number, v.content_hash, v.hash, s.id, s.receipt
      from version v
      join submission s on s.id = v.submission
      where v.patient = ? and v.record = ? and v.number <= ?
      order by v.number
      """;

  private static final String STORED_TOGETHER =
      "select hash from version where patient = ? and submission = ?";

  @Resource(lookup = "jdbc/emr")
  DataSource database;

  @Inject CentreKeys keys;

  /**
   * A version as the chain sees it.
   *
   * @param contentHash SHA-256 of the content as it was signed
   */
  record Kept(int number, byte[] contentHash, byte[] hash, UUID submission, String receipt) {}

  /**
   * Whether everything up to {@code version} is as it was signed for. False for a record whose id a
   * partner chose: its keys are not in its name.
   */
  public boolean verified(RecordVersion version) {
    Optional<RecordKey> patient = version.record().patientKey();
    Optional<RecordKey> record = version.record().recordKey();
    if (patient.isEmpty() || record.isEmpty()) {
      return false;
    }
    List<Kept> chain = chain(patient.get().value(), record.get().value(), version.number());
    return holds(version.record(), chain)
        && chain.size() == version.number()
        && HexFormat.of().formatHex(chain.get(chain.size() - 1).hash()).equals(version.hash())
        && signed(version, patient.get().value(), chain.get(chain.size() - 1));
  }

  private boolean signed(RecordVersion version, long patient, Kept kept) {
    try {
      Signed receipt = Signed.parse(kept.receipt());
      if (receipt.isA(PaperType.STORED)) {
        StoredSum sum = receipt.verify(PaperType.STORED, keys.signCertificate(), StoredSum.class);
        return sum.submission().equals(kept.submission())
            && sum.sum().equals(StoredSum.sum(storedTogether(patient, kept.submission())));
      }
      return receipt
          .verify(PaperType.RECEIPT, keys.signCertificate(), StoredReceipt.class)
          .versions()
          .stream()
          .anyMatch(
              stored ->
                  stored.record().equals(version.record())
                      && stored.number() == version.number()
                      && stored.hash().equals(version.hash()));
    } catch (BrokenSeal broken) {
      return false; // that is the finding
    }
  }

  /** Whether each hash covers the content's and the one before, from the original on. */
  static boolean holds(RecordId record, List<Kept> chain) {
    byte[] before = new byte[32];
    int number = 0;
    for (Kept kept : chain) {
      number++;
      if (kept.number() != number
          || !MessageDigest.isEqual(
              next(before, record, number, kept.contentHash()), kept.hash())) {
        return false;
      }
      before = kept.hash();
    }
    return number > 0;
  }

  static byte[] next(byte[] before, RecordId record, int number, byte[] contentHash) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(before);
      sha256.update(record.toString().getBytes(UTF_8));
      sha256.update(ByteBuffer.allocate(4).putInt(number).array());
      return sha256.digest(contentHash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private List<Kept> chain(long patient, long record, int number) {
    try (Connection connection = database.getConnection();
        PreparedStatement query = connection.prepareStatement(CHAIN)) {
      query.setLong(1, patient);
      query.setLong(2, record);
      query.setInt(3, number);
      var chain = new ArrayList<Kept>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          chain.add(
              new Kept(
                  rows.getInt(1),
                  rows.getBytes(2),
                  rows.getBytes(3),
                  rows.getObject(4, UUID.class),
                  rows.getString(5)));
        }
      }
      return chain;
    } catch (SQLException e) {
      throw new IllegalStateException("the chain cannot be read", e);
    }
  }

  private List<String> storedTogether(long patient, UUID submission) {
    try (Connection connection = database.getConnection();
        PreparedStatement query = connection.prepareStatement(STORED_TOGETHER)) {
      query.setLong(1, patient);
      query.setObject(2, submission);
      var hashes = new ArrayList<String>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          hashes.add(HexFormat.of().formatHex(rows.getBytes(1)));
        }
      }
      return hashes;
    } catch (SQLException e) {
      throw new IllegalStateException("what was stored together cannot be read", e);
    }
  }
}
