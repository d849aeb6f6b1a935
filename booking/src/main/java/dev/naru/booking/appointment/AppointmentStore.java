package dev.naru.booking.appointment;

import dev.naru.booking.failure.AnswerLimits;
import dev.naru.booking.search.Commits;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;

/// Transactions on appointments: begun, committed, tried again, or given up. What happens in them
/// is in [TransactionStore].
public final class AppointmentStore {
  private static final String SERIALIZATION_FAILURE = "40001";
  private static final String DEADLOCK = "40P01";
  private static final String NOT_GOT_SOON = "55P03";

  /// A transaction that PostgreSQL breaks off for a rival's sake succeeds once the rival is done.
  private static final int TRIES = 5;

  /// Connections for single people, so that a crowd of them leaves the others (of 12) to the
  /// writers. The semaphore is fair: the pool is not, and made some wait 16 s (design, findings).
  private static final int SINGLE = 4;

  /// As long as a page may take.
  private static final int PATIENCE_MILLIS = 2_000;

  /// Whoever waits longer for a connection is told to come back.
  private static final int TURN_MILLIS = 1_500;

  private final DataSource database;
  private final InstantSource clock;
  private final int node;
  private final Commits commits;
  private final Semaphore single = new Semaphore(SINGLE, true);

  /// @param node a number of this process, written with each event
  /// @param commits hears of what was committed
  public AppointmentStore(DataSource database, InstantSource clock, int node, Commits commits) {
    this.commits = commits;
    this.database = database;
    this.clock = clock;
    this.node = node;
  }

  /// What happens between BEGIN and COMMIT. It may be done again from the start.
  public interface Work<T> {
    T in(TransactionStore transaction) throws SQLException;
  }

  /// Whether a failure says that the database is away or cannot work, rather than that something in
  /// the request was wrong: no connection, no disk, no memory, shutting down, a standby.
  private static boolean isAway(SQLException failure) {
    String state = failure.getSQLState();
    return state == null || state.matches("(08|53|57|58).*|25006");
  }

  /// Runs the work; commits when it returns, keeps nothing when it throws. When the commit itself
  /// throws, nobody knows: a retry with the same id finds out.
  ///
  /// @throws AppointmentsAway when no request is to blame for the failure
  public <T> T inTransaction(Work<T> work) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try {
        return once(work);
      } catch (SQLException e) {
        if (isAway(e)) {
          throw new AppointmentsAway(e);
        }
        if (attempt == TRIES || !isRivalry(e)) {
          throw e;
        }
      }
    }
  }

  /// The same for one person, who waits for their turn; the caller waits no longer than a page may
  /// take, whatever the database does. What it does later is found out by asking again.
  ///
  /// @throws RejectedExecutionException when the turn does not come; nothing was done
  /// @throws AppointmentsAway when there is no answer in time, the caller is interrupted before it,
  ///   or the database failed
  public <T> T inTurn(Work<T> work) {
    FutureTask<T> task = new FutureTask<>(() -> afterWaiting(work));
    Thread.startVirtualThread(task);
    try {
      return task.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new AppointmentsAway(new SQLException("no answer in time", e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AppointmentsAway(e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case SQLException failure -> throw new AppointmentsAway(failure);
        case RuntimeException failure -> throw failure;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  private <T> T afterWaiting(Work<T> work) throws SQLException, InterruptedException {
    if (!single.tryAcquire(TURN_MILLIS, TimeUnit.MILLISECONDS)) {
      throw new RejectedExecutionException("no connection became free");
    }
    try {
      return inTransaction(work);
    } finally {
      single.release();
    }
  }

  private <T> T once(Work<T> work) throws SQLException {
    try (Connection connection = AnswerLimits.on(database.getConnection())) {
      connection.setAutoCommit(false);
      try {
        TransactionStore transaction = new TransactionStore(connection, clock.instant(), node);
        T result = work.in(transaction);
        connection.commit();
        transaction.tell(commits);
        connection.setAutoCommit(true);
        return result;
      } catch (SQLException | RuntimeException e) {
        rollBack(connection, e);
        throw e;
      }
    }
  }

  /// On a broken connection this throws too; what broke it is what has to be told.
  private static void rollBack(Connection connection, Exception cause) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  /// What a transaction throws that has to be done again because somebody else was quicker.
  public static SQLException rivalry(String what) {
    return new SQLException(what, SERIALIZATION_FAILURE);
  }

  private static boolean isRivalry(SQLException e) {
    String state = e.getSQLState();
    return SERIALIZATION_FAILURE.equals(state)
        || DEADLOCK.equals(state)
        || NOT_GOT_SOON.equals(state);
  }
}
