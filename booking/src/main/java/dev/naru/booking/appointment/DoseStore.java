package dev.naru.booking.appointment;

import dev.naru.booking.appointment.Appointment.Admission;
import dev.naru.common.person.PersonKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The statements of one transaction on appointments: a row is one dose of one person. The slots'
/// counters are not touched here; their rows are locked before.
public final class DoseStore {
  private static final String COLUMNS =
      "id, campaign, person, dose, slot, asked_slot, first, active, admitted_session,"
          + " admitted_until";
  private static final Comparator<Appointment> BY_PERSON =
      Comparator.comparing(Appointment::person).thenComparingInt(Appointment::dose);

  private final Connection connection;
  private final Timestamp now;

  /// @param now written with what is done
  DoseStore(Connection connection, Timestamp now) {
    this.connection = connection;
    this.now = now;
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
      insert.setArray(3, TransactionStore.uuids(connection, rows.stream().map(Appointment::id)));
      insert.setArray(
          4,
          TransactionStore.array(
              connection, "int4", rows.stream().mapToInt(Appointment::campaign).toArray()));
      insert.setArray(
          5,
          TransactionStore.array(
              connection, "bytea", keys(rows.stream().map(Appointment::person))));
      insert.setArray(
          6,
          TransactionStore.array(
              connection, "int4", rows.stream().mapToInt(Appointment::dose).toArray()));
      insert.setArray(
          7,
          TransactionStore.array(
              connection, "int8", rows.stream().mapToLong(Appointment::slot).toArray()));
      insert.setArray(8, TransactionStore.uuids(connection, rows.stream().map(Appointment::first)));
      insert.setArray(
          9, TransactionStore.uuids(connection, rows.stream().map(a -> a.admission().session())));
      insert.setArray(
          10,
          TransactionStore.array(
              connection,
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
      delete.setArray(1, TransactionStore.uuids(connection, ids.stream()));
      delete.executeUpdate();
    }
  }

  /// An appointment by its id.
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
      select.setArray(1, TransactionStore.uuids(connection, ids.stream()));
      return list(select).stream()
          .collect(Collectors.toMap(Appointment::id, appointment -> appointment));
    }
  }

  /// The active appointments of the requests' persons in the requests' campaigns.
  Map<PersonKey, List<Appointment>> activeOf(List<BookingRequest> requests) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT "
                + COLUMNS
                + " FROM booking.appointment"
                + " WHERE active AND campaign = ANY (?) AND person = ANY (?) ORDER BY dose")) {
      select.setArray(
          1,
          TransactionStore.array(
              connection,
              "int4",
              requests.stream().mapToInt(BookingRequest::campaign).distinct().toArray()));
      select.setArray(
          2,
          TransactionStore.array(
              connection, "bytea", keys(requests.stream().map(BookingRequest::person).distinct())));
      return list(select).stream().collect(Collectors.groupingBy(Appointment::person));
    }
  }

  /// The doses of a booking, cancelled ones too, the first dose first.
  ///
  /// @param one of them
  List<Appointment> ofBooking(Appointment one) throws SQLException {
    return ofBooking(one, "");
  }

  /// The active doses of a booking, locked. Call it after [TransactionStore#lockSlots].
  List<Appointment> lock(Appointment one) throws SQLException {
    return ofBooking(one, " FOR UPDATE").stream().filter(Appointment::active).toList();
  }

  /// Those that were booked together are found by their ids, the others as the person's own.
  private List<Appointment> ofBooking(Appointment one, String lock) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT "
                + COLUMNS
                + " FROM booking.appointment"
                + " WHERE id = ANY (?) OR (campaign = ? AND person = ? AND active)"
                + " ORDER BY dose"
                + lock)) {
      select.setArray(1, TransactionStore.uuids(connection, Doses.ids(one.firstId()).stream()));
      select.setInt(2, one.campaign());
      select.setBytes(3, one.person().bytes());
      return list(select).stream().filter(dose -> dose.firstId().equals(one.firstId())).toList();
    }
  }

  /// The latest 20 of a person's appointments in a campaign, active ones first.
  public List<Appointment> of(PersonKey person, int campaign) throws SQLException {
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
      update.setArray(2, TransactionStore.uuids(connection, ids.stream()));
      update.executeUpdate();
    }
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
