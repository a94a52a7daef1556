package emr.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Files of drafts, sealed as the drafts' words are and gone with them. A file is there when its row
 * is; its content lies in pieces that were written before, since a value of a hospital's database
 * has at most a megabyte.
 */
public final class DraftFiles {

  /** The largest file, in octets. */
  public static final int LARGEST = 20_000_000;

  /** What the files of one draft have together, in octets: more could not be sent as one entry. */
  public static final long MOST_OF_A_DRAFT = 30_000_000;

  /** How many files one draft has. */
  public static final int MOST_FILES = 20;

  /** What the files in all of a person's drafts have together, in octets. */
  public static final long MOST_OF_A_PERSON = 100_000_000;

  private static final String PURPOSE = "emr draft file seal ";
  private static final int PIECE = 500_000;
  private static final int LONGEST_NAME = 200;
  private static final Pattern TYPE = Pattern.compile("[\\w.+-]{1,100}/[\\w.+-]{1,100}");

  private final Sql sql;
  private final SecretKey master;

  DraftFiles(Sql sql, SecretKey master) {
    this.sql = sql;
    this.master = master;
  }

  /**
   * Attaches a file to a draft that is kept already, and counts the draft's days anew.
   *
   * @param name with folders or without
   * @param type as the browser said; what is no type becomes application/octet-stream
   * @throws Refusal {@link Reason#TOO_LARGE}, or {@link Reason#CONFLICT} if there is no place for
   *     it, or no such draft of {@code user}'s
   */
  public DraftFile attach(
      UUID draft, String user, String name, @Nullable String type, byte[] content) {
    if (content.length == 0 || content.length > LARGEST) {
      throw wrongSize();
    }
    requireRoom(draft, user, content.length);
    var file = new DraftFile(UUID.randomUUID(), plain(name), known(type), content.length);
    try {
      keep(draft, user, file, content);
    } catch (Sql.Failed e) {
      if (e.taken()) {
        throw (Refusal) gone().initCause(e); // the draft was given up meanwhile
      }
      throw e;
    }
    return file;
  }

  /** The refusal of a file that has no octets or more than {@link #LARGEST}. */
  public static Refusal wrongSize() {
    return new Refusal(
        Reason.TOO_LARGE, "That file is empty or larger than 20 MB. It was not attached.");
  }

  private static Refusal gone() {
    return new Refusal(
        Reason.CONFLICT,
        "The draft of this page was signed or discarded elsewhere. The file was not attached.");
  }

  /** Two pages that attach at the same moment may exceed the bounds by one file. */
  private void requireRoom(UUID draft, String user, int octets) {
    List<DraftFile> beside = of(draft, user);
    long here = beside.stream().mapToLong(DraftFile::size).sum();
    if (beside.size() >= MOST_FILES || here + octets > MOST_OF_A_DRAFT) {
      throw new Refusal(
          Reason.TOO_LARGE,
          "One entry takes up to 20 files with 30 MB together. This one was not attached: sign, and"
              + " attach it to another entry.");
    }
    if (octets(user) + octets > MOST_OF_A_PERSON) {
      throw new Refusal(
          Reason.CONFLICT,
          "The files in your drafts have 100 MB together, as much as one person may have. This one"
              + " was not attached: sign or discard one of the drafts on your first page first.");
    }
  }

  private long octets(String user) {
    return sql.list(
            "select coalesce(sum(f.octets), 0) from draft_file f join draft d on d.id = f.draft"
                + " where d.user_name = ?",
            row -> row.getLong(1),
            user)
        .get(0);
  }

  private void keep(UUID draft, String user, DraftFile file, byte[] content) {
    if (sql.update(
            "update draft set changed_at = ? where id = ? and user_name = ?",
            Instant.now(),
            draft.toString(),
            user)
        == 0) {
      throw gone();
    }
    Seal seal = seal(user);
    byte[] sealed = seal.seal(content, place(draft, file.id()));
    for (int at = 0, piece = 0; at < sealed.length; at += PIECE, piece++) {
      sql.update(
          "insert into draft_file_piece (file, piece, draft, sealed) values (?, ?, ?, ?)",
          file.id().toString(),
          piece,
          draft.toString(),
          Arrays.copyOfRange(sealed, at, Math.min(sealed.length, at + PIECE)));
    }
    sql.update(
        "insert into draft_file (id, draft, octets, attached_at, label) values (?, ?, ?, ?, ?)",
        file.id().toString(),
        draft.toString(),
        file.size(),
        Instant.now(),
        seal.seal(
            (file.contentType() + "\n" + file.name()).getBytes(UTF_8),
            labelPlace(draft, file.id())));
  }

  private Seal seal(String user) {
    return Seal.of(master, PURPOSE + user);
  }

  private static String place(UUID draft, UUID file) {
    return draft + "/" + file;
  }

  private static String labelPlace(UUID draft, UUID file) {
    return place(draft, file) + "/label";
  }

  private static String plain(String name) {
    String last = name.replaceAll("^.*[/\\\\]", "").replaceAll("\\p{Cntrl}", "").strip();
    if (last.isEmpty()) {
      return "file";
    }
    int length = last.codePointCount(0, last.length());
    return length <= LONGEST_NAME
        ? last
        : last.substring(
            last.offsetByCodePoints(0, length - LONGEST_NAME)); // the end tells its kind
  }

  private static String known(@Nullable String type) {
    String plain = type == null ? "" : type.replaceAll(";.*", "").strip();
    return TYPE.matcher(plain).matches() ? plain : "application/octet-stream";
  }

  /** Files of the draft, if it is {@code user}'s, in the order in which they were attached. */
  public List<DraftFile> of(UUID draft, String user) {
    return sql.list(
        "select f.id, f.octets, f.label from draft_file f join draft d on d.id = f.draft"
            + " where d.id = ? and d.user_name = ? order by f.attached_at, f.id",
        row -> {
          UUID id = UUID.fromString(row.getString("id"));
          String label =
              new String(seal(user).open(row.getBytes("label"), labelPlace(draft, id)), UTF_8);
          int end = label.indexOf('\n');
          return new DraftFile(
              id, label.substring(end + 1), label.substring(0, end), row.getLong("octets"));
        },
        draft.toString(),
        user);
  }

  /**
   * The octets of a file.
   *
   * @throws Refusal {@link Reason#CONFLICT} if it is not there any more
   */
  public byte[] content(UUID draft, UUID file, String user) {
    var sealed = new ByteArrayOutputStream();
    sql.list(
            "select p.sealed from draft_file_piece p join draft_file f on f.id = p.file"
                + " join draft d on d.id = f.draft"
                + " where d.id = ? and d.user_name = ? and f.id = ? order by p.piece",
            row -> row.getBytes(1),
            draft.toString(),
            user,
            file.toString())
        .forEach(sealed::writeBytes);
    if (sealed.size() == 0) {
      throw new Refusal(
          Reason.CONFLICT,
          "A file of this entry was removed elsewhere. Go back to the entry and look at its"
              + " files.");
    }
    return seal(user).open(sealed.toByteArray(), place(draft, file));
  }

  /** Takes a file out of a draft, if it is {@code user}'s. */
  public void detach(UUID draft, UUID file, String user) {
    int detached =
        sql.update(
            "delete from draft_file where id = ? and draft = ? and exists (select 1 from draft d"
                + " where d.id = ? and d.user_name = ?)",
            file.toString(),
            draft.toString(),
            draft.toString(),
            user);
    if (detached > 0) {
      sql.update("delete from draft_file_piece where file = ?", file.toString());
    }
  }
}
