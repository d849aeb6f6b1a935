package dev.naru.booking.appointment;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// What clients asked and heard, checked against a sequential model.
///
/// The outbox gives the order: an event gets its sequence number while its slots and its person's
/// appointment are locked, so for each slot and each person the numbers are in the order of what
/// happened. The model does the events one after the other; answers have to fit.
final class History {
  private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();

  /// A client's call.
  ///
  /// @param answer null when the client gave up waiting
  private record Asked(
      UUID id, int person, long slot, long began, long ended, @Nullable Object answer) {}

  private record Row(int kind, UUID id, @Nullable Long from, @Nullable Long to) {}

  private record Held(String person, int dose) {}

  void booked(UUID id, int person, long slot, long began, @Nullable BookingResult result) {
    asked.add(new Asked(id, person, slot, began, System.nanoTime(), result));
  }

  void changed(UUID id, int person, long slot, long began, @Nullable ChangeResult result) {
    asked.add(new Asked(id, person, slot, began, System.nanoTime(), result));
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
    Map<Long, Integer> capacity = new HashMap<>();
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
          capacity.put(row.getLong(1), row.getInt(2));
        }
      }
      try (ResultSet row =
          statement.executeQuery(
              "SELECT kind, appointment, from_slot, to_slot FROM booking.appointment_event"
                  + " ORDER BY sequence")) {
        while (row.next()) {
          events.add(
              new Row(
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
    Set<Long> onceFull = replay(events, holders, capacity, stored, faults);
    checkAnswers(events, onceFull, faults);
    return faults;
  }

  /// @return slots that were full at some time
  private static Set<Long> replay(
      List<Row> events,
      Map<UUID, Held> holders,
      Map<Long, Integer> capacity,
      Map<UUID, Long> stored,
      List<String> faults) {
    Map<Long, Integer> taken = new HashMap<>();
    Map<UUID, Long> active = new HashMap<>();
    Map<Held, UUID> holding = new HashMap<>();
    Set<Long> onceFull = new HashSet<>();
    for (Row event : events) {
      Held holder = holders.get(event.id());
      if (event.from() != null) {
        taken.merge(event.from(), -1, Integer::sum);
        if (!event.from().equals(active.remove(event.id()))) {
          faults.add("freed what was not held: " + event);
        }
        holding.remove(holder, event.id());
      }
      if (event.to() != null) {
        int now = taken.merge(event.to(), 1, Integer::sum);
        int most = capacity.getOrDefault(event.to(), 0);
        if (now > most) {
          faults.add("over capacity: " + event);
        }
        if (now >= most) {
          onceFull.add(event.to());
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
    return onceFull;
  }

  private void checkAnswers(List<Row> events, Set<Long> onceFull, List<String> faults) {
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
          if (acknowledged.put(call.id(), call.ended()) != null) {
            faults.add("one id was booked twice: " + call);
          }
        }
        case BookingResult.Same(var doses) ->
            require(booked, ids(doses), "the same again, but not on disk", faults);
        case BookingResult.SlotFull(int dose) when dose == 1 && !onceFull.contains(call.slot()) ->
            faults.add("a false full: " + call);
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
          && since < call.began()
          && call.answer() instanceof BookingResult.Refusal refusal
          && !(refusal instanceof BookingResult.IdReused)) {
        faults.add("an acknowledged booking was refused when asked again: " + call);
      }
    }
  }

  private static List<UUID> ids(List<Appointment> doses) {
    return doses.stream().map(Appointment::id).toList();
  }

  private static <T> void require(
      Set<T> there, Collection<T> wanted, String what, List<String> faults) {
    wanted.stream().filter(id -> !there.contains(id)).forEach(id -> faults.add(what + ": " + id));
  }
}
