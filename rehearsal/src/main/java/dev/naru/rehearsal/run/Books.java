package dev.naru.rehearsal.run;

import dev.naru.rehearsal.crowd.Reservation;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What the server's export says against what the crowd was told.
///
/// @param rows appointments in the export
/// @param lost acknowledged appointments that are not in it, not active, or in another slot
/// @param doubled second active appointments of one person for one dose
/// @param oversold active appointments beyond the capacity of their slot
/// @param examples the first faults, in words
public record Books(long rows, long lost, long doubled, long oversold, List<String> examples) {
  /// The first line of an export.
  public static final String HEADING = "appointment,person,dose,slot,capacity,active";

  private static final int COLUMNS = 6;
  private static final int KEPT = 20;

  private record Told(String slot, Reservation.State state) {}

  /// Compares.
  ///
  /// @param export CSV with [#HEADING]: ids as they are in answers, `person` a number that means
  ///   nothing outside of this export
  /// @param told every acknowledged booking
  /// @throws IOException when it is no export
  public static Books compare(BufferedReader export, Iterable<Reservation> told)
      throws IOException {
    return new Comparison(told).read(export);
  }

  private static final class Comparison {
    private final Map<UUID, Told> open = new HashMap<>();
    private final Map<Long, Integer> taken = new HashMap<>();
    private final Map<Long, Integer> capacities = new HashMap<>();
    private final Map<Long, Boolean> holders = new HashMap<>();
    private final List<String> examples = new ArrayList<>();
    private long rows;
    private long lost;
    private long doubled;

    Comparison(Iterable<Reservation> told) {
      for (Reservation reservation : told) {
        open.put(
            UUID.fromString(reservation.appointment()),
            new Told(reservation.slot(), reservation.state()));
        for (String following : reservation.following()) {
          Reservation.State state =
              reservation.state() == Reservation.State.MOVED
                  ? Reservation.State.BOOKED
                  : reservation.state();
          open.put(UUID.fromString(following), new Told("", state));
        }
      }
    }

    Books read(BufferedReader export) throws IOException {
      String heading = export.readLine();
      if (!HEADING.equals(heading)) {
        throw new IOException("no export of appointments: it begins with " + heading);
      }
      for (String line = export.readLine(); line != null; line = export.readLine()) {
        String[] row = line.split(",", -1);
        if (row.length != COLUMNS) {
          throw new IOException(
              "line " + (rows + 2) + " of the export has no " + COLUMNS + " columns");
        }
        rows++;
        row(row);
      }
      open.forEach((id, expected) -> lost(id + " is not there"));
      long oversold = 0;
      for (Map.Entry<Long, Integer> slot : taken.entrySet()) {
        int beyond = slot.getValue() - capacities.getOrDefault(slot.getKey(), 0);
        if (beyond > 0) {
          oversold += beyond;
          example("slot " + slot.getKey() + " holds " + beyond + " too many");
        }
      }
      return new Books(rows, lost, doubled, oversold, List.copyOf(examples));
    }

    private void row(String[] row) {
      long slot = Long.parseLong(row[3]);
      boolean active = row[5].equals("t");
      if (active) {
        capacities.put(slot, Integer.valueOf(row[4]));
        taken.merge(slot, 1, Integer::sum);
        long holder = Long.parseLong(row[1]) << Byte.SIZE | Integer.parseInt(row[2]);
        if (holders.put(holder, true) != null) {
          doubled++;
          example("person " + row[1] + " of the export has dose " + row[2] + " twice");
        }
      }
      Told expected = open.remove(UUID.fromString(row[0]));
      if (expected != null) {
        check(row, expected, active);
      }
    }

    private void check(String[] row, Told expected, boolean active) {
      switch (expected.state()) {
        case BOOKED, MOVED -> {
          if (!active) {
            lost(row[0] + " is not active");
          } else if (!expected.slot().isEmpty() && !expected.slot().equals(row[3])) {
            lost(row[0] + " is in slot " + row[3] + " and not in " + expected.slot());
          }
        }
        case CANCELLED -> {
          if (active && !expected.slot().isEmpty()) {
            lost(row[0] + " was cancelled and is active");
          }
        }
        case UNCERTAIN -> {}
      }
    }

    private void lost(String what) {
      lost++;
      example(what);
    }

    private void example(String what) {
      if (examples.size() < KEPT) {
        examples.add(what);
      }
    }
  }
}
