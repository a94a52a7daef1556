package emr.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import emr.exchange.access.AccessRight;
import emr.exchange.access.Role;
import emr.exchange.access.RoleRights;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The types of records there are, all of FHIR R4's, each with the number that stands for it in the
 * database; and what a role may do with them at its own hospital.
 */
public final class RecordTypes {

  public static final short PATIENT;
  public static final short CONSENT;

  /** Of the centre's own making: the audit trail in FHIR's words. */
  public static final short AUDIT_EVENT;

  private static final List<String> NAMES = read("types.txt");
  private static final Map<String, Short> NUMBERS = new HashMap<>();

  /** Types that have no patient in their definition: whoever works here may read them. */
  private static final short[] DIRECTORY;

  private static final short[] ALL = new short[NAMES.size()];
  private static final short[][][] BY_ROLE =
      new short[Role.values().length][AccessRight.values().length][];
  private static final String[][] CONDITIONS =
      new String[Role.values().length][AccessRight.values().length];
  private static final String IN_DIRECTORY;

  static {
    for (short i = 0; i < ALL.length; i++) {
      ALL[i] = (short) (i + 1);
      NUMBERS.put(NAMES.get(i), ALL[i]);
    }
    PATIENT = number("Patient");
    CONSENT = number("Consent");
    AUDIT_EVENT = number("AuditEvent");
    DIRECTORY = where(RoleRights::isDirectory);
    IN_DIRECTORY = condition(DIRECTORY);
    for (Role role : Role.values()) {
      for (AccessRight right : AccessRight.values()) {
        short[] types = where(type -> RoleRights.may(role, right, type));
        BY_ROLE[role.ordinal()][right.ordinal()] = types;
        CONDITIONS[role.ordinal()][right.ordinal()] = condition(types);
      }
    }
  }

  private RecordTypes() {}

  /** In the order of their numbers, which begin with 1. */
  public static List<String> names() {
    return NAMES;
  }

  public static boolean exists(String type) {
    return NUMBERS.containsKey(type);
  }

  /**
   * @throws Refusal {@link Reason#UNKNOWN_TYPE} for what is no FHIR R4 resource type
   */
  public static short number(String type) {
    return Optional.ofNullable(NUMBERS.get(type))
        .orElseThrow(
            () -> new Refusal(Reason.UNKNOWN_TYPE, "There is no such resource type in FHIR R4."));
  }

  public static String name(short number) {
    return NAMES.get(number - 1);
  }

  /** Whether records of this type, if they are of no patient, are for everybody to read. */
  public static boolean isDirectory(short type) {
    return contains(DIRECTORY, type);
  }

  /** In SQL: whether the row {@code c} is of the {@linkplain #isDirectory directory}'s types. */
  static String inDirectory() {
    return IN_DIRECTORY;
  }

  /** In SQL: whether the row {@code c} is {@linkplain #of of a role's types}. */
  static String condition(Role role, AccessRight right) {
    return CONDITIONS[role.ordinal()][right.ordinal()];
  }

  /** In SQL: whether the row {@code c} is of one of these types. */
  static String among(Set<String> types) {
    return condition(where(types::contains));
  }

  /** With the numbers in the text: they never change, and so are read once for many questions. */
  private static String condition(short[] types) {
    return types.length == ALL.length
        ? "true"
        : "c.type = any ('"
            + Arrays.toString(types).replace('[', '{').replace(']', '}').replace(" ", "")
            + "'::smallint[])";
  }

  /** What {@code role} may read or add at its own hospital; not to be changed. */
  static short[] of(Role role, AccessRight right) {
    return BY_ROLE[role.ordinal()][right.ordinal()];
  }

  static boolean contains(short[] sorted, short type) {
    return Arrays.binarySearch(sorted, type) >= 0;
  }

  private static short[] where(Predicate<String> wanted) {
    short[] numbers = new short[NAMES.size()];
    int count = 0;
    for (short number : ALL) {
      if (wanted.test(name(number))) {
        numbers[count++] = number;
      }
    }
    return Arrays.copyOf(numbers, count);
  }

  private static List<String> read(String resource) {
    try (InputStream in =
            Objects.requireNonNull(RecordTypes.class.getResourceAsStream(resource), resource);
        var lines = new BufferedReader(new InputStreamReader(in, UTF_8))) {
      return lines.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
