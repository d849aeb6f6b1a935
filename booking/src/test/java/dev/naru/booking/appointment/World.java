package dev.naru.booking.appointment;

import dev.naru.booking.appointment.Appointment.Admission;
import dev.naru.booking.search.Commits;
import dev.naru.booking.supply.Share;
import dev.naru.common.person.PersonKey;
import dev.naru.database.Database;
import dev.naru.database.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/// A database with slots, and people who want them.
public final class World implements AutoCloseable {
  public static final Instant NOW = Instant.parse("2026-03-05T00:00:00Z");
  static final int CAMPAIGN = 1;

  private final Database database = TestPostgres.with("booking");
  private int slots;

  /// A node of its own on the database.
  AppointmentStore store(int node) {
    return new AppointmentStore(
        database.dataSource(), InstantSource.fixed(NOW), node, Commits.IGNORED);
  }

  public Database database() {
    return database;
  }

  void empty() {
    execute(
        "TRUNCATE booking.campaign, booking.site, booking.slot, booking.appointment,"
            + " booking.appointment_event, booking.helped_event,"
            + " booking.person_list, booking.person_list_part,"
            + " booking.held, booking.person_day, booking.waitlist, booking.waitlist_site RESTART IDENTITY");
    slots = 0;
  }

  /// Makes a slot.
  ///
  /// @return its id
  long slot(int capacity) {
    return slot(capacity, 0);
  }

  long slot(int capacity, int shareOffset) {
    return number(
        """
        INSERT INTO booking.slot (campaign, product, site, starts_at, capacity, share_offset)
        VALUES (%d, 0, %d, '2026-03-09T00:00:00Z', %d, %d) RETURNING id
        """
            .formatted(CAMPAIGN, ++slots, capacity, shareOffset));
  }

  public static PersonKey person(long number) {
    return new PersonKey(number * 0x9E3779B97F4A7C15L, 0, 0, number);
  }

  static BookingRequest request(UUID id, long person, Share share, long... slots) {
    return new BookingRequest(
        id,
        CAMPAIGN,
        person(person),
        LongStream.of(slots).boxed().toList(),
        share,
        new Admission(UUID.nameUUIDFromBytes(new byte[] {1}), NOW.plusSeconds(600)));
  }

  static BookingRequest request(long person, long... slots) {
    return request(UUID.randomUUID(), person, Share.ALL, slots);
  }

  /// Books and waits.
  static BookingResult book(BookingEngine engine, BookingRequest request) {
    return engine.book(request, (int) request.askedSlot()).orTimeout(20, TimeUnit.SECONDS).join();
  }

  public void execute(String sql) {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public long number(String sql) {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Waits until a transaction waits for a lock that another holds.
  public void awaitLockWaiter() throws InterruptedException {
    String waiting =
        "SELECT count(*) FROM pg_stat_activity"
            + " WHERE datname = current_database() AND wait_event_type = 'Lock'";
    for (int tries = 0; number(waiting) == 0; tries++) {
      if (tries == 1_000) {
        throw new IllegalStateException("nobody waits for a lock");
      }
      Thread.sleep(5);
    }
  }

  public long booked(long slot) {
    return number("SELECT booked FROM booking.slot WHERE id = " + slot);
  }

  /// What is free in each slot, as the rows say.
  Map<Long, Long> free() {
    Map<Long, Long> free = new TreeMap<>();
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT id, capacity - booked FROM booking.slot")) {
      while (row.next()) {
        free.put(row.getLong(1), row.getLong(2));
      }
      return free;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public long rows() {
    return number("SELECT count(*) FROM booking.appointment WHERE active");
  }

  /// Slots whose counter is not the number of their active appointments and held places, or not
  /// what the events add up to.
  public long wrongCounters() {
    return number(
        """
        SELECT count(*) FROM booking.slot
         WHERE booked <> (SELECT count(*) FROM booking.appointment a
                           WHERE a.active AND a.slot = slot.id)
                       + (SELECT count(*) FROM booking.held h WHERE h.slot = slot.id)
            OR booked <> (SELECT count(*) FROM booking.appointment_event WHERE to_slot = slot.id)
                       - (SELECT count(*) FROM booking.appointment_event WHERE from_slot = slot.id)
        """);
  }

  static List<UUID> ids(BookingResult result) {
    return switch (result) {
      case BookingResult.Booked(var doses) -> doses.stream().map(Appointment::id).toList();
      case BookingResult.Same(var doses) -> doses.stream().map(Appointment::id).toList();
      case BookingResult.Refusal _ -> List.of();
    };
  }

  @Override
  public void close() {
    database.close();
  }
}
