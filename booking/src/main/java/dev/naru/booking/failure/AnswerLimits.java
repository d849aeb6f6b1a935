package dev.naru.booking.failure;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/// How long a database may be silent before its connection is given up. The machine that it runs on
/// may be gone without a word, and whoever waits for an answer on such a connection would never
/// hear that another has taken over.
public final class AnswerLimits {
  /// Longer than a database that is slow or frozen for a moment needs; a batch takes milliseconds.
  public static final Duration LIMIT = Duration.ofSeconds(15);

  private AnswerLimits() {}

  /// Sets it, until the connection goes back to its pool. Not for what may read longer: filling an
  /// index, making slots.
  public static Connection on(Connection connection) throws SQLException {
    connection.setNetworkTimeout(Runnable::run, (int) LIMIT.toMillis());
    return connection;
  }
}
