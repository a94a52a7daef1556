package emr.storage;

import static java.nio.charset.StandardCharsets.US_ASCII;

import emr.exchange.record.RecordKey;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where a version lies. Its content is bound to the place; and as the keys that name the place
 * stand in nearly every content, in the record's id and in references to its patient, they can be
 * left out of it.
 *
 * @param patient key of the chart; 0 for none
 */
record VersionPlace(long patient, long record, int number) {

  /** They stand where keys were left out; a JSON text has no such bytes. */
  private static final byte PATIENT = 1;

  private static final byte RECORD = 2;

  /** What the content is bound to. */
  byte[] bytes() {
    return ByteBuffer.allocate(20).putLong(patient).putLong(record).putInt(number).array();
  }

  /** The content without the place's keys; null if it has bytes that would be taken for keys. */
  byte @Nullable [] leaveOut(byte[] content) {
    byte[] patientKey = text(patient);
    byte[] recordKey = text(record);
    var rest = new byte[content.length];
    int length = 0;
    int at = 0;
    while (at < content.length) {
      byte next = content[at];
      if (isMark(next)) {
        return null;
      }
      if (next == patientKey[0] && isAt(at, content, patientKey)) {
        rest[length++] = PATIENT;
        at += patientKey.length;
      } else if (next == recordKey[0] && isAt(at, content, recordKey)) {
        rest[length++] = RECORD;
        at += recordKey.length;
      } else {
        rest[length++] = next;
        at++;
      }
    }
    return Arrays.copyOf(rest, length);
  }

  /**
   * What {@link #leaveOut} was given.
   *
   * @param from where in {@code kept} begins what it gave
   */
  byte[] putIn(byte[] kept, int from) {
    byte[] patientKey = text(patient);
    byte[] recordKey = text(record);
    var content = new byte[kept.length - from + marks(kept, from) * (patientKey.length - 1)];
    int at = 0;
    for (int i = from; i < kept.length; i++) {
      byte next = kept[i];
      if (isMark(next)) {
        byte[] key = next == PATIENT ? patientKey : recordKey;
        System.arraycopy(key, 0, content, at, key.length);
        at += key.length;
      } else {
        content[at++] = next;
      }
    }
    return content;
  }

  private static boolean isMark(byte next) {
    return next == PATIENT || next == RECORD;
  }

  private static int marks(byte[] kept, int from) {
    int marks = 0;
    for (int i = from; i < kept.length; i++) {
      if (isMark(kept[i])) {
        marks++;
      }
    }
    return marks;
  }

  private static boolean isAt(int at, byte[] content, byte[] key) {
    int end = at + key.length;
    return end <= content.length && Arrays.equals(content, at, end, key, 0, key.length);
  }

  private static byte[] text(long key) {
    return new RecordKey(key).text().getBytes(US_ASCII);
  }
}
