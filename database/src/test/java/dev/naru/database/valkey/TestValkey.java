package dev.naru.database.valkey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/// A real server in a folder of its own, which can be killed, frozen and started again on the same
/// port. Everything acknowledged is on disk, unless a test says otherwise.
public final class TestValkey implements AutoCloseable {
  private static final long START_MILLIS = 10_000;
  private static final String[] DURABLE = {"--appendonly", "yes", "--appendfsync", "always"};

  private static @Nullable Path program;

  private final Path folder;
  private final int port;
  private @Nullable Process server;

  private TestValkey(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /// A running, empty server.
  ///
  /// @param settings instead of the durable ones: `--name value`
  public static TestValkey start(String... settings) {
    try {
      TestValkey valkey = new TestValkey(Files.createTempDirectory("naru-valkey"), freePort());
      valkey.startAgain(settings);
      return valkey;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }

  /// Starts it with the data it had, and waits until it listens.
  public void startAgain(String... settings) {
    List<String> words = new ArrayList<>();
    words.add(program().toString());
    words.addAll(List.of("--port", String.valueOf(port), "--bind", "127.0.0.1"));
    words.addAll(List.of("--dir", folder.toString(), "--save", ""));
    words.addAll(List.of(settings.length == 0 ? DURABLE : settings));
    try {
      server =
          new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("server.log").toFile())
              .start();
      await();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void await() throws IOException {
    long since = System.nanoTime();
    while (!listens()) {
      if (!running().isAlive() || System.nanoTime() - since > START_MILLIS * 1_000_000) {
        throw new IllegalStateException(
            "the server does not listen:\n" + Files.readString(folder.resolve("server.log")));
      }
      pause(10);
    }
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /// `redis://127.0.0.1:port`.
  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  /// Where it is, for a server without a password.
  public ValkeyAddress address() {
    return ValkeyAddress.of(url(), null);
  }

  /// As `kill -9`.
  public void kill() {
    running().destroyForcibly();
    await(running());
  }

  /// It takes connections and commands, and answers nothing.
  public void freeze() {
    signal("STOP");
  }

  /// Ends [#freeze].
  public void thaw() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      await(new ProcessBuilder("kill", "-" + name, String.valueOf(running().pid())).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void await(Process process) {
    try {
      if (!process.waitFor(START_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("a process does not end");
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException(e);
  }

  private Process running() {
    Process process = server;
    if (process == null) {
      throw new IllegalStateException("it was not started");
    }
    return process;
  }

  /// The server's program, unpacked once for all tests of a JVM.
  private static synchronized Path program() {
    Path unpacked = program;
    if (unpacked == null) {
      try {
        Path place = Files.createTempDirectory("naru-valkey-program");
        unpacked = ExecutableProvider.newJarResourceProvider(place.toFile()).get().toPath();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(place)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      program = unpacked;
    }
    return unpacked;
  }

  private static void delete(Path place) {
    if (!Files.exists(place)) {
      return;
    }
    try (Stream<Path> files = Files.walk(place)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (running().isAlive()) {
      kill();
    }
    delete(folder);
  }
}
