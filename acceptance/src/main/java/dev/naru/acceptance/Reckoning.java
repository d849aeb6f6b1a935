package dev.naru.acceptance;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Holds what clients were told against what the database holds. While nobody asks for anything and
/// nothing is unanswered, both have to be the same.
final class Reckoning {
  private Reckoning() {}

  private record Row(String slot, boolean active) {}

  /// What is wrong; empty is right.
  ///
  /// @param others appointments that others than the crowd hold
  static List<String> faults(Installation installation, Crowd crowd, Collection<UUID> others)
      throws SQLException {
    Map<UUID, Row> rows = rows(installation);
    List<String> faults = new ArrayList<>(Books.of(installation.nodes().getFirst()).faults());
    for (UUID id : crowd.acknowledged()) {
      if (!rows.containsKey(id)) {
        faults.add("lost: " + id + " was acknowledged and is not there");
      }
    }
    Map<UUID, String> held = new HashMap<>();
    for (Client client : crowd.clients()) {
      Client.Held mine = client.held();
      if (mine != null) {
        held.put(mine.id(), mine.slot());
      }
    }
    held.forEach(
        (id, slot) -> {
          Row row = rows.get(id);
          if (row != null && !row.equals(new Row(slot, true))) {
            faults.add("changed: " + id + " was acknowledged in slot " + slot + " and is " + row);
          }
        });
    rows.forEach(
        (id, row) -> {
          if (row.active() && !held.containsKey(id) && !others.contains(id)) {
            faults.add("doubled: " + id + " is active and nobody holds it");
          }
        });
    return faults;
  }

  private static Map<UUID, Row> rows(Installation installation) throws SQLException {
    Map<UUID, Row> rows = new HashMap<>();
    try (Connection connection = installation.nodes().getFirst().database();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT id, slot, active FROM booking.appointment")) {
      while (row.next()) {
        rows.put(row.getObject(1, UUID.class), new Row(row.getString(2), row.getBoolean(3)));
      }
    }
    return rows;
  }
}
