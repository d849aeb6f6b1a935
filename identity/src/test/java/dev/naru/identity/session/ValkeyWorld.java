package dev.naru.identity.session;

import static java.util.Objects.requireNonNull;

import dev.naru.database.Database;
import dev.naru.database.TestPostgres;
import dev.naru.database.valkey.TestValkey;
import dev.naru.database.valkey.Valkey;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Nodes with a connection each to one server. Its time is its own, so time passes by everything it
/// keeps getting older.
final class ValkeyWorld implements SessionWorld {
  private static final String AGE =
      """
      for _, key in ipairs(redis.call('KEYS', 'naru:session:*')) do
        redis.call('HINCRBY', key, 'until', -ARGV[1])
        redis.call('EXPIREAT', key, redis.call('HINCRBY', key, 'expires', -ARGV[1]))
      end
      """;

  private final Database database = TestPostgres.with("identity");
  private final TestValkey server;
  private final List<Valkey> connections = new ArrayList<>();
  private final List<SessionRegistry> opened = new ArrayList<>();

  /// @param settings of the server; without any it is as durable as can be
  ValkeyWorld(String... settings) {
    server = TestValkey.start(settings);
  }

  @Override
  public SessionRegistry open() {
    Valkey valkey = Valkey.connect(server.address(), ValkeySessionRegistry.scripts());
    connections.add(valkey);
    SessionRegistry fresh =
        new ValkeySessionRegistry(
            valkey,
            database.dataSource(),
            InstantSource.system(),
            RandomGenerator.of("L64X128MixRandom"));
    opened.add(fresh);
    return fresh;
  }

  @Override
  public Instant now() {
    return InstantSource.system().instant();
  }

  @Override
  public void pass(Duration time) {
    Request age = Request.cmd(Command.EVAL).arg(AGE).arg(0).arg(time.toSeconds());
    connections.getFirst().send(age).join();
  }

  @Override
  public Database database() {
    return database;
  }

  TestValkey server() {
    return server;
  }

  /// Until every node has its connection again.
  void awaitServer() {
    long since = System.nanoTime();
    while (!connections.stream().allMatch(Valkey::answers)) {
      if (System.nanoTime() - since > Duration.ofSeconds(10).toNanos()) {
        throw new AssertionError("the server does not answer");
      }
    }
  }

  /// How many people the server knows.
  long size() {
    return requireNonNull(connections.getFirst().send(Request.cmd(Command.DBSIZE)).join().toLong());
  }

  @Override
  public void close() {
    opened.forEach(SessionRegistry::close);
    connections.forEach(Valkey::close);
    server.close();
    database.close();
  }
}
