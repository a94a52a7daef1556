package emr.account;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emr.exchange.record.PatientId;
import emr.exchange.record.Refusal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DraftFilesTest {

  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private static final byte[] WORDS = "Amlodipine".getBytes(UTF_8);

  private final JdbcDataSource database = new JdbcDataSource();
  private Connection open;
  private Notebook notebook;
  private DraftFiles files;

  @BeforeEach
  void make() throws SQLException {
    database.setURL("jdbc:h2:mem:" + UUID.randomUUID());
    open = database.getConnection();
    NotebookTest.makeTables(open);
    notebook = new Notebook(database, new SecretKeySpec(new byte[32], "AES"));
    files = notebook.files();
  }

  @AfterEach
  void close() throws SQLException {
    open.close();
  }

  @Test
  void aFileComesBackAsItWasHoweverLarge() {
    UUID draft = begun("ada", NOW);
    byte[] large = new byte[1_750_000];
    new Random(7).nextBytes(large);

    DraftFile scan = files.attach(draft, "ada", "C:\\scans\\leg.png", "image/png", large);
    DraftFile letter = files.attach(draft, "ada", "文書.txt", "text/plain; charset=utf-8", WORDS);
    DraftFile odd = files.attach(draft, "ada", " ", "no type\nat all", WORDS);

    assertThat(files.of(draft, "ada")).containsExactly(scan, letter, odd);
    assertThat(files.content(draft, scan.id(), "ada")).isEqualTo(large);
    assertThat(files.content(draft, letter.id(), "ada")).isEqualTo(WORDS);
    assertThat(scan)
        .extracting(DraftFile::name, DraftFile::size)
        .containsExactly("leg.png", 1_750_000L);
    assertThat(letter.contentType()).isEqualTo("text/plain");
    assertThat(odd)
        .extracting(DraftFile::name, DraftFile::contentType)
        .containsExactly("file", "application/octet-stream");
  }

  @Test
  void neitherNameNorContentStandsInTheDatabase() throws SQLException {
    files.attach(begun("ada", NOW), "ada", "HIV-result.txt", "text/plain", WORDS);
    assertThat(kept("label", "draft_file")).hasSize(1).noneMatch(row -> row.contains("HIV"));
    assertThat(kept("sealed", "draft_file_piece")).noneMatch(row -> row.contains("Amlodipine"));
  }

  @Test
  void aFileIsItsAuthorsAlone() {
    UUID draft = begun("ada", NOW);
    DraftFile file = files.attach(draft, "ada", "a.txt", "text/plain", WORDS);

    assertThat(files.of(draft, "ben")).isEmpty();
    assertThatThrownBy(() -> files.content(draft, file.id(), "ben")).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> files.attach(draft, "ben", "b.txt", "text/plain", WORDS))
        .hasMessageContaining("signed or discarded elsewhere");
    files.detach(draft, file.id(), "ben");
    assertThat(files.of(draft, "ada")).containsExactly(file);
  }

  @Test
  void itGoesWithItsDraftOrBeforeIt() throws SQLException {
    UUID draft = begun("ada", NOW);
    DraftFile first = files.attach(draft, "ada", "a.txt", "text/plain", WORDS);
    files.attach(draft, "ada", "b.txt", "text/plain", WORDS);
    files.detach(draft, first.id(), "ada");
    assertThat(kept("sealed", "draft_file_piece")).hasSize(1);
    assertThatThrownBy(() -> files.content(draft, first.id(), "ada"))
        .hasMessageContaining("removed elsewhere");
    notebook.discard(draft, "ada");
    assertThat(kept("label", "draft_file")).isEmpty();
    assertThat(kept("sealed", "draft_file_piece")).isEmpty();
  }

  @Test
  void aDraftLastsFromItsLastFileAndIsGivenUpWithAll() throws SQLException {
    UUID old = begun("ada", NOW.minus(Notebook.KEPT).plusSeconds(60));
    files.attach(old, "ada", "a.txt", "text/plain", WORDS);
    assertThat(notebook.draft(old, "ada").orElseThrow().changedAt()).isAfterOrEqualTo(NOW);
    try (Statement statement = open.createStatement()) {
      statement.execute("update draft set changed_at = timestamp '2020-01-01 00:00:00'");
    }
    begun("ben", NOW);
    assertThat(kept("sealed", "draft_file_piece")).isEmpty();
  }

  @Test
  void thereIsAnEndToFilesAndItSaysWhatToDo() throws SQLException {
    UUID draft = begun("ada", NOW);
    assertThatThrownBy(() -> files.attach(draft, "ada", "a", null, new byte[0]))
        .hasMessageContaining("empty or larger than 20 MB");
    assertThatThrownBy(
            () -> files.attach(draft, "ada", "a", null, new byte[DraftFiles.LARGEST + 1]))
        .hasMessageContaining("empty or larger than 20 MB");

    files.attach(draft, "ada", "a", null, WORDS);
    pretend(draft, DraftFiles.MOST_OF_A_DRAFT - WORDS.length);
    files.attach(draft, "ada", "fits", null, WORDS);
    assertThatThrownBy(() -> files.attach(draft, "ada", "a", null, WORDS))
        .hasMessageContaining("30 MB together");

    UUID other = begun("ada", NOW);
    pretend(draft, DraftFiles.MOST_OF_A_PERSON);
    assertThatThrownBy(() -> files.attach(other, "ada", "a", null, WORDS))
        .hasMessageContaining("100 MB together");
    assertThat(files.of(other, "ada")).isEmpty();
    files.attach(begun("ben", NOW), "ben", "a", null, WORDS);

    UUID many = begun("eve", NOW);
    for (int i = 0; i < DraftFiles.MOST_FILES; i++) {
      files.attach(many, "eve", "a", null, WORDS);
    }
    assertThatThrownBy(() -> files.attach(many, "eve", "a", null, WORDS))
        .hasMessageContaining("up to 20 files");
  }

  /** As if the draft's files were so large. */
  private void pretend(UUID draft, long octets) throws SQLException {
    try (Statement statement = open.createStatement()) {
      statement.execute("update draft_file set octets = 0");
      statement.execute(
          "update draft_file set octets = %d where id = (select min(id) from draft_file where draft = '%s')"
              .formatted(octets, draft));
    }
  }

  private UUID begun(String user, Instant at) {
    var draft = new Draft(UUID.randomUUID(), user, new PatientId("p-1"), "entry", "{}", at);
    notebook.keep(draft);
    return draft.id();
  }

  private List<String> kept(String column, String table) throws SQLException {
    var rows = new ArrayList<String>();
    try (Statement statement = open.createStatement();
        ResultSet all = statement.executeQuery("select " + column + " from " + table)) {
      while (all.next()) {
        rows.add(new String(all.getBytes(1), ISO_8859_1));
      }
    }
    return rows;
  }
}
