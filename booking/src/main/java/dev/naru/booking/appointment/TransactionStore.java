package dev.naru.booking.appointment;

import dev.naru.booking.place.HeldStore;
import dev.naru.booking.place.PersonDayStore;
import dev.naru.booking.place.WaitlistStore;
import dev.naru.booking.search.Commits;
import dev.naru.booking.supply.Release;
import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;
import org.postgresql.jdbc.PgArray;

/// One transaction: its statements on the slots' counters and the outbox, and the way to those on
/// appointments and held places. Slots are locked before anything else is touched, but for ample
/// ones (adr/0044). Everything that many people want at once takes and gives whole arrays.
public final class TransactionStore {
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
         AND slot.booked + wanted.places <= %1$s
      RETURNING slot.id, %1$s - slot.booked
      """
          .formatted(
              Release.sql("slot.capacity", "slot.share_offset", "wanted.day", "wanted.days"));

  /// Whoever has written already and waits longer than this for a slot may wait in a circle.
  /// Shorter than the second after which PostgreSQL looks for one.
  private static final String SOON = "SET LOCAL lock_timeout = '500ms'; ";

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
  public Instant now() {
    return now.toInstant();
  }

  /// Appointments.
  public DoseStore doses() {
    return new DoseStore(connection, now);
  }

  /// Places that are held.
  public HeldStore held() {
    return new HeldStore(connection, now);
  }

  /// What people did today.
  public PersonDayStore days() {
    return new PersonDayStore(connection);
  }

  /// Who waits for one.
  public WaitlistStore waitlist() {
    return new WaitlistStore(connection, now);
  }

  /// Locks the rows in the order of their ids.
  ///
  /// @return those that exist
  public Map<Long, LockedSlot> lockSlots(Collection<Long> ids) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT id, campaign, capacity, booked, share_offset FROM booking.slot"
                + " WHERE id = ANY (?) ORDER BY id FOR NO KEY UPDATE")) {
      select.setArray(
          1, array(connection, "int8", ids.stream().mapToLong(id -> id).distinct().toArray()));
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
  /// @return the slots of which they were got, and how many are left for the same share
  Map<Long, Integer> take(Map<Long, PlentyRound.Demand> demand) throws SQLException {
    return take(demand, TAKE);
  }

  /// As [#take], after something was written.
  ///
  /// @throws SQLException one that is tried again, when the slots are not got soon
  Map<Long, Integer> takeLast(Map<Long, PlentyRound.Demand> demand) throws SQLException {
    return demand.isEmpty() ? Map.of() : take(demand, SOON + TAKE);
  }

  private Map<Long, Integer> take(Map<Long, PlentyRound.Demand> demand, String sql)
      throws SQLException {
    long[] ids = demand.keySet().stream().mapToLong(slot -> slot).sorted().toArray();
    List<PlentyRound.Demand> wanted = Arrays.stream(ids).mapToObj(demand::get).toList();
    Map<Long, Integer> free = new HashMap<>();
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setArray(1, array(connection, "int8", ids));
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
          free.put(row.getLong(1), row.getInt(2));
        }
      }
    }
    return free;
  }

  /// Writes to the outbox, and changes the counters of the slots, which are locked, by what the
  /// events say.
  public void record(List<AppointmentEvent> events) throws SQLException {
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
          3,
          array(
              connection, "int4", events.stream().mapToInt(event -> event.kind().code).toArray()));
      statement.setArray(4, uuids(connection, events.stream().map(AppointmentEvent::appointment)));
      statement.setArray(
          5,
          array(
              connection,
              "int8",
              events.stream().map(AppointmentEvent::fromSlot).toArray(Long[]::new)));
      statement.setArray(
          6,
          array(
              connection,
              "int8",
              events.stream().map(AppointmentEvent::toSlot).toArray(Long[]::new)));
      if (!changes.isEmpty()) {
        statement.setArray(
            7,
            array(connection, "int8", changes.keySet().stream().mapToLong(slot -> slot).toArray()));
        statement.setArray(
            8, array(connection, "int4", changes.values().stream().mapToInt(by -> by).toArray()));
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

  /// Writes what a helper did.
  public void recordHelped(List<HelpedEvent> events) throws SQLException {
    if (events.isEmpty()) {
      return;
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO booking.helped_event (at, kind, appointment, person, helper)"
                + " VALUES (?, ?, ?, ?, ?)")) {
      for (HelpedEvent event : events) {
        insert.setTimestamp(1, now);
        insert.setInt(2, event.kind().code);
        insert.setObject(3, event.appointment());
        insert.setBytes(4, event.person().bytes());
        insert.setBytes(5, event.helper().bytes());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /// Tells what was counted. Call it after the commit.
  void tell(Commits commits) {
    if (!counted.isEmpty()) {
      commits.committed(number, counted);
    }
  }

  private <T> Array ints(List<T> of, ToIntFunction<T> value) throws SQLException {
    return array(connection, "int4", of.stream().mapToInt(value).toArray());
  }

  /// In binary form: the driver would send text, which costs both sides more than the rest of the
  /// array.
  static Array uuids(Connection connection, Stream<? extends @Nullable UUID> values)
      throws SQLException {
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

  static Array array(Connection connection, String type, Object values) throws SQLException {
    return connection.unwrap(PGConnection.class).createArrayOf(type, values);
  }
}
