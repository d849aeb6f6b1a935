package dev.naru.booking.appointment;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// What clients asked and heard, checked against a sequential model.
///
/// The outbox gives the order: an event gets its sequence number while its slots and its person's
/// appointment are locked, so for each slot and each person the numbers are in the order of what
/// happened. The model does the events one after the other; answers have to fit, and a "full" has
/// to be true at some moment between its question and its answer.
final class History implements AutoCloseable {
  private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
  private final Connection connection;
  private final PreparedStatement last;

  History(World world) {
    try {
      connection = world.database().dataSource().getConnection();
      last =
          connection.prepareStatement(
              """
              SELECT coalesce(greatest(
                (SELECT max(sequence) FROM booking.appointment_event WHERE from_slot = ?),
                (SELECT max(sequence) FROM booking.appointment_event WHERE to_slot = ?)), 0)
              """);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A moment of a slot.
  ///
  /// @param nanos as [System#nanoTime]
  /// @param sequence of the slot's last event that is committed; 0 when there is none
  record Moment(long nanos, long sequence) {}

  /// A client's call.
  ///
  /// @param answer null when the client gave up waiting
  private record Asked(
      UUID id, int person, long slot, Moment began, Moment ended, @Nullable Object answer) {}

  private record Row(long sequence, int kind, UUID id, @Nullable Long from, @Nullable Long to) {}

  private record Held(String person, int dose) {}

  /// A slot of the model.
  private static final class Places {
    private final int capacity;
    private final NavigableMap<Long, Integer> takenAfter = new TreeMap<>();
    private int taken;

    Places(int capacity) {
      this.capacity = capacity;
    }

    /// @return whether there are enough
    boolean take(int by, Row event) {
      taken += by;
      takenAfter.put(event.sequence(), taken);
      return taken <= capacity;
    }

    boolean wereTakenDuring(Asked call) {
      for (var level :
          takenAfter.headMap(call.ended().sequence(), true).descendingMap().entrySet()) {
        if (level.getValue() >= capacity) {
          return true;
        }
        if (level.getKey() <= call.began().sequence()) {
          return false;
        }
      }
      return false;
    }
  }

  /// Where a slot is now; ask it before a call.
  synchronized Moment now(long slot) {
    long nanos = System.nanoTime();
    try {
      last.setLong(1, slot);
      last.setLong(2, slot);
      try (ResultSet row = last.executeQuery()) {
        row.next();
        return new Moment(nanos, row.getLong(1));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  void booked(UUID id, int person, long slot, Moment began, @Nullable BookingResult result) {
    asked.add(new Asked(id, person, slot, began, now(slot), result));
  }

  void changed(UUID id, int person, long slot, Moment began, @Nullable ChangeResult result) {
    asked.add(new Asked(id, person, slot, began, now(slot), result));
  }

  int size() {
    return asked.size();
  }

  int count(Class<?> answer) {
    return Math.toIntExact(asked.stream().map(Asked::answer).filter(answer::isInstance).count());
  }

  /// Everything that is wrong, in words; empty when all is well. Call it when nobody asks any more.
  List<String> faults(World world) throws SQLException {
    List<String> faults = new ArrayList<>();
    Map<UUID, Held> holders = new HashMap<>();
    Map<UUID, Long> stored = new HashMap<>();
    Map<Long, Places> slots = new HashMap<>();
    List<Row> events = new ArrayList<>();
    try (Connection connection = world.database().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      try (ResultSet row =
          statement.executeQuery(
              "SELECT id, encode(person, 'hex'), dose, slot, active FROM booking.appointment")) {
        while (row.next()) {
          UUID id = row.getObject(1, UUID.class);
          holders.put(id, new Held(row.getString(2), row.getInt(3)));
          if (row.getBoolean(5)) {
            stored.put(id, row.getLong(4));
          }
        }
      }
      try (ResultSet row = statement.executeQuery("SELECT id, capacity FROM booking.slot")) {
        while (row.next()) {
          slots.put(row.getLong(1), new Places(row.getInt(2)));
        }
      }
      try (ResultSet row =
          statement.executeQuery(
              "SELECT kind, appointment, from_slot, to_slot, sequence"
                  + " FROM booking.appointment_event ORDER BY sequence")) {
        while (row.next()) {
          events.add(
              new Row(
                  row.getLong(5),
                  row.getInt(1),
                  row.getObject(2, UUID.class),
                  row.getObject(3, Long.class),
                  row.getObject(4, Long.class)));
        }
      }
    }
    if (world.wrongCounters() > 0) {
      faults.add("counters differ from the rows");
    }
    replay(events, holders, slots, stored, faults);
    checkAnswers(events, holders, slots, faults);
    return faults;
  }

  private static void replay(
      List<Row> events,
      Map<UUID, Held> holders,
      Map<Long, Places> slots,
      Map<UUID, Long> stored,
      List<String> faults) {
    Map<UUID, Long> active = new HashMap<>();
    Map<Held, UUID> holding = new HashMap<>();
    for (Row event : events) {
      Held holder = holders.get(event.id());
      if (event.from() != null) {
        requireNonNull(slots.get(event.from())).take(-1, event);
        if (!event.from().equals(active.remove(event.id()))) {
          faults.add("freed what was not held: " + event);
        }
        holding.remove(holder, event.id());
      }
      if (event.to() != null) {
        if (!requireNonNull(slots.get(event.to())).take(1, event)) {
          faults.add("over capacity: " + event);
        }
        active.put(event.id(), event.to());
        if (holder == null || holding.put(holder, event.id()) != null) {
          faults.add("a second appointment for a person and dose: " + event);
        }
      }
    }
    if (!active.equals(stored)) {
      faults.add("the rows are not what the events lead to");
    }
  }

  private void checkAnswers(
      List<Row> events, Map<UUID, Held> holders, Map<Long, Places> slots, List<String> faults) {
    Set<UUID> booked = new HashSet<>();
    Set<UUID> cancelled = new HashSet<>();
    Set<String> reached = new HashSet<>();
    for (Row event : events) {
      if (event.kind() == 1 && !booked.add(event.id())) {
        faults.add("booked twice: " + event);
      }
      if (event.kind() == 3) {
        cancelled.add(event.id());
      }
      reached.add(event.id() + "@" + event.to());
    }
    Map<UUID, Long> acknowledged = new HashMap<>();
    for (Asked call : asked) {
      switch (call.answer()) {
        case BookingResult.Booked(var doses) -> {
          require(booked, ids(doses), "acknowledged, but not on disk", faults);
          require(reached, List.of(call.id() + "@" + call.slot()), "another slot", faults);
          if (acknowledged.put(call.id(), call.ended().nanos()) != null) {
            faults.add("one id was booked twice: " + call);
          }
        }
        case BookingResult.Same(var doses) ->
            require(booked, ids(doses), "the same again, but not on disk", faults);
        case BookingResult.SlotFull(int dose) when dose == 1 -> checkFull(call, slots, faults);
        case ChangeResult.Refused(BookingResult.SlotFull(int dose))
            when requireNonNull(holders.get(call.id())).dose() == dose ->
            checkFull(call, slots, faults);
        case ChangeResult.Done(var doses) when call.slot() == 0 ->
            require(cancelled, ids(doses), "cancelled, but not on disk", faults);
        case ChangeResult.Done _ ->
            require(reached, List.of(call.id() + "@" + call.slot()), "moved, not on disk", faults);
        case null, default -> {}
      }
    }
    for (Asked call : asked) {
      Long since = acknowledged.get(call.id());
      if (since != null
          && since < call.began().nanos()
          && call.answer() instanceof BookingResult.Refusal refusal
          && !(refusal instanceof BookingResult.IdReused)) {
        faults.add("an acknowledged booking was refused when asked again: " + call);
      }
    }
  }

  private static void checkFull(Asked call, Map<Long, Places> slots, List<String> faults) {
    if (!requireNonNull(slots.get(call.slot())).wereTakenDuring(call)) {
      faults.add("a false full: " + call);
    }
  }

  private static List<UUID> ids(List<Appointment> doses) {
    return doses.stream().map(Appointment::id).toList();
  }

  private static <T> void require(
      Set<T> there, Collection<T> wanted, String what, List<String> faults) {
    wanted.stream().filter(id -> !there.contains(id)).forEach(id -> faults.add(what + ": " + id));
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
