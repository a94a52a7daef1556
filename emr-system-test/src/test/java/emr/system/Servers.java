package emr.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The servers as an operator of the machine has them in hand. */
public final class Servers {

  private Servers() {}

  /** It is gone without a word. */
  public static void kill(String name) throws IOException, InterruptedException {
    ProcessHandle process = ProcessHandle.of(pid(name)).orElseThrow();
    process.destroyForcibly();
    assertThat(Staff.eventually(Duration.ofSeconds(20), () -> !process.isAlive())).isTrue();
  }

  /** It takes what it is sent, and answers nothing until {@link #goOn}. */
  public static void hang(String name) throws IOException, InterruptedException {
    signal("STOP", name);
  }

  /** It answers again, if it hangs, and starts, if it is gone. */
  public static void goOn(String name) throws IOException, InterruptedException {
    if (find(name).isPresent()) {
      signal("CONT", name);
    }
    up();
  }

  private static void signal(String signal, String name) throws IOException, InterruptedException {
    var kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid(name))).inheritIO();
    assertThat(kill.start().waitFor()).isZero();
  }

  private static long pid(String name) throws IOException, InterruptedException {
    return find(name).orElseThrow();
  }

  private static Optional<Long> find(String name) throws IOException, InterruptedException {
    Process status = emr("status", "--json").redirectErrorStream(false).start();
    JsonNode json = Web.JSON.readTree(status.getInputStream());
    status.waitFor();
    return new Installation(Staff.INSTALLATION.home(), json).pid(name);
  }

  /** Starts whatever does not run. */
  public static void up() throws IOException, InterruptedException {
    Path log = Staff.INSTALLATION.home().resolve("logs").resolve("up-again.log");
    Process up = emr("up").redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(up.waitFor(6, TimeUnit.MINUTES)).isTrue();
    assertThat(up.exitValue()).as(log.toString()).isZero();
  }

  private static ProcessBuilder emr(String... arguments) {
    Path checkout = Path.of(System.getProperty("emr.checkout", "..")).toAbsolutePath().normalize();
    var command = new ArrayList<String>();
    command.add(checkout.resolve("emr").toString());
    command.addAll(List.of(arguments));
    var emr = new ProcessBuilder(command).directory(checkout.toFile());
    emr.environment().put("EMR_HOME", Staff.INSTALLATION.home().toString());
    emr.environment().put("EMR_PORTS", Integer.toString(Staff.INSTALLATION.portBase()));
    return emr;
  }
}
