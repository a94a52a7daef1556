package emr.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NotebookTest {

  private static final String CIRCLE = "north physicians";

  private final JdbcDataSource database = new JdbcDataSource();
  private Connection open;
  private Notebook notebook;

  @BeforeEach
  void make() throws SQLException {
    database.setURL("jdbc:h2:mem:" + UUID.randomUUID());
    open = database.getConnection();
    try (Statement statement = open.createStatement()) {
      statement.execute(
          "create table stamp (id varchar(36) primary key, owner varchar(64) not null, circle"
              + " varchar(100) not null, shared boolean not null, word varchar(20) not null, body"
              + " varchar(4000) not null, changed_at timestamp(9) with time zone not null,"
              + " unique (owner, word))");
    }
    notebook = new Notebook(database);
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

  private static Stamp stamp(String owner, String word, boolean shared, String text) {
    return new Stamp(UUID.randomUUID(), owner, shared, word, text);
  }
}
