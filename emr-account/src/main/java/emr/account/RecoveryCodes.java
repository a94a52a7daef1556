package emr.account;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Codes for who has lost their app: fifty bits each, kept as keyed hashes, good once. */
final class RecoveryCodes {

  static final int HOW_MANY = 10;
  private static final int LENGTH = 10;
  private static final SecureRandom RANDOM = new SecureRandom();

  private RecoveryCodes() {}

  /** Fresh ones, as people write them. */
  static List<String> fresh() {
    var codes = new ArrayList<String>();
    while (codes.size() < HOW_MANY) {
      byte[] octets = new byte[LENGTH];
      RANDOM.nextBytes(octets);
      codes.add(Base32.grouped(Base32.of(octets).substring(0, LENGTH), LENGTH / 2, "-"));
    }
    return codes;
  }

  /** What is kept of {@code codes}. */
  static String kept(List<String> codes, AccountKey key) {
    return codes.stream().map(code -> hash(code, key)).collect(Collectors.joining(" "));
  }

  /** What is kept once {@code code} is used up; empty if it is none of the kept ones. */
  static Optional<String> without(String code, String kept, AccountKey key) {
    if (plain(code).length() != LENGTH) {
      return Optional.empty();
    }
    String used = hash(code, key);
    List<String> all = List.of(kept.split(" "));
    return all.contains(used)
        ? Optional.of(all.stream().filter(h -> !h.equals(used)).collect(Collectors.joining(" ")))
        : Optional.empty();
  }

  private static String hash(String code, AccountKey key) {
    return key.hash("recovery", plain(code));
  }

  private static String plain(String code) {
    return Stream.of(code.split("[^A-Za-z2-7]+"))
        .collect(Collectors.joining())
        .toUpperCase(Locale.ROOT);
  }
}
