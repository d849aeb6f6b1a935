package dev.naru.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The packaged program, as it is started.
final class Program {
  private static final Path JAR =
      Path.of(System.getProperty("naru.program", "../app/target/quarkus-app/quarkus-run.jar"));

  /// What the tests start lives for a minute or two (acceptance/pom.xml); what is tortured runs as
  /// it is delivered.
  private static final List<String> SERVER_OPTIONS =
      List.of(System.getProperty("naru.program.options", "-XX:+UseG1GC").split(" "));

  private static final Duration COMMAND_LIMIT = Duration.ofMinutes(3);

  /// What a command said and how it ended.
  record Ended(int status, String out, String err) {
    @Override
    public String toString() {
      return "exit status " + status + "\n" + out + err;
    }
  }

  private Program() {}

  static void mustExist() {
    if (!Files.exists(JAR)) {
      throw new IllegalStateException(
          JAR.toAbsolutePath().normalize() + " is missing: package the app module first");
    }
  }

  /// A server.
  static ProcessBuilder server(List<String> words) {
    return java(SERVER_OPTIONS, words);
  }

  /// A command. It lives for seconds: with one quick compiler and the simplest collector it took
  /// half as long on two processors (2.8 s instead of 5.5 s for `campaign apply`).
  static ProcessBuilder command(List<String> words) {
    return java(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"), words);
  }

  private static ProcessBuilder java(List<String> machine, List<String> words) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("-Xmx768m");
    line.addAll(machine);
    line.add("--enable-native-access=ALL-UNNAMED");
    line.add("--sun-misc-unsafe-memory-access=allow");
    line.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
    line.add("-Dfile.encoding=UTF-8");
    line.add("-Dstdout.encoding=UTF-8");
    line.add("-Dstderr.encoding=UTF-8");
    line.add("-jar");
    line.add(JAR.toAbsolutePath().normalize().toString());
    line.addAll(words);
    return new ProcessBuilder(line);
  }

  /// Runs to its end.
  ///
  /// @param folder gets the files of what it says
  static Ended run(ProcessBuilder program, Path folder) {
    try {
      Path out = Files.createTempFile(folder, "command", ".out");
      Path err = Files.createTempFile(folder, "command", ".err");
      Process process = program.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      if (!process.waitFor(COMMAND_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(
            "`%s` did not end within %d s; it said:\n%s%s"
                .formatted(
                    String.join(" ", program.command()),
                    COMMAND_LIMIT.toSeconds(),
                    Files.readString(out),
                    Files.readString(err)));
      }
      return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw NaruProcess.interrupted(e);
    }
  }
}
