package emr.system;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Tells what happens, step by step, and whether each figure is what it should be. */
final class Story {

  private final PrintWriter out;
  private final Instant begun = Instant.now();
  private final List<String> failed = new ArrayList<>();
  private int steps;
  private int checks;

  Story(PrintWriter out) {
    this.out = out;
  }

  /** A new step begins. */
  void step(String title) {
    steps++;
    out.printf("%n[%3d s] %2d  %s%n", elapsed().toSeconds(), steps, title);
    out.flush();
  }

  /** Something worth knowing. */
  void tell(String text, Object... values) {
    out.printf("             " + text + "%n", values);
    out.flush();
  }

  /** A figure that must be {@code expected}. */
  void check(String what, long expected, long actual) {
    if (expected == actual) {
      result(true, String.format("%,8d  %s", actual, what));
    } else {
      result(false, String.format("%,8d  %s (should be %,d)", actual, what, expected));
    }
  }

  /** Something that must be so. */
  void check(String what, boolean so) {
    result(so, "          " + what);
  }

  private void result(boolean well, String text) {
    checks++;
    if (!well) {
      failed.add(text.strip());
    }
    out.printf("    %-6s %s%n", well ? "OK" : "FAILED", text);
    out.flush();
  }

  Duration elapsed() {
    return Duration.between(begun, Instant.now());
  }

  /** Says how it ended; whether every figure was right. */
  boolean end() {
    out.printf(
        "%n[%3d s]     %d checks, %s%n",
        elapsed().toSeconds(), checks, failed.isEmpty() ? "all OK" : failed.size() + " FAILED:");
    failed.forEach(text -> out.printf("             %s%n", text));
    out.flush();
    return failed.isEmpty();
  }
}
