package emr.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import emr.exchange.record.RecordId;
import emr.exchange.record.StoredReceipt;
import emr.exchange.seal.BrokenSeal;
import emr.exchange.seal.PaperType;
import emr.exchange.seal.Signed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Checks every version of every record, with code of its own: each hash covers the content and the
 * version before, from the original to the newest; the newest is what searches give; what the
 * sealed audit trail says was stored is there; and each submission is what the centre signed for.
 * It reads row after row, and keeps no more than one submission's at a time.
 */
final class KeptRecords {

  /** What is named at most; the rest is counted. */
  private static final int NAMED = 1_000;

  private static final int FETCHED = 500;
  private static final HexFormat HEX = HexFormat.of();

  private static final String CHAINS =
      """
      select patient, record, number, type, alias, content_hash, hash, content
      from version order by patient, record, number
      """;

  private static final String NEWEST =
      """
      select c.patient, c.record, c.number, c.type, c.alias from current c
      where not exists (select 1 from version v
        where v.patient = c.patient and v.record = c.record and v.number = c.number
          and v.hash = c.hash and (c.content is null or c.content = v.content))
      or exists (select 1 from version v
        where v.patient = c.patient and v.record = c.record and v.number > c.number)
      """;

  /** Action 4 is storing. */
  private static final String NOTED =
      """
      select coalesce(a.patients[r.n], a.patient, 0), r.record, r.number
      from audit a, unnest(a.records, a.numbers) with ordinality as r(record, number, n)
      where a.action = 4 and a.permitted and not exists (select 1 from version v
        where v.record = r.record and v.number = r.number
          and v.patient in (coalesce(a.patients[r.n], a.patient, 0), 0))
      """;

  private static final String RECEIPTS = "select id, receipt from submission order by id";

  private static final String BY_SUBMISSION =
      """
      select patient, record, number, type, alias, submission, hash
      from version order by submission
      """;

  private static final List<String> TYPES = types();

  private final Connection database;
  private final X509Certificate centre;
  private final KeptContent contents;
  private final List<Finding> findings = new ArrayList<>();
  private final Set<String> named = new HashSet<>();
  private long records;
  private long versions;
  private long erased;
  private long submissions;
  private long unnamed;

  KeptRecords(Connection database, X509Certificate centre, SecretKey master) {
    this.database = database;
    this.centre = centre;
    this.contents = new KeptContent(master);
  }

  /**
   * A version that is not as it was stored.
   *
   * @param version such as {@code Observation/0e4k2x9q7m1ta-0e4k2x9q7m1tb/_history/2}
   */
  record Finding(String version, String what) {}

  /**
   * What was looked at and what was found.
   *
   * @param erased versions of patients whose key was destroyed: of these the hashes alone
   * @param unnamed how many more there are than are named
   */
  record Result(
      long records,
      long versions,
      long erased,
      long submissions,
      List<Finding> findings,
      long unnamed) {

    void print() {
      System.out.printf(
          "records: %,d, in %,d versions, of %,d submissions", records, versions, submissions);
      System.out.println(erased == 0 ? "" : " (%,d versions are erased)".formatted(erased));
      findings.forEach(found -> System.out.println("  " + found.version() + " " + found.what()));
      if (unnamed > 0) {
        System.out.printf("  and %,d more%n", unnamed);
      }
    }
  }

  /** The centre's digest of a submission that nobody holds a receipt of. */
  private record Sum(UUID submission, Instant storedAt, String sum) {}

  /** A version that a submission stored. */
  private record Stored(String version, String hash) {}

  Result check() throws SQLException, GeneralSecurityException {
    chains();
    each(NEWEST, row -> found(version(row), "is missing, or is not what searches give"));
    receipts();
    each(
        NOTED,
        row ->
            found(
                "*/"
                    + RecordId.of("Any", number(row, 1), number(row, 2)).id()
                    + "/_history/"
                    + number(row, 3),
                "is missing: the audit trail says that it was stored"));
    return new Result(records, versions, erased, submissions, List.copyOf(findings), unnamed);
  }

  private void found(String version, String what) {
    String once = version.replaceFirst("^[^/]*/", ""); // the trail names no types
    if (named.contains(once)) {
      return;
    }
    if (findings.size() == NAMED) {
      unnamed++;
      return;
    }
    named.add(once);
    findings.add(new Finding(version, what));
  }

