package dev.naru.booking.appointment;

import dev.naru.booking.appointment.Appointment.Admission;
import dev.naru.booking.search.Commits;
import dev.naru.booking.supply.Release;
import dev.naru.common.person.PersonKey;
import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;
import org.postgresql.jdbc.PgArray;

/// The statements of one transaction on appointments, their slots' counters and the outbox. Slots
/// are locked before appointments are touched, always. Everything that many people want at once
/// takes and gives whole arrays.
final class TransactionStore {
  private static final String COLUMNS =
      "id, campaign, person, dose, slot, asked_slot, first, active, admitted_session,"
          + " admitted_until";
  private static final String WRITTEN =
      """
      WITH written AS (
        INSERT INTO booking.appointment_event (at, node, kind, appointment, from_slot, to_slot)
        SELECT ?, ?, kind, appointment, from_slot, to_slot
          FROM unnest(?::int[], ?::uuid[], ?::bigint[], ?::bigint[])
            AS event (kind, appointment, from_slot, to_slot)
      )
      """;
  private static final String TELL = WRITTEN + "SELECT 0, pg_current_xact_id()::text";
  private static final String TELL_AND_COUNT =
      WRITTEN
          + """
          , counted AS (
            UPDATE booking.slot SET booked = booked + change.by
              FROM unnest(?::bigint[], ?::int[]) AS change (id, by)
             WHERE slot.id = change.id
            RETURNING 1
          )
          SELECT count(*), pg_current_xact_id()::text FROM counted
          """;

  /// A loop over what is wanted, in the order in which it is given, is the only plan that locks in
  /// that order; small tables would tempt the planner to another.
  private static final String TAKE =
      """
      SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off;
      UPDATE booking.slot SET booked = booked + wanted.places
        FROM unnest(?::bigint[], ?::int[], ?::int[], ?::int[], ?::int[])
          AS wanted (id, campaign, places, day, days)
       WHERE slot.id = wanted.id AND slot.campaign = wanted.campaign
         AND slot.booked + wanted.places <= %s
      RETURNING slot.id
      """
          .formatted(
              Release.sql("slot.capacity", "slot.share_offset", "wanted.day", "wanted.days"));

  private static final Comparator<Appointment> BY_PERSON =
      Comparator.comparing(Appointment::person).thenComparingInt(Appointment::dose);

  private final Connection connection;
  private final Timestamp now;
  private final int node;
  private final Map<Long, Integer> counted = new HashMap<>();

  /// Zero until it has changed a counter.
  private long number;

  /// @param now written with what is done
  /// @param node a number of this process, written with each event
  TransactionStore(Connection connection, Instant now, int node) {
    this.connection = connection;
    this.now = Timestamp.from(now);
    this.node = node;
  }

  /// What is written as the time of everything that this transaction does.
  Instant now() {
    return now.toInstant();
  }

  /// Places that are held.
  HeldStore held() {
    return new HeldStore(connection, now);
  }

  /// Who waits for one.
  WaitlistStore waitlist() {
    return new WaitlistStore(connection, now);
  }

