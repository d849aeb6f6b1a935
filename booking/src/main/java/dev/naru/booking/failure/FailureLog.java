package dev.naru.booking.failure;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Says why something failed, at most once a second: when the database is away, everything fails.
public final class FailureLog {
  private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Consumer<String> log;
  private final LongSupplier nanoTime;
  private final AtomicLong quietUntil;

  /// @param log takes a line
  /// @param nanoTime as [System#nanoTime]
  public FailureLog(Consumer<String> log, LongSupplier nanoTime) {
    this.log = log;
    this.nanoTime = nanoTime;
    this.quietUntil = new AtomicLong(nanoTime.getAsLong());
  }

  /// Writes a line, unless one was written less than a second ago.
  ///
  /// @param what failed
  public void say(String what, Throwable failure) {
    long now = nanoTime.getAsLong();
    long until = quietUntil.get();
    if (now - until >= 0 && quietUntil.compareAndSet(until, now + SILENCE_NANOS)) {
      log.accept(what + ": " + why(failure));
    }
  }

  /// The kind of the root cause. Never its message: PostgreSQL quotes the row there.
  private static String why(Throwable failure) {
    Throwable root = failure;
    String state = null;
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      root = cause;
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        state = sql.getSQLState();
      }
    }
    return root.getClass().getName() + (state == null ? "" : ", SQLState " + state);
  }
}