  private void chains() throws SQLException, GeneralSecurityException {
    execute("set enable_sort = off"); // by the key's index, or all contents would be sorted first
    try (PreparedStatement query = database.prepareStatement(CHAINS);
        PreparedStatement keys =
            database.prepareStatement("select wrapped from patient_key where patient = ?")) {
      query.setFetchSize(FETCHED);
      long patient = -1;
      SecretKey key = null;
      Chain chain = new Chain(-1, -1);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          if (row.getLong(1) != patient) {
            patient = row.getLong(1);
            key = key(keys, patient);
          }
          if (!chain.isOf(patient, row.getLong(2))) {
            chain = new Chain(patient, row.getLong(2));
            records++;
          }
          versions++;
          chain.check(row, key);
        }
      }
    }
    execute("reset enable_sort");
  }

  private @Nullable SecretKey key(PreparedStatement query, long patient)
      throws SQLException, GeneralSecurityException {
    query.setLong(1, patient);
    try (ResultSet row = query.executeQuery()) {
      return row.next() ? contents.key(row.getBytes(1)) : null;
    }
  }

  /** The versions of one record, one after the other. */
  private final class Chain {

    private final long patient;
    private final long record;
    private int expected = 1;
    private byte @Nullable [] before = new byte[32];

    Chain(long patient, long record) {
      this.patient = patient;
      this.record = record;
    }

    boolean isOf(long ofPatient, long ofRecord) {
      return patient == ofPatient && record == ofRecord;
    }

    void check(ResultSet row, @Nullable SecretKey key)
        throws SQLException, GeneralSecurityException {
      String name = KeptRecords.record(row);
      int number = row.getInt(3);
      for (; expected < number; expected++) {
        found(name + "/_history/" + expected, "is missing");
        before = null;
      }
      expected = number + 1;
      byte[] contentHash = row.getBytes(6);
      byte[] hash = row.getBytes(7);
      Optional<byte[]> content =
          key == null
              ? Optional.of(contentHash)
              : contents.hash(row.getBytes(8), key, patient, record, number);
      byte[] made = before == null ? hash : next(before, name, number, content.orElse(contentHash));
      if (content.filter(of -> Arrays.equals(of, contentHash)).isEmpty()) {
        found(version(row), "is altered: its content is not what its hash covers");
      }
      if (!Arrays.equals(made, hash)) {
        found(version(row), "is altered: its hash does not cover it and the version before");
      }
      erased += key == null ? 1 : 0;
      before = made; // so that what is altered alone is named, and not what comes after it
    }
  }

  private static byte[] next(byte[] before, String record, int number, byte[] contentHash) {
    MessageDigest digest = sha256();
    digest.update(before);
    digest.update(record.getBytes(UTF_8));
    digest.update(ByteBuffer.allocate(4).putInt(number).array());
    return digest.digest(contentHash);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private void receipts() throws SQLException {
    try (PreparedStatement receipts = database.prepareStatement(RECEIPTS);
        PreparedStatement stored = database.prepareStatement(BY_SUBMISSION)) {
      receipts.setFetchSize(FETCHED);
      stored.setFetchSize(FETCHED);
      try (ResultSet receipt = receipts.executeQuery();
          ResultSet version = stored.executeQuery()) {
        boolean more = version.next();
        while (receipt.next()) {
          submissions++;
          String id = receipt.getString(1);
          var together = new ArrayList<Stored>();
          while (more && version.getString(6).compareTo(id) <= 0) {
            add(version, id, together);
            more = version.next();
          }
          check(id, receipt.getString(2), together);
        }
        for (; more; more = version.next()) {
          add(version, "", new ArrayList<>());
        }
      }
    }
  }

  private void add(ResultSet version, String submission, List<Stored> together)
      throws SQLException {
    if (version.getString(6).equals(submission)) {
      together.add(new Stored(version(version), HEX.formatHex(version.getBytes(7))));
    } else {
      found(version(version), "is of a submission that is missing");
    }
  }

  private void check(String id, String receipt, List<Stored> together) {
    try {
      Signed paper = Signed.parse(receipt);
      if (paper.isA(PaperType.STORED)) {
        check(id, paper.verify(PaperType.STORED, centre, Sum.class), together);
      } else {
        check(id, paper.verify(PaperType.RECEIPT, centre, StoredReceipt.class), together);
      }
    } catch (BrokenSeal broken) {
      found(
          "submission " + id, "has a receipt that the centre did not sign: " + broken.getMessage());
    }
  }

  private void check(String id, Sum signed, List<Stored> together) {
    MessageDigest digest = sha256();
    together.stream()
        .map(Stored::hash)
        .sorted()
        .forEach(hash -> digest.update(hash.getBytes(UTF_8)));
    if (!signed.submission().toString().equals(id)
        || !signed.sum().equals(HEX.formatHex(digest.digest()))) {
      found(
          "submission " + id,
          "is not what the centre signed for; of it is kept: "
              + together.stream().map(Stored::version).limit(20).toList());
    }
  }

  private void check(String id, StoredReceipt signed, List<Stored> together) {
    if (!signed.submission().toString().equals(id)) {
      found("submission " + id, "has the receipt of another");
    }
    var kept = new HashSet<>(together);
    for (StoredReceipt.Stored version : signed.versions()) {
      String name = version.record() + "/_history/" + version.number();
      if (!kept.remove(new Stored(name, version.hash()))) {
        found(name, "is missing, or is not what the centre signed for");
      }
    }
    kept.forEach(version -> found(version.version(), "was put in: the centre signed for no such"));
  }

  private void each(String sql, Consumer<ResultSet> what) throws SQLException {
    try (PreparedStatement query = database.prepareStatement(sql)) {
      query.setFetchSize(FETCHED);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          what.accept(row);
        }
      }
    }
  }

  private void execute(String sql) throws SQLException {
    try (PreparedStatement statement = database.prepareStatement(sql)) {
      statement.execute();
    }
  }

  /** Patient, record, number, type and alias are the first columns. */
  private static String version(ResultSet row) {
    try {
      return record(row) + "/_history/" + row.getInt(3);
    } catch (SQLException e) {
      throw new IllegalStateException("the versions cannot be read", e);
    }
  }

  private static String record(ResultSet row) throws SQLException {
    String type = TYPES.get(row.getShort(4) - 1);
    return Optional.ofNullable(row.getString(5))
        .map(alias -> type + "/" + alias)
        .orElse(RecordId.of(type, row.getLong(1), row.getLong(2)).toString());
  }

  private static long number(ResultSet row, int column) {
    try {
      return row.getLong(column);
    } catch (SQLException e) {
      throw new IllegalStateException("the versions cannot be read", e);
    }
  }

  /** In the order of their numbers, which begin with 1. */
  private static List<String> types() {
    try (var lines =
            new BufferedReader(
                new InputStreamReader(
                    Objects.requireNonNull(
                        KeptRecords.class.getResourceAsStream("/emr/access/types.txt")),
                    UTF_8));
        Stream<String> names = lines.lines()) {
      return names.filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
