package dev.naru.booking.appointment;

import dev.naru.booking.appointment.Appointment.Admission;
import dev.naru.common.person.PersonKey;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Appointments, their slots' counters and the outbox, in PostgreSQL. Everything that many people
/// want at once takes and gives whole arrays.
public final class AppointmentStore {
  private static final String COLUMNS =
      "id, campaign, person, dose, slot, asked_slot, first, active, admitted_session,"
          + " admitted_until";
  private static final Comparator<Appointment> BY_PERSON =
      Comparator.comparing(Appointment::person).thenComparingInt(Appointment::dose);

  private final DataSource database;
  private final InstantSource clock;
  private final int node;

  /// @param node a number of this process, written with each event: it skips its own when it reads
  ///   what others did
  public AppointmentStore(DataSource database, InstantSource clock, int node) {
    this.database = database;
    this.clock = clock;
    this.node = node;
  }

  /// What happens between BEGIN and COMMIT.
  interface Work<T> {
    T in(Transaction transaction) throws SQLException;
  }

  /// Runs the work; commits when it returns, keeps nothing when it throws.
  <T> T inTransaction(Work<T> work) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      boolean done = false;
      try {
        T result = work.in(new Transaction(connection));
        connection.commit();
        done = true;
        return result;
      } finally {
        if (!done) {
          connection.rollback();
        }
        connection.setAutoCommit(true);
      }
    }
  }

  /// One appointment by its id.
  Optional<Appointment> byId(UUID id) throws SQLException {
    return inTransaction(transaction -> transaction.byId(id));
  }

  /// All of a person's appointments in a campaign, cancelled ones too, the first dose first.
  List<Appointment> of(PersonKey person, int campaign) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT "
                    + COLUMNS
                    + " FROM booking.appointment WHERE person = ? AND campaign = ?"
                    + " ORDER BY active DESC, booked_at DESC, dose LIMIT 20")) {
      select.setBytes(1, person.bytes());
      select.setInt(2, campaign);
      return list(select);
    }
  }

  /// The statements of one transaction. Slots are locked before appointments are touched, always.
  final class Transaction {
    private final Connection connection;
    private final Timestamp now;

    private Transaction(Connection connection) {
      this.connection = connection;
      this.now = Timestamp.from(clock.instant());
    }

    /// Locks the rows in the order of their ids.
    ///
    /// @return those that exist
    Map<Long, LockedSlot> lockSlots(List<Long> ids) throws SQLException {
      try (PreparedStatement select =
          connection.prepareStatement(
              "SELECT id, campaign, capacity, booked, share_offset FROM booking.slot"
                  + " WHERE id = ANY (?) ORDER BY id FOR NO KEY UPDATE")) {
        select.setArray(1, longs(ids.stream().distinct().sorted().toList()));
        Map<Long, LockedSlot> slots = new HashMap<>();
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            long id = row.getLong(1);
            slots.put(
                id, new LockedSlot(id, row.getInt(2), row.getInt(3), row.getInt(4), row.getInt(5)));
          }
        }
        return slots;
      }
    }

    /// Inserts what does not conflict with an id or an active appointment of the same person.
    ///
    /// @return the ids that were inserted
    Set<UUID> insert(List<Appointment> appointments) throws SQLException {
      Set<UUID> inserted = new HashSet<>();
      if (appointments.isEmpty()) {
        return inserted;
      }
      List<Appointment> rows = appointments.stream().sorted(BY_PERSON).toList();
      try (PreparedStatement insert =
          connection.prepareStatement(
              """
              INSERT INTO booking.appointment
                (id, campaign, person, dose, slot, asked_slot, first, admitted_session,
                 admitted_until, booked_at, changed_at)
              SELECT id, campaign, person, dose, slot, slot, first, session,
                     to_timestamp(until), ?, ?
                FROM unnest(?::uuid[], ?::int[], ?::bytea[], ?::int[], ?::bigint[], ?::uuid[],
                            ?::uuid[], ?::bigint[])
                  AS wanted (id, campaign, person, dose, slot, first, session, until)
                  ON CONFLICT DO NOTHING
              RETURNING id
              """)) {
        insert.setTimestamp(1, now);
        insert.setTimestamp(2, now);
        insert.setArray(3, uuids(rows.stream().map(Appointment::id).toArray()));
        insert.setArray(4, ints(rows.stream().map(Appointment::campaign).toList()));
        insert.setArray(5, bytes(rows.stream().map(Appointment::person).toList()));
        insert.setArray(6, ints(rows.stream().map(Appointment::dose).toList()));
        insert.setArray(7, longs(rows.stream().map(Appointment::slot).toList()));
        insert.setArray(8, uuids(rows.stream().map(Appointment::first).toArray()));
        insert.setArray(9, uuids(rows.stream().map(a -> a.admission().session()).toArray()));
        insert.setArray(
            10, longs(rows.stream().map(a -> a.admission().until().getEpochSecond()).toList()));
        try (ResultSet row = insert.executeQuery()) {
          while (row.next()) {
            inserted.add(row.getObject(1, UUID.class));
          }
        }
      }
      return inserted;
    }

    /// Takes back rows that this transaction inserted: half of a booking is none.
    void withdraw(List<UUID> ids) throws SQLException {
      if (ids.isEmpty()) {
        return;
      }
      try (PreparedStatement delete =
          connection.prepareStatement("DELETE FROM booking.appointment WHERE id = ANY (?)")) {
        delete.setArray(1, uuids(ids.toArray()));
        delete.executeUpdate();
      }
    }

    /// Adds to the counters of locked slots.
    void raiseCounters(Map<Long, Integer> changes) throws SQLException {
      List<Map.Entry<Long, Integer>> entries =
          changes.entrySet().stream()
              .filter(change -> change.getValue() != 0)
              .sorted(Map.Entry.comparingByKey())
              .toList();
      if (entries.isEmpty()) {
        return;
      }
      try (PreparedStatement update =
          connection.prepareStatement(
              """
              UPDATE booking.slot SET booked = booked + change.by
                FROM unnest(?::bigint[], ?::int[]) AS change (id, by)
               WHERE slot.id = change.id
              """)) {
        update.setArray(1, longs(entries.stream().map(Map.Entry::getKey).toList()));
        update.setArray(2, ints(entries.stream().map(Map.Entry::getValue).toList()));
        int updated = update.executeUpdate();
        if (updated != entries.size()) {
          throw new IllegalStateException("a locked slot vanished");
        }
      }
    }

    void recordBooked(List<Appointment> booked) throws SQLException {
      record(
          booked.stream().map(a -> new Event(EventKind.BOOKED, a.id(), null, a.slot())).toList());
    }

    /// Writes to the outbox.
    void record(List<Event> events) throws SQLException {
      if (events.isEmpty()) {
        return;
      }
      try (PreparedStatement insert =
          connection.prepareStatement(
              """
              INSERT INTO booking.appointment_event (at, node, kind, appointment, from_slot, to_slot)
              SELECT ?, ?, kind, appointment, from_slot, to_slot
                FROM unnest(?::int[], ?::uuid[], ?::bigint[], ?::bigint[])
                  AS event (kind, appointment, from_slot, to_slot)
              """)) {
        insert.setTimestamp(1, now);
        insert.setInt(2, node);
        insert.setArray(3, ints(events.stream().map(event -> event.kind().code).toList()));
        insert.setArray(4, uuids(events.stream().map(Event::appointment).toArray()));
        insert.setArray(5, array("bigint", events.stream().map(Event::fromSlot).toArray()));
        insert.setArray(6, array("bigint", events.stream().map(Event::toSlot).toArray()));
        insert.executeUpdate();
      }
    }

    Optional<Appointment> byId(UUID id) throws SQLException {
      try (PreparedStatement select =
          connection.prepareStatement(
              "SELECT " + COLUMNS + " FROM booking.appointment WHERE id = ?")) {
        select.setObject(1, id);
        return list(select).stream().findFirst();
      }
    }

    /// What exists under the ids of the requests' doses.
    Map<UUID, Appointment> byIds(List<BookingRequest> requests) throws SQLException {
      List<UUID> ids = new ArrayList<>();
      for (BookingRequest request : requests) {
        for (int dose = 1; dose <= request.slots().size(); dose++) {
          ids.add(request.idOf(dose));
        }
      }
      try (PreparedStatement select =
          connection.prepareStatement(
              "SELECT " + COLUMNS + " FROM booking.appointment WHERE id = ANY (?)")) {
        select.setArray(1, uuids(ids.toArray()));
        return list(select).stream()
            .collect(Collectors.toMap(Appointment::id, appointment -> appointment));
      }
    }

    /// The active appointments of the requests' persons.
    Map<PersonKey, List<Appointment>> activeOf(List<BookingRequest> requests) throws SQLException {
      try (PreparedStatement select =
          connection.prepareStatement(
              "SELECT "
                  + COLUMNS
                  + " FROM booking.appointment WHERE active AND person = ANY (?) ORDER BY dose")) {
        select.setArray(1, bytes(requests.stream().map(BookingRequest::person).toList()));
        return list(select).stream().collect(Collectors.groupingBy(Appointment::person));
      }
    }

    /// The active ones of a dose and the later ones of its booking.
    List<Appointment> dosesFrom(Appointment appointment) throws SQLException {
      return dosesFrom(appointment, "");
    }

    /// The same, locked. Call it after [#lockSlots].
    List<Appointment> lockDosesFrom(Appointment appointment) throws SQLException {
      return dosesFrom(appointment, " FOR UPDATE");
    }

    private List<Appointment> dosesFrom(Appointment appointment, String lock) throws SQLException {
      try (PreparedStatement select =
          connection.prepareStatement(
              "SELECT "
                  + COLUMNS
                  + " FROM booking.appointment WHERE id = ANY (?) AND dose >= ? AND active"
                  + " ORDER BY dose"
                  + lock)) {
        select.setArray(1, uuids(Doses.ids(appointment.firstId()).toArray()));
        select.setInt(2, appointment.dose());
        return list(select);
      }
    }

    /// Gives an appointment another slot.
    void move(UUID id, long slot) throws SQLException {
      try (PreparedStatement update =
          connection.prepareStatement(
              "UPDATE booking.appointment SET slot = ?, changed_at = ? WHERE id = ? AND active")) {
        update.setLong(1, slot);
        update.setTimestamp(2, now);
        update.setObject(3, id);
        update.executeUpdate();
      }
    }

    /// Ends appointments.
    void cancel(List<UUID> ids) throws SQLException {
      try (PreparedStatement update =
          connection.prepareStatement(
              "UPDATE booking.appointment SET active = false, changed_at = ? WHERE id = ANY (?)")) {
        update.setTimestamp(1, now);
        update.setArray(2, uuids(ids.toArray()));
        update.executeUpdate();
      }
    }

    private Array uuids(@Nullable Object[] values) throws SQLException {
      return array("uuid", values);
    }

    private Array ints(List<Integer> values) throws SQLException {
      return array("int", values.toArray());
    }

    private Array longs(List<Long> values) throws SQLException {
      return array("bigint", values.toArray());
    }

    private Array bytes(List<PersonKey> values) throws SQLException {
      return array("bytea", values.stream().map(PersonKey::bytes).toArray(byte[][]::new));
    }

    private Array array(String type, @Nullable Object[] values) throws SQLException {
      return connection.createArrayOf(type, values);
    }
  }

  /// What the outbox tells.
  ///
  /// @param fromSlot freed, if any
  /// @param toSlot taken, if any
  record Event(EventKind kind, UUID appointment, @Nullable Long fromSlot, @Nullable Long toSlot) {}

  /// Kinds of events, with the codes of the table.
  enum EventKind {
    BOOKED(1),
    MOVED(2),
    CANCELLED(3);

    final int code;

    EventKind(int code) {
      this.code = code;
    }
  }

  private static List<Appointment> list(PreparedStatement select) throws SQLException {
    List<Appointment> appointments = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        Instant until = row.getTimestamp("admitted_until").toInstant();
        appointments.add(
            new Appointment(
                row.getObject("id", UUID.class),
                row.getInt("campaign"),
                PersonKey.of(row.getBytes("person")),
                row.getInt("dose"),
                row.getLong("slot"),
                row.getLong("asked_slot"),
                row.getObject("first", UUID.class),
                row.getBoolean("active"),
                new Admission(row.getObject("admitted_session", UUID.class), until)));
      }
    }
    return appointments;
  }
}
