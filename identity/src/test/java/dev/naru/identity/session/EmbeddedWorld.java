package dev.naru.identity.session;

import dev.naru.database.Database;
import dev.naru.database.TestPostgres;
import dev.naru.identity.HandTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// One node after the other on one database.
final class EmbeddedWorld implements SessionWorld {
  private final Database database = TestPostgres.with("identity");
  private final HandTime time = new HandTime();
  private final List<EmbeddedSessionRegistry> opened = new ArrayList<>();

  @Override
  public EmbeddedSessionRegistry open() {
    EmbeddedSessionRegistry fresh =
        EmbeddedSessionRegistry.open(
            database.dataSource(), time, RandomGenerator.of("L64X128MixRandom"));
    opened.add(fresh);
    return fresh;
  }

  @Override
  public Instant now() {
    return time.instant();
  }

  @Override
  public void pass(Duration duration) {
    time.pass(duration);
  }

  @Override
  public Database database() {
    return database;
  }

  @Override
  public void close() {
    opened.forEach(EmbeddedSessionRegistry::close);
    database.close();
  }
}
