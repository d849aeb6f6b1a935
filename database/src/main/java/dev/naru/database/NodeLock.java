package dev.naru.database;

import dev.naru.database.valkey.Valkey;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a database to the one node that runs on it without a Valkey, or to those that share one.
/// Nodes that remember sessions in different places would let a person in on two devices at once.
///
/// The proof is a lock of PostgreSQL's on a connection of its own: exclusive for a node alone,
/// shared for the others, and one more for the Valkey they share. It goes with the node, however
/// that ends, so nothing is left behind that somebody would have to clear.
public final class NodeLock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeLock.class);

  /// First halves of the numbers of locks, nobody else's: "naru", "narv".
  private static final int NODES = 0x6E617275;

  private static final int VALKEYS = 0x6E617276;

  /// The lock of a node that was killed is gone within a moment; of one whose machine has lost its
  /// power, within eleven seconds.
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final int ANSWER_SECONDS = 2;

  private static final String BESIDE_OTHERS =
      "another node runs on this database, and a node without --valkey keeps sessions to itself: the"
          + " same person could be in on two devices at once. Give every node the same --valkey"
          + " redis://host:6379, or stop the other one (docs/OPERATIONS.md, several nodes)";
  private static final String BESIDE_ALONE =
      "a node without --valkey runs on this database and keeps sessions to itself: the same person"
          + " could be in on two devices at once. Stop it, and start it again with the same --valkey"
          + " as this one (docs/OPERATIONS.md, several nodes)";
  private static final String OTHER_VALKEY =
      "the other nodes on this database keep sessions in another Valkey, or theirs has come back"
          + " empty a moment ago: give every node the same --valkey, and try again"
          + " (docs/OPERATIONS.md, several nodes)";

  private final Database database;
  private final @Nullable Valkey valkey;
  private final Runnable lost;
  private final Thread watch;
  private @Nullable Connection connection;
  private int mark;
  private volatile boolean closed;

  private NodeLock(Database database, @Nullable Valkey valkey, Runnable lost) {
    this.database = database;
    this.valkey = valkey;
    this.lost = lost;
    this.watch = Thread.ofPlatform().daemon().name("naru-node-lock").unstarted(this::watch);
  }

  /// Takes the lock.
  ///
  /// @param valkey that this node shares with others; null when it is alone
  /// @param lost called once, on a thread of its own, when the lock was lost with its connection
  ///   and another node has it now: this one must end
  /// @throws IllegalStateException when a node runs that keeps sessions elsewhere; the message says
  ///   what to do
  public static NodeLock take(Database database, @Nullable Valkey valkey, Runnable lost) {
    NodeLock lock = new NodeLock(database, valkey, lost);
    try {
      String refusal = lock.take();
      if (refusal != null) {
        throw new IllegalStateException(refusal);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("PostgreSQL does not answer", e);
    }
    lock.watch.start();
    return lock;
  }

  /// @return why not; null when it has it
  private @Nullable String take() throws SQLException {
    long since = System.nanoTime();
    for (; ; ) {
      Connection fresh = database.connection();
      String refusal;
      try {
        refusal = lock(fresh);
      } catch (SQLException | RuntimeException e) {
        fresh.close();
        throw e;
      }
      if (refusal == null) {
        connection = fresh;
        return null;
      }
      fresh.close();
      if (closed || System.nanoTime() - since > PATIENCE.toNanos()) {
        return refusal;
      }
      pause(PAUSE);
    }
  }

  private @Nullable String lock(Connection fresh) throws SQLException {
    try (Statement statement = fresh.createStatement()) {
      statement.execute(Database.MISSED_SOON);
      Valkey shared = valkey;
      if (shared == null) {
        return locks(statement, "pg_try_advisory_lock(%d, 0)") ? null : BESIDE_OTHERS;
      }
      if (!locks(statement, "pg_try_advisory_lock_shared(%d, 0)")) {
        return BESIDE_ALONE;
      }
      int known = shared.mark(0).join();
      if (known == 0) {
        if (!valkeys(statement).isEmpty()) {
          return OTHER_VALKEY;
        }
        known = shared.mark(ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE)).join();
      }
      mark = known;
      statement.execute("SELECT pg_advisory_lock_shared(%d, %d)".formatted(VALKEYS, known));
      return valkeys(statement).equals(Set.of(known)) ? null : OTHER_VALKEY;
    }
  }

  private static boolean locks(Statement statement, String function) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT " + function.formatted(NODES))) {
      return row.next() && row.getBoolean(1);
    }
  }

  /// The marks of the Valkeys that nodes on this database share: one, if all is well.
  private static Set<Integer> valkeys(Statement statement) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery(
            """
            SELECT objid::bigint FROM pg_locks JOIN pg_database d ON d.oid = database
            WHERE locktype = 'advisory' AND objsubid = 2 AND classid = %d
              AND datname = current_database()
            """
                .formatted(VALKEYS))) {
      Set<Integer> marks = new HashSet<>();
      while (rows.next()) {
        marks.add(rows.getInt(1));
      }
      return marks;
    }
  }

  /// Takes a lock that went with its connection again, and marks a Valkey again that came back
  /// empty.
  private void watch() {
    while (!closed) {
      pause(LOOK);
      try {
        look();
      } catch (SQLException | CompletionException e) {
        // The database or the Valkey is away: nobody else can start either.
        LOG.debug("The lock of this node is not known to stand", e);
      }
    }
  }

  private synchronized void look() throws SQLException {
    if (closed) {
      return;
    }
    Connection held = connection;
    if (held != null && held.isValid(ANSWER_SECONDS)) {
      Valkey shared = valkey;
      if (shared != null) {
        shared.mark(mark).join();
      }
      return;
    }
    if (held != null) {
      connection = null;
      held.close();
    }
    String refusal = take();
    if (refusal == null) {
      LOG.info("The lock of this node was lost with its connection, and taken again");
    } else if (!closed) {
      LOG.error("This node ends: {}", refusal);
      closed = true;
      lost.run();
    }
  }

  private static void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("nobody interrupts this", e);
    }
  }

  /// Makes room for others.
  @Override
  public void close() {
    closed = true;
    synchronized (this) {
      Connection held = connection;
      if (held != null) {
        try {
          held.close();
        } catch (SQLException e) {
          LOG.debug("A connection that is given up was broken", e);
        }
      }
    }
  }
}
