package dev.naru.booking.bench;

import dev.naru.booking.appointment.Appointment;
import dev.naru.booking.appointment.BookingRequest;
import dev.naru.booking.appointment.BookingResult;
import dev.naru.booking.supply.Share;
import dev.naru.common.person.PersonKey;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/// Durable bookings a second: the engine beside two ways that do without it. See
/// docs/performance.md.
///
/// Options: `--slots N` (500000), `--seconds N` of each run (8), `--warm N` seconds before (4),
/// `--in-flight N` requests that wait at once (4000), `--rate N` requests a second (0: as many as
/// are answered), `--shapes uniform,hot,herd,one`, `--only engine`, `--json FILE`.
///
/// The options stand in the system property `naru.bench`; the class does not end in Test, so the
/// suite leaves it alone.
class BookingBenchmark {
  private static final long SEED = 20210826;

  /// What one run gave.
  private record Outcome(
      String shape,
      String contender,
      double bookings,
      double decisions,
      double p50,
      double p99,
      double p999,
      double walBytes,
      double databaseMicros,
      double programMicros) {
    String json() {
      return String.format(
          Locale.ROOT,
          "{\"shape\": \"%s\", \"contender\": \"%s\", \"bookingsPerSecond\": %.0f,"
              + " \"decisionsPerSecond\": %.0f, \"p50Millis\": %.2f, \"p99Millis\": %.2f,"
              + " \"p999Millis\": %.2f, \"walBytesPerBooking\": %.0f,"
              + " \"databaseMicrosPerDecision\": %.1f, \"programMicrosPerDecision\": %.1f}",
          shape,
          contender,
          bookings,
          decisions,
          p50,
          p99,
          p999,
          walBytes,
          databaseMicros,
          programMicros);
    }
  }

  @Test
  void run() throws Exception {
    Map<String, String> options =
        options(System.getProperty("naru.bench", "").strip().split(" +", -1));
    int slots = Integer.parseInt(options.getOrDefault("slots", "500000"));
    Duration time = Duration.ofSeconds(Long.parseLong(options.getOrDefault("seconds", "8")));
    Duration warm = Duration.ofSeconds(Long.parseLong(options.getOrDefault("warm", "4")));
    String only = options.getOrDefault("only", "");
    Path folder = Files.createTempDirectory("naru-bench");
    List<Outcome> outcomes = new ArrayList<>();
    try (BenchDatabase database = new BenchDatabase(folder, slots)) {
      Runs benchmark =
          new Runs(
              database,
              slots,
              Integer.parseInt(options.getOrDefault("in-flight", "4000")),
              Integer.parseInt(options.getOrDefault("rate", "0")));
      System.out.printf(
          "PostgreSQL %s, fsync on, synchronous_commit on; Java %s; %d processors; load %.1f; %,d"
              + " slots%n%n",
          database.version(),
          Runtime.version(),
          Runtime.getRuntime().availableProcessors(),
          load(),
          slots);
      System.out.println(
          "| shape | contender | bookings/s | decisions/s | p50 ms | p99 ms | p99.9 ms |"
              + " WAL bytes/booking | database µs | program µs | ratio |");
      System.out.println("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
      for (String shape : options.getOrDefault("shapes", "uniform,hot,herd,one").split(",", -1)) {
        double baseline = 0;
        for (Function<BenchDatabase, Contender> contender : contenders(only)) {
          Outcome outcome =
              benchmark.run(Shape.valueOf(shape.toUpperCase(Locale.ROOT)), contender, warm, time);
          baseline = baseline == 0 ? outcome.decisions() : baseline;
          print(outcome, baseline);
          outcomes.add(outcome);
        }
      }
      System.out.printf("%nload at the end %.1f%n", load());
    } finally {
      try (var files = Files.walk(folder)) {
        files.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
      }
    }
    write(options, outcomes);
  }

  private static Map<String, String> options(String[] args) {
    return IntStream.range(0, args.length / 2)
        .boxed()
        .collect(Collectors.toMap(i -> args[2 * i].substring(2), i -> args[2 * i + 1]));
  }

  private static List<Function<BenchDatabase, Contender>> contenders(String only) {
    Function<BenchDatabase, DataSource> large = BenchDatabase::largePool;
    Function<BenchDatabase, Contender> engine = db -> new EngineContender(db.pool());
    return only.equals("engine")
        ? List.of(engine)
        : List.of(
            large.andThen(SingleContender::transactions),
            large.andThen(SingleContender::statements),
            engine);
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private static void print(Outcome o, double baseline) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %,.0f | %,.0f | %.1f | %.1f | %.1f | %,.0f | %.1f | %.1f | %.1f |%n",
        o.shape(),
        o.contender(),
        o.bookings(),
        o.decisions(),
        o.p50(),
        o.p99(),
        o.p999(),
        o.walBytes(),
        o.databaseMicros(),
        o.programMicros(),
        o.decisions() / baseline);
  }

