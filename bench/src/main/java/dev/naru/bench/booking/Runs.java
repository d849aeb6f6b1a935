package dev.naru.bench.booking;

import dev.naru.bench.Load;
import dev.naru.booking.appointment.Appointment;
import dev.naru.booking.appointment.BookingRequest;
import dev.naru.booking.appointment.BookingResult;
import dev.naru.booking.supply.Share;
import dev.naru.common.person.PersonKey;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/// Runs of one contender each on the same database, emptied in between. Each booking is of a new
/// person.
final class Runs {
  private static final long SEED = 20210826;

  private final BenchDatabase database;
  private final int slots;
  private final Duration warm;
  private final Duration time;
  private long people;

  Runs(BenchDatabase database, int slots, Duration warm, Duration time) {
    this.database = database;
    this.slots = slots;
    this.warm = warm;
    this.time = time;
  }

  /// What one run gave.
  ///
  /// @param walBytes write-ahead log for each booking
  /// @param databaseMicros processor time of all server processes for each decision
  /// @param programMicros processor time of this program, load generator included
  record Outcome(
      Shape shape,
      Contender.Kind kind,
      Load.Outcome load,
      double walBytes,
      double databaseMicros,
      double programMicros) {
    double bookingsPerSecond() {
      return load.successes() / load.seconds();
    }

    double decisionsPerSecond() {
      return load.answers() / load.seconds();
    }
  }

  /// Warms up, empties the tables, measures, and compares what was acknowledged with the rows and
  /// the counters.
  Outcome run(Shape shape, Contender.Kind kind, Load load) throws InterruptedException {
    try (Contender contender = kind.open(database)) {
      load(shape, contender, load, warm);
      database.empty();
      long wal = database.wal();
      long databaseCpu = database.cpu().toNanos();
      long programCpu = programCpu();
      Load.Outcome outcome = load(shape, contender, load, time);
      programCpu = programCpu() - programCpu;
      databaseCpu = database.cpu().toNanos() - databaseCpu;
      wal = database.wal() - wal;
      if (database.booked() != outcome.successes() || database.rows() != outcome.successes()) {
        throw new IllegalStateException(
            "%d acknowledged, %d rows, counters %d"
                .formatted(outcome.successes(), database.rows(), database.booked()));
      }
      return new Outcome(
          shape,
          kind,
          outcome,
          (double) wal / Math.max(1, outcome.successes()),
          databaseCpu / 1e3 / outcome.answers(),
          programCpu / 1e3 / outcome.answers());
    }
  }

  private Load.Outcome load(Shape shape, Contender contender, Load load, Duration length)
      throws InterruptedException {
    SplittableRandom random = new SplittableRandom(SEED + people);
    UUID session = new UUID(random.nextLong(), random.nextLong());
    Instant until = Instant.ofEpochSecond(1_800_000_000L);
    return load.run(
        count -> {
          long slot = shape.slot(random, count, slots);
          return contender.book(
              new BookingRequest(
                  new UUID(random.nextLong(), random.nextLong()),
                  1,
                  new PersonKey(random.nextLong(), random.nextLong(), 0, people++),
                  List.of(slot),
                  Share.ALL,
                  new Appointment.Admission(session, until)),
              Shape.site(slot));
        },
        BookingResult.Booked.class::isInstance,
        length);
  }

  private static long programCpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
