package dev.naru.rehearsal.run;

import dev.naru.rehearsal.crowd.Reservation;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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

  /// No slot has so many places.
  private static final int ABSENT = Integer.MAX_VALUE;

  /// Compares.
  ///
  /// @param export CSV with [#HEADING]: ids as they are in answers, `person` a number that means
  ///   nothing outside of this export
  /// @param told every acknowledged booking
  /// @throws IOException when it is no export
  public static Books compare(BufferedReader export, List<Reservation> told) throws IOException {
    return new Comparison(told).read(export);
  }

  /// Reads the export row by row. What has to be kept are ids and counts, in arrays.
  private static final class Comparison {
    /// Instead of the entry, once the appointment was found.
    private static final int SEEN = -1;

    private final List<Reservation> told;

    /// Appointment to what was told: the index of the reservation, doubled, and one more for a
    /// later dose.
    private final LongTable open = new LongTable();

    private final LongTable free = new LongTable();
    private final LongTable holders = new LongTable();
    private final List<String> examples = new ArrayList<>();
    private long rows;
    private long lost;
    private long doubled;

    Comparison(List<Reservation> told) {
      this.told = told;
      for (int i = 0; i < told.size(); i++) {
        Reservation reservation = told.get(i);
        expect(reservation.appointment(), 2 * i);
        for (String following : reservation.following()) {
          expect(following, 2 * i + 1);
        }
      }
    }

    private void expect(String appointment, int entry) {
      UUID id = UUID.fromString(appointment);
      open.set(id.getMostSignificantBits(), id.getLeastSignificantBits(), entry);
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
      open.forEach(
          (high, low, entry) -> {
            if (entry != SEEN) {
              lost(new UUID(high, low) + " is not there");
            }
          });
      long[] oversold = new long[1];
      free.forEach(
          (_, slot, left) -> {
            if (left < 0) {
              oversold[0] -= left;
              example("slot " + slot + " holds " + -left + " too many");
            }
          });
      return new Books(rows, lost, doubled, oversold[0], List.copyOf(examples));
    }

    private void row(String[] row) {
      boolean active = row[5].equals("t");
      if (active) {
        long slot = Long.parseLong(row[3]);
        if (free.get(0, slot, ABSENT) == ABSENT) {
          free.set(0, slot, Integer.parseInt(row[4]));
        }
        free.add(0, slot, -1);
        if (holders.add(Integer.parseInt(row[2]), Long.parseLong(row[1]), 1) > 1) {
          doubled++;
          example("person " + row[1] + " of the export has dose " + row[2] + " twice");
        }
      }
      UUID id = UUID.fromString(row[0]);
      int entry = open.get(id.getMostSignificantBits(), id.getLeastSignificantBits(), SEEN);
      if (entry != SEEN) {
        open.set(id.getMostSignificantBits(), id.getLeastSignificantBits(), SEEN);
        check(row, told.get(entry / 2), entry % 2 == 1, active);
      }
    }

    private void check(String[] row, Reservation expected, boolean later, boolean active) {
      switch (expected.state()) {
        case BOOKED, MOVED -> {
          if (!active) {
            lost(row[0] + " is not active");
          } else if (!later && !expected.slot().equals(row[3])) {
            lost(row[0] + " is in slot " + row[3] + " and not in " + expected.slot());
          }
        }
        case CANCELLED -> {
          if (active && !later) {
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
