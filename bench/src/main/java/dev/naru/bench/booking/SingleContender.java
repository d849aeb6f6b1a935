package dev.naru.bench.booking;

import dev.naru.booking.appointment.BookingRequest;
import dev.naru.booking.appointment.BookingResult;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// One transaction for each booking, on sixteen connections that take requests in order of arrival
/// (what a fair semaphore in front of a pool of sixteen comes to, without its cost).
final class SingleContender implements Contender {
  private static final int CONNECTIONS = 16;

  private static final String INSERT =
      """
      INSERT INTO booking.appointment
        (id, campaign, person, dose, slot, asked_slot, admitted_session, admitted_until,
         booked_at, changed_at)
      """;
  private static final String EVENT =
      "INSERT INTO booking.appointment_event (at, node, kind, appointment, to_slot) ";

  /// How a booking is made with a connection.
  interface Way {
    boolean book(Connection connection, BookingRequest request) throws SQLException;
  }

  private record Waiting(BookingRequest request, CompletableFuture<BookingResult> answer) {}

  private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
  private final List<Thread> threads = new ArrayList<>();

  private SingleContender(DataSource database, Way way) {
    for (int i = 0; i < CONNECTIONS; i++) {
      threads.add(Thread.ofPlatform().daemon().start(() -> run(database, way)));
    }
  }

  /// What most programs have: SELECT … FOR UPDATE, look, INSERT, UPDATE, COMMIT.
  static Contender transactions(DataSource database) {
    return new SingleContender(database, SingleContender::inSteps);
  }

  /// A conditional UPDATE, and INSERTs from what it returns, as one statement.
  static Contender statements(DataSource database) {
    return new SingleContender(database, SingleContender::atOnce);
  }

  @Override
  public CompletableFuture<BookingResult> book(BookingRequest request, int site) {
    CompletableFuture<BookingResult> answer = new CompletableFuture<>();
    queue.add(new Waiting(request, answer));
    return answer;
  }

  private void run(DataSource database, Way way) {
    try (Connection connection = database.getConnection()) {
      while (true) {
        Waiting next = queue.take();
        boolean booked = way.book(connection, next.request());
        next.answer()
            .complete(booked ? new BookingResult.Booked(List.of()) : new BookingResult.SlotFull(1));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean inSteps(Connection connection, BookingRequest request)
      throws SQLException {
    connection.setAutoCommit(false);
    boolean booked = isFree(connection, request) && insert(connection, request);
    if (booked) {
      try (PreparedStatement update =
              connection.prepareStatement(
                  "UPDATE booking.slot SET booked = booked + 1 WHERE id = ?");
          PreparedStatement event = connection.prepareStatement(EVENT + "VALUES (?, 1, 1, ?, ?)")) {
        update.setLong(1, request.askedSlot());
        update.executeUpdate();
        event.setTimestamp(1, Timestamp.from(Instant.EPOCH));
        event.setObject(2, request.id());
        event.setLong(3, request.askedSlot());
        event.executeUpdate();
      }
    }
    connection.commit();
    return booked;
  }

  private static boolean isFree(Connection connection, BookingRequest request) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT capacity, booked, share_offset FROM booking.slot"
                + " WHERE id = ? AND campaign = ? FOR UPDATE")) {
      select.setLong(1, request.askedSlot());
      select.setInt(2, request.campaign());
      try (ResultSet row = select.executeQuery()) {
        return row.next() && request.share().free(row.getInt(1), row.getInt(2), row.getInt(3)) > 0;
      }
    }
  }

  private static boolean insert(Connection connection, BookingRequest request) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            INSERT + "VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")) {
      insert.setObject(1, request.id());
      insert.setInt(2, request.campaign());
      insert.setBytes(3, request.person().bytes());
      insert.setLong(4, request.askedSlot());
      insert.setLong(5, request.askedSlot());
      insert.setObject(6, request.admission().session());
      insert.setTimestamp(7, Timestamp.from(request.admission().until()));
      insert.setTimestamp(8, Timestamp.from(Instant.EPOCH));
      insert.setTimestamp(9, Timestamp.from(Instant.EPOCH));
      return insert.executeUpdate() == 1;
    }
  }

  private static boolean atOnce(Connection connection, BookingRequest request) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "WITH got AS (UPDATE booking.slot SET booked = booked + 1"
                + " WHERE id = ? AND campaign = ? AND booked < capacity RETURNING id), made AS ("
                + INSERT
                + "SELECT ?, ?, ?, 1, id, id, ?, ?, ?, ? FROM got RETURNING id, slot) "
                + EVENT
                + "SELECT ?, 1, 1, id, slot FROM made")) {
      @Nullable Timestamp epoch = Timestamp.from(Instant.EPOCH);
      statement.setLong(1, request.askedSlot());
      statement.setInt(2, request.campaign());
      statement.setObject(3, request.id());
      statement.setInt(4, request.campaign());
      statement.setBytes(5, request.person().bytes());
      statement.setObject(6, request.admission().session());
      statement.setTimestamp(7, Timestamp.from(request.admission().until()));
      statement.setTimestamp(8, epoch);
      statement.setTimestamp(9, epoch);
      statement.setTimestamp(10, epoch);
      return statement.executeUpdate() == 1;
    }
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
