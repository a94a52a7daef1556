package emr.account;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
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
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NotebookTest {

  private static final String CIRCLE = "north physicians";
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  private final JdbcDataSource database = new JdbcDataSource();
  private Connection open;
  private Notebook notebook;

  @BeforeEach
  void make() throws SQLException {
    database.setURL("jdbc:h2:mem:" + UUID.randomUUID());
    open = database.getConnection();
    makeTables(open);
    notebook = new Notebook(database, new SecretKeySpec(new byte[32], "AES"));
  }

  /** As a hospital's database has them. */
  static void makeTables(Connection database) throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute(
          "create table stamp (id varchar(36) primary key, owner varchar(64) not null, circle"
              + " varchar(100) not null, shared boolean not null, word varchar(20) not null, body"
              + " varchar(4000) not null, changed_at timestamp(9) with time zone not null,"
              + " unique (owner, word))");
      statement.execute(
          "create table draft (id varchar(36) primary key, user_name varchar(64) not null, patient"
              + " varchar(64), kind varchar(64) not null, changed_at timestamp(9) with time zone not"
              + " null, json clob, sealed varbinary(1000000))");
      statement.execute(
          "create table draft_file (id varchar(36) primary key, draft varchar(36) not null"
              + " references draft on delete cascade, octets bigint not null, attached_at"
              + " timestamp(9) with time zone not null, label varbinary(4000) not null)");
      statement.execute(
          "create table draft_file_piece (file varchar(36) not null, piece int not null, draft"
              + " varchar(36) not null references draft on delete cascade, sealed"
              + " varbinary(500000) not null, primary key (file, piece))");
    }
  }

  @AfterEach
  void close() throws SQLException {
    open.close();
  }

  @Test
  void aStampTakesThePlaceOfItsOwnersStampOfTheSameWord() {
    notebook.keep(stamp("ada", "soap", false, "First"), CIRCLE);
    notebook.keep(stamp("ada", "plan", false, "Other word"), CIRCLE);
    notebook.keep(stamp("ben", "soap", false, "Other owner"), CIRCLE);
    notebook.keep(stamp("ada", "soap", true, "Second"), CIRCLE);

    assertThat(notebook.stamps("ada", CIRCLE))
        .extracting(Stamp::text)
        .containsExactly("Other word", "Second");
    assertThat(notebook.stamps("ben", CIRCLE))
        .as("his own, before what she shares now")
        .extracting(Stamp::text)
        .containsExactly("Other owner", "Second");
  }

  @Test
  void noWordOfADraftStandsInTheDatabase() throws SQLException {
    Draft draft = draft("ada", "{\"plan.0\": \"Amlodipine\"}", NOW);
    notebook.keep(draft);
    assertThat(notebook.draft(draft.id(), "ada")).contains(draft);
    assertThat(notebook.draft(draft.id(), "ben")).isEmpty();
    assertThat(kept()).hasSize(1).noneMatch(each -> each.contains("Amlodipine"));
  }

  @Test
  void whatWasKeptInClearBeforeIsSealed() throws SQLException {
    UUID id = UUID.randomUUID();
    try (Statement statement = open.createStatement()) {
      statement.execute(
          "insert into draft (id, user_name, kind, changed_at, json) values ('%s', 'ada', 'entry',"
                  .formatted(id)
              + " current_timestamp, '{\"plan.0\": \"Amlodipine\"}')");
    }
    assertThat(kept()).anyMatch(each -> each.contains("Amlodipine"));
    notebook.sealEarlier();
    assertThat(kept()).noneMatch(each -> each.contains("Amlodipine"));
    assertThat(notebook.draft(id, "ada").orElseThrow().json()).contains("Amlodipine");
  }

  @Test
  void nobodyTakesTheDraftOfAnotherInTheirOwn() {
    Draft draft = draft("ada", "{}", NOW);
    notebook.keep(draft);
    Draft other =
        new Draft(draft.id(), "ben", draft.patient(), draft.kind(), "{}", draft.changedAt());
    assertThatThrownBy(() -> notebook.keep(other)).isInstanceOf(Refusal.class);
    assertThat(notebook.drafts("ben")).isEmpty();
  }

  @Test
  void thereIsAnEndToDraftsAndItSaysWhatToDo() {
    for (int i = 0; i < Notebook.MOST_DRAFTS; i++) {
      notebook.keep(draft("ada", "{}", NOW.minusSeconds(i)));
    }
    assertThatThrownBy(() -> notebook.keep(draft("ada", "{}", NOW)))
        .hasMessageContaining("Sign or discard one");
    Draft begun = notebook.drafts("ada").get(0);
    notebook.keep(begun); // what is begun goes on
    notebook.keep(draft("ben", "{}", NOW));
    notebook.discard(begun.id(), "ada");
    notebook.keep(draft("ada", "{}", NOW));
    assertThatThrownBy(
            () -> notebook.keep(draft("ben", "x".repeat(Notebook.LONGEST_DRAFT + 1), NOW)))
        .hasMessageContaining("longer than 100000 characters");
  }

  @Test
  void aDraftThatNobodyChangesIsGivenUp() throws SQLException {
    Draft old = draft("ada", "{}", NOW.minus(Notebook.KEPT).minusSeconds(1));
    Draft young = draft("ada", "{}", NOW.minus(Notebook.KEPT).plusSeconds(60));
    notebook.keep(young);
    notebook.keep(old);
    assertThat(notebook.drafts("ada")).containsExactly(young);
    notebook.keep(draft("ben", "{}", NOW));
    assertThat(kept()).as("the old one is gone, whoever writes next").hasSize(2);
  }

  private static Draft draft(String user, String json, Instant at) {
    return new Draft(UUID.randomUUID(), user, new PatientId("p-1"), "entry", json, at);
  }

  /** Every row as text. */
  private List<String> kept() throws SQLException {
    var rows = new ArrayList<String>();
    try (Statement statement = open.createStatement();
        ResultSet all = statement.executeQuery("select json, sealed from draft")) {
      while (all.next()) {
        byte[] sealed = all.getBytes(2);
        rows.add(all.getString(1) + (sealed == null ? "" : new String(sealed, ISO_8859_1)));
      }
    }
    return rows;
  }

  private static Stamp stamp(String owner, String word, boolean shared, String text) {
    return new Stamp(UUID.randomUUID(), owner, shared, word, text);
  }
}