  private static void write(Map<String, String> options, List<Outcome> outcomes)
      throws IOException {
    String file = options.get("json");
    if (file != null) {
      Files.writeString(
          Path.of(file),
          outcomes.stream()
              .map(Outcome::json)
              .collect(Collectors.joining(",\n  ", "[\n  ", "\n]\n")));
    }
  }

  private static final class Runs {
    private final BenchDatabase database;
    private final int slots;
    private final int inFlight;
    private final int rate;
    private long people;

    Runs(BenchDatabase database, int slots, int inFlight, int rate) {
      this.database = database;
      this.slots = slots;
      this.inFlight = inFlight;
      this.rate = rate;
    }

    private Outcome run(
        Shape shape, Function<BenchDatabase, Contender> make, Duration warm, Duration time)
        throws InterruptedException {
      try (Contender contender = make.apply(database)) {
        load(shape, contender, warm);
        database.empty();
        long wal = database.wal();
        long databaseCpu = database.cpu().toNanos();
        long programCpu = programCpu();
        Load load = load(shape, contender, time);
        programCpu = programCpu() - programCpu;
        databaseCpu = database.cpu().toNanos() - databaseCpu;
        wal = database.wal() - wal;
        if (database.booked() != load.booked() || database.rows() != load.booked()) {
          throw new IllegalStateException(
              load.booked() + " acknowledged, " + database.rows() + " rows, " + database.booked());
        }
        return new Outcome(
            shape.name().toLowerCase(Locale.ROOT),
            contender.name(),
            load.booked() / load.seconds(),
            load.decided() / load.seconds(),
            load.millis(0),
            load.millis(1),
            load.millis(2),
            (double) wal / Math.max(1, load.booked()),
            databaseCpu / 1e3 / load.decided(),
            programCpu / 1e3 / load.decided());
      }
    }

    private static long programCpu() {
      return ((com.sun.management.OperatingSystemMXBean)
              ManagementFactory.getOperatingSystemMXBean())
          .getProcessCpuTime();
    }

    private record Load(int booked, int decided, double seconds, List<Double> quantiles) {
      double millis(int index) {
        return quantiles.get(index);
      }
    }

    private Load load(Shape shape, Contender contender, Duration time) throws InterruptedException {
      SplittableRandom random = new SplittableRandom(SEED + people);
      long[] nanos = new long[Math.toIntExact(time.toSeconds() * 200_000)];
      AtomicInteger decided = new AtomicInteger();
      AtomicInteger booked = new AtomicInteger();
      Semaphore room = new Semaphore(inFlight);
      UUID session = new UUID(random.nextLong(), random.nextLong());
      Instant until = Instant.ofEpochSecond(1_800_000_000L);
      long start = System.nanoTime();
      long end = start + time.toNanos();
      for (long count = 0; System.nanoTime() < end; count++) {
        long began = rate == 0 ? 0 : start + count * 1_000_000_000L / rate;
        while (System.nanoTime() < began) {
          LockSupport.parkNanos(began - System.nanoTime());
        }
        room.acquire();
        long slot = shape.slot(random, count, slots);
        BookingRequest request =
            new BookingRequest(
                new UUID(random.nextLong(), random.nextLong()),
                1,
                new PersonKey(random.nextLong(), random.nextLong(), 0, people++),
                List.of(slot),
                Share.ALL,
                new Appointment.Admission(session, until));
        long asked = rate == 0 ? System.nanoTime() : began;
        var _ =
            contender
                .book(request, Shape.site(slot))
                .whenComplete(
                    (result, failure) -> {
                      if (failure != null) {
                        failure.printStackTrace();
                      } else {
                        nanos[decided.getAndIncrement()] = System.nanoTime() - asked;
                        if (result instanceof BookingResult.Booked) {
                          booked.incrementAndGet();
                        }
                      }
                      room.release();
                    });
      }
      room.acquire(inFlight);
      double seconds = (System.nanoTime() - start) / 1e9;
      long[] sorted = Arrays.copyOf(nanos, decided.get());
      Arrays.sort(sorted);
      return new Load(
          booked.get(),
          decided.get(),
          seconds,
          DoubleStream.of(0.5, 0.99, 0.999)
              .mapToObj(quantile -> sorted[(int) (sorted.length * quantile)] / 1e6)
              .toList());
    }
  }
}