  /// Locks the rows in the order of their ids.
  ///
  /// @return those that exist
  Map<Long, LockedSlot> lockSlots(Collection<Long> ids) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT id, campaign, capacity, booked, share_offset FROM booking.slot"
                + " WHERE id = ANY (?) ORDER BY id FOR NO KEY UPDATE")) {
      select.setArray(1, array("int8", ids.stream().mapToLong(id -> id).distinct().toArray()));
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

  /// Takes places of slots in the order of their ids: of each slot all that are wanted, or none.
  ///
  /// @return the slots of which they were got
  Set<Long> take(Map<Long, PlentyRound.Demand> demand) throws SQLException {
    long[] ids = demand.keySet().stream().mapToLong(slot -> slot).sorted().toArray();
    List<PlentyRound.Demand> wanted = Arrays.stream(ids).mapToObj(demand::get).toList();
    Set<Long> taken = new HashSet<>();
    try (PreparedStatement update = connection.prepareStatement(TAKE)) {
      update.setArray(1, array("int8", ids));
      update.setArray(2, ints(wanted, demanded -> demanded.by().campaign()));
      update.setArray(3, ints(wanted, PlentyRound.Demand::places));
      update.setArray(4, ints(wanted, demanded -> demanded.by().share().day()));
      update.setArray(5, ints(wanted, demanded -> demanded.by().share().days()));
      update.execute();
      while (update.getUpdateCount() != -1) {
        update.getMoreResults();
      }
      try (ResultSet row = update.getResultSet()) {
        while (row.next()) {
          taken.add(row.getLong(1));
        }
      }
    }
    return taken;
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
      insert.setArray(3, uuids(rows.stream().map(Appointment::id)));
      insert.setArray(4, array("int4", rows.stream().mapToInt(Appointment::campaign).toArray()));
      insert.setArray(5, array("bytea", keys(rows.stream().map(Appointment::person))));
      insert.setArray(6, array("int4", rows.stream().mapToInt(Appointment::dose).toArray()));
      insert.setArray(7, array("int8", rows.stream().mapToLong(Appointment::slot).toArray()));
      insert.setArray(8, uuids(rows.stream().map(Appointment::first)));
      insert.setArray(9, uuids(rows.stream().map(a -> a.admission().session())));
      insert.setArray(
          10,
          array(
              "int8",
              rows.stream().mapToLong(a -> a.admission().until().getEpochSecond()).toArray()));
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
      delete.setArray(1, uuids(ids.stream()));
      delete.executeUpdate();
    }
  }

  /// Writes to the outbox, and changes the counters of the slots, which are locked, by what the
  /// events say.
  void record(List<AppointmentEvent> events) throws SQLException {
    record(events, AppointmentEvent.changes(events));
  }

  /// Writes to the outbox, and changes the counters of slots that are locked.
  ///
  /// @param changes by how much, for each slot; less than the events say by what was taken before
  void record(List<AppointmentEvent> events, Map<Long, Integer> changes) throws SQLException {
    if (events.isEmpty() && changes.isEmpty()) {
      return;
    }
    try (PreparedStatement statement =
        connection.prepareStatement(changes.isEmpty() ? TELL : TELL_AND_COUNT)) {
      statement.setTimestamp(1, now);
      statement.setInt(2, node);
      statement.setArray(
          3, array("int4", events.stream().mapToInt(event -> event.kind().code).toArray()));
      statement.setArray(4, uuids(events.stream().map(AppointmentEvent::appointment)));
      statement.setArray(
          5, array("int8", events.stream().map(AppointmentEvent::fromSlot).toArray(Long[]::new)));
      statement.setArray(
          6, array("int8", events.stream().map(AppointmentEvent::toSlot).toArray(Long[]::new)));
      if (!changes.isEmpty()) {
        statement.setArray(
            7, array("int8", changes.keySet().stream().mapToLong(slot -> slot).toArray()));
        statement.setArray(
            8, array("int4", changes.values().stream().mapToInt(by -> by).toArray()));
      }
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        if (row.getInt(1) != changes.size()) {
          throw new IllegalStateException("a locked slot vanished");
        }
        number = Long.parseLong(row.getString(2));
      }
    }
    AppointmentEvent.changes(events).forEach((slot, by) -> counted.merge(slot, by, Integer::sum));
  }

  /// Tells what was counted. Call it after the commit.
  void tell(Commits commits) {
    if (!counted.isEmpty()) {
      commits.committed(number, counted);
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
      select.setArray(1, uuids(ids.stream()));
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
      select.setArray(
          1, array("bytea", keys(requests.stream().map(BookingRequest::person).distinct())));
      return list(select).stream().collect(Collectors.groupingBy(Appointment::person));
    }
  }

  /// The doses of a booking, cancelled ones too, the first dose first.
  ///
  /// @param one of them
  List<Appointment> doses(Appointment one) throws SQLException {
    return doses(one, "");
  }

  /// The active doses of a booking, locked. Call it after [#lockSlots].
  List<Appointment> lockDoses(Appointment one) throws SQLException {
    return doses(one, " FOR UPDATE").stream().filter(Appointment::active).toList();
  }

  /// Those that were booked together are found by their ids, the others as the person's own.
  private List<Appointment> doses(Appointment one, String lock) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT "
                + COLUMNS
                + " FROM booking.appointment"
                + " WHERE id = ANY (?) OR (person = ? AND campaign = ? AND active)"
                + " ORDER BY dose"
                + lock)) {
      select.setArray(1, uuids(Doses.ids(one.firstId()).stream()));
      select.setBytes(2, one.person().bytes());
      select.setInt(3, one.campaign());
      return list(select).stream().filter(dose -> dose.firstId().equals(one.firstId())).toList();
    }
  }

  /// The latest 20 of a person's appointments in a campaign, active ones first.
  List<Appointment> of(PersonKey person, int campaign) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            (SELECT * FROM booking.appointment
              WHERE person = ? AND campaign = ? AND active ORDER BY dose LIMIT 20)
            UNION ALL
            (SELECT * FROM booking.appointment
              WHERE person = ? AND campaign = ? AND NOT active
              ORDER BY booked_at DESC, dose LIMIT 20)
            LIMIT 20
            """)) {
      select.setBytes(1, person.bytes());
      select.setInt(2, campaign);
      select.setBytes(3, person.bytes());
      select.setInt(4, campaign);
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
      update.setArray(2, uuids(ids.stream()));
      update.executeUpdate();
    }
  }

  private <T> Array ints(List<T> of, ToIntFunction<T> value) throws SQLException {
    return array("int4", of.stream().mapToInt(value).toArray());
  }

  /// In binary form: the driver would send text, which costs both sides more than the rest of the
  /// array.
  private Array uuids(Stream<? extends @Nullable UUID> values) throws SQLException {
    List<? extends @Nullable UUID> list = values.toList();
    ByteBuffer bytes = ByteBuffer.allocate(20 + 20 * list.size());
    bytes.putInt(1).putInt(1).putInt(Oid.UUID).putInt(list.size()).putInt(1);
    for (UUID value : list) {
      if (value == null) {
        bytes.putInt(-1);
      } else {
        bytes.putInt(16);
        bytes.putLong(value.getMostSignificantBits()).putLong(value.getLeastSignificantBits());
      }
    }
    byte[] exact = Arrays.copyOf(bytes.array(), bytes.position());
    return new PgArray(connection.unwrap(BaseConnection.class), Oid.UUID_ARRAY, exact);
  }

  private Array array(String type, Object values) throws SQLException {
    return connection.unwrap(PGConnection.class).createArrayOf(type, values);
  }

  private static byte[][] keys(Stream<PersonKey> persons) {
    return persons.map(PersonKey::bytes).toArray(byte[][]::new);
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
