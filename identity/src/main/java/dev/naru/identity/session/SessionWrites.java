package dev.naru.identity.session;

import dev.naru.common.batch.Batcher;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The queue to the database: one thread writes in the order of the queue, in batches.
final class SessionWrites implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SessionWrites.class);

  /// As bookings keep it (adr/0041).
  private static final Duration RHYTHM = Duration.ofMillis(3);

  /// As many as the booking engine decides at once.
  private static final int LARGEST_BATCH = 500;

  /// Two seconds' worth of writes (11,000 a second were measured on two busy cores); who comes
  /// later is told to try again.
  private static final int LONGEST_QUEUE = 20_000;

  private final SessionStore store;
  private final InstantSource clock;
  private final Batcher<SessionWrite, Boolean> queue;

  SessionWrites(DataSource database, InstantSource clock) {
    this.store = new SessionStore(database);
    this.clock = clock;
    this.queue =
        new Batcher<>(
            "identity-sessions", LARGEST_BATCH, LONGEST_QUEUE, RHYTHM, this::writeTogether);
  }

  /// @return whether it is on disk; false or exceptionally when that is not known
  CompletableFuture<Boolean> submit(SessionWrite write) {
    return queue.submit(write);
  }

  private List<Boolean> writeTogether(List<SessionWrite> batch) throws SQLException {
    try {
      boolean stored = store.write(batch, clock.instant());
      if (!stored) {
        LOG.warn("{} session writes failed: the database cannot be reached", batch.size());
      }
      return Collections.nCopies(batch.size(), stored);
    } catch (SQLException e) {
      // Not the message: the server may repeat what was to be written.
      LOG.warn("{} session writes were refused with state {}", batch.size(), e.getSQLState());
      throw e;
    }
  }

  /// Writes what still waits, then stops.
  @Override
  public void close() {
    queue.close();
  }
}
