package dev.naru.acceptance;

import static java.util.Objects.requireNonNull;

import dev.naru.database.Database;
import dev.naru.database.LocalPostgres;
import dev.naru.database.valkey.TestValkey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What is tortured: one program with its own PostgreSQL, or several on one that is not theirs.
///
/// @param common what several share; null when the PostgreSQL is the program's own
record Installation(Path folder, List<NaruProcess> nodes, @Nullable Common common)
    implements AutoCloseable {
  /// A PostgreSQL, and a Valkey for the sessions unless another one was named.
  record Common(
      LocalPostgres server, NaruProcess.External external, @Nullable TestValkey sessions) {}

  private static final Duration RESTART_LIMIT = Duration.ofSeconds(90);
  private static final Duration LOOK = Duration.ofMillis(20);

  static final String CAMPAIGN = "torture";
  static final int SITES = 12;

  /// Places of a slot: few, so that slots are full and somebody is always a place short.
  static final int CAPACITY = 4;

  /// One program with its embedded PostgreSQL, running.
  static Installation alone(Path folder) {
    Installation alone = new Installation(folder, List.of(NaruProcess.in(folder)), null);
    return alone.begun();
  }

  /// Several programs on one PostgreSQL, running. They share a Valkey for their sessions.
  ///
  /// @param options of each server, beside the usual ones; with or without a Valkey of their own
  static Installation ofNodes(Path folder, int count, String... options) {
    boolean hasValkey = count == 1 || List.of(options).contains("--valkey");
    TestValkey sessions = hasValkey ? null : TestValkey.start();
    Path data = folder.resolve("data");
    LocalPostgres server = LocalPostgres.open(data);
    try (Database database = server.database("naru")) {
      NaruProcess.External external = external(data, database);
      Installation several =
          new Installation(folder, new ArrayList<>(), new Common(server, external, sessions));
      for (int i = 0; i < count; i++) {
        several.nodes.add(several.another("node" + i, options));
      }
      return several.begun();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// How programs reach a database of a server that is not theirs.
  ///
  /// @param data the server's folder
  static NaruProcess.External external(Path data, Database database) throws IOException {
    return new NaruProcess.External(
        "postgresql://127.0.0.1:" + database.show("port") + "/naru",
        "postgres",
        Files.readString(data.resolve("postgres.password"), StandardCharsets.US_ASCII).strip());
  }

  /// One more program on the same PostgreSQL, not started.
  NaruProcess another(String name, String... options) {
    Common shared = requireNonNull(common, "several programs need a PostgreSQL beside them");
    try {
      NaruProcess node =
          NaruProcess.node(
              Files.createDirectories(folder.resolve(name)),
              folder.resolve("data"),
              shared.external());
      TestValkey sessions = shared.sessions();
      return (sessions == null ? node : node.and("--valkey", sessions.url())).and(options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Installation begun() {
    try {
      NaruProcess first = nodes.getFirst();
      first.importNation(SITES);
      String yaml =
          new CampaignYaml(CAMPAIGN, CampaignYaml.now().minusMinutes(1), 600_000, 1, CAPACITY, 2)
              .text();
      first.apply(yaml.replace("lease: 10m, pass: 10m", "lease: 2h, pass: 6h"));
      nodes.forEach(NaruProcess::serve);
      return this;
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /// The PostgreSQL server. Waits for it while it is being started again: a strike hits something.
  ProcessHandle postmaster() {
    long since = System.nanoTime();
    while (true) {
      Optional<ProcessHandle> server = nodes.getFirst().postmaster();
      if (server.isPresent()) {
        return server.get();
      }
      if (System.nanoTime() - since > RESTART_LIMIT.toNanos()) {
        throw new AssertionError("PostgreSQL did not run for " + RESTART_LIMIT.toSeconds() + " s");
      }
      NaruProcess.pause(LOOK);
    }
  }

  /// The PostgreSQL server and all its processes.
  List<ProcessHandle> postgres() {
    ProcessHandle postmaster = postmaster();
    return Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
  }

  /// Threads of all programs that the operating system knows.
  int threads() {
    return nodes.stream().filter(NaruProcess::isAlive).mapToInt(Installation::threads).sum();
  }

  private static int threads(NaruProcess node) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + node.process().pid() + "/status"))) {
      return lines
          .filter(line -> line.startsWith("Threads:"))
          .mapToInt(line -> Integer.parseInt(line.substring(8).strip()))
          .sum();
    } catch (IOException | UncheckedIOException e) {
      return 0;
    }
  }

  @Override
  public void close() {
    try {
      for (NaruProcess node : nodes) {
        node.close();
      }
    } finally {
      if (common != null) {
        common.server().close();
        if (common.sessions() != null) {
          common.sessions().close();
        }
      }
    }
  }
}
