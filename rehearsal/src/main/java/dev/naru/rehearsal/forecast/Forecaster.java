package dev.naru.rehearsal.forecast;

import dev.naru.rehearsal.forecast.Forecast.Day;
import dev.naru.rehearsal.forecast.Forecast.Pace;
import dev.naru.rehearsal.forecast.Forecast.Rotation;
import dev.naru.rehearsal.forecast.Plan.Window;
import dev.naru.rehearsal.residents.Residents;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes a [Forecast] of a campaign.
public final class Forecaster {
  private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

  /// Waits whose price is shown beside that of the wanted one.
  private static final List<Integer> WAIT_MINUTES = List.of(5, 10, 20, 30, 45, 60, 90, 120);

  /// A rotation's day is at most this long, however long a window for everybody is.
  private static final Duration LONGEST_DAY = Duration.ofDays(1);

  private final Plan plan;
  private final Residents residents;
  private final Assumptions assumed;

  private Forecaster(Plan plan, Residents residents, Assumptions assumed) {
    this.plan = plan;
    this.residents = residents;
    this.assumed = assumed;
  }

  /// Forecasts every window.
  ///
  /// @param command the command line that repeats it
  /// @throws IllegalArgumentException with a sentence for people when nobody of the table is
  ///   eligible, or when the assumptions contradict each other
  public static Forecast forecast(
      Plan plan, Residents residents, Assumptions assumed, String command) {
    return new Forecaster(plan, residents, assumed).forecast(command);
  }

  private Forecast forecast(String command) {
    Eligible all = eligible();
    long eligible = all.total();
    if (eligible == 0) {
      throw new IllegalArgumentException(
          "nobody in the table of residents was born between %s and %s"
              .formatted(plan.bornFrom(), plan.bornTo()));
    }
    long[] byDigit = new long[Eligible.DIGITS];
    Arrays.setAll(byDigit, digit -> Arrays.stream(all.byDistrict(Set.of(digit))).sum());
    List<Coming> days = days(all);
    Coming busiest =
        days.stream().reduce((a, b) -> b.day().people() > a.day().people() ? b : a).orElseThrow();
    long people = busiest.day().people();
    Fluid fluid = fluid(people, length(busiest.window()));
    Pace wanted = pace(fluid, wantedSeconds());
    return new Forecast(
        Forecast.FORMAT,
        plan.id(),
        plan.title(),
        command,
        inWords(),
        residents.total(),
        eligible,
        assumed.perMinute(),
        days.stream().map(Coming::day).toList(),
        people * 60.0 / assumed.perMinute(),
        paces(fluid),
        wanted,
        rotations(byDigit));
  }

  private Eligible eligible() {
    return Eligible.of(residents, plan.bornFrom(), plan.bornTo(), assumed.eligible());
  }

  private record Coming(Window window, Day day) {}

  private List<Coming> days(Eligible remaining) {
    List<Coming> days = new ArrayList<>();
    for (Window window : plan.windows()) {
      long[] coming = remaining.take(window.digits(), assumed.takeUp());
      if (Arrays.stream(coming).sum() > 0) {
        days.add(new Coming(window, day(window, coming, assumed.seed() + days.size())));
      }
    }
    return days;
  }

  private Day day(Window window, long[] coming, long seed) {
    Duration length = length(window);
    Outcome outcome =
        LineSimulation.run(coming, (int) length.toSeconds(), curve(length), assumed, seed);
    ZoneId zone = plan.zone();
    return new Day(
        LOCAL.format(window.opens().atZone(zone)),
        LOCAL.format(window.closes().atZone(zone)),
        window.digits().stream().sorted().toList(),
        outcome.people(),
        outcome.lobby(),
        outcome.waits(),
        outcome.longestLine(),
        outcome.longestLineAt(),
        outcome.bookings(),
        outcome.notServed(),
        new Forecast.Series(
            outcome.arrivals(),
            outcome.calls(),
            outcome.bookingsPerMinute(),
            outcome.waitsByMinute()),
        districts(coming, outcome));
  }

  private List<Forecast.District> districts(long[] coming, Outcome outcome) {
    List<Quantiles> booked = outcome.bookingsByDistrict(coming.length);
    List<Forecast.District> districts = new ArrayList<>();
    for (int i = 0; i < coming.length; i++) {
      if (coming[i] > 0) {
        Residents.District district = residents.districts().get(i);
        districts.add(
            new Forecast.District(district.code(), district.name(), coming[i], booked.get(i)));
      }
    }
    return districts;
  }

  private List<Pace> paces(Fluid fluid) {
    double wanted = wantedSeconds();
    return Stream.concat(WAIT_MINUTES.stream().map(minutes -> minutes * 60.0), Stream.of(wanted))
        .distinct()
        .sorted()
        .map(wait -> pace(fluid, wait))
        .toList();
  }

  private Pace pace(Fluid fluid, double wait) {
    int perMinute = fluid.paceFor(wait);
    return new Pace(wait, perMinute, nodes(perMinute));
  }

  private @Nullable Integer nodes(int perMinute) {
    return assumed.perNode() > 0
        ? (int) Math.ceil(perMinute / 60.0 / assumed.perNode() - 1e-9)
        : null;
  }

  private List<Rotation> rotations(long[] byDigit) {
    Duration length = length(plan.windows().getFirst());
    Duration day = length.compareTo(LONGEST_DAY) > 0 ? LONGEST_DAY : length;
    List<Rotation> rotations = new ArrayList<>();
    for (int days = 1; days <= Eligible.DIGITS; days++) {
      List<List<Integer>> digits = Dealing.of(byDigit, days);
      long largest =
          digits.stream()
              .mapToLong(some -> some.stream().mapToLong(digit -> byDigit[digit]).sum())
              .max()
              .orElse(0);
      long coming = Math.round(largest * assumed.takeUp());
      Fluid fluid = fluid(coming, day);
      int pace = fluid.paceFor(wantedSeconds());
      rotations.add(
          new Rotation(
              days,
              digits,
              coming,
              fluid.longestWait(assumed.perMinute()),
              coming * 60.0 / assumed.perMinute(),
              pace,
              nodes(pace)));
    }
    return rotations;
  }

  private double wantedSeconds() {
    return (double) assumed.longestWait().toSeconds();
  }

  private Fluid fluid(long people, Duration length) {
    return new Fluid(people, assumed.lobby(), length.toSeconds(), curve(length));
  }

  private DoubleUnaryOperator curve(Duration length) {
    return assumed.arrivals().over(length, assumed.lobby());
  }

  private static Duration length(Window window) {
    return Duration.between(window.opens(), window.closes());
  }

  private Map<String, String> inWords() {
    Map<String, String> words = new LinkedHashMap<>();
    words.put("residents", "of %s, by district and age".formatted(residents.asOf()));
    words.put("born", plan.bornFrom() + " to " + plan.bornTo() + ", each day of a year as likely");
    words.put(
        "eligible",
        assumed.eligible().isPresent()
            ? String.format(
                Locale.ROOT, "%,d who still want an appointment", assumed.eligible().getAsLong())
            : "all residents of these ages");
    words.put(
        "take-up",
        String.format(
            Locale.ROOT, "%.0f%% come to a window that admits them", assumed.takeUp() * 100));
    words.put(
        "lobby",
        String.format(
            Locale.ROOT, "%.0f%% of a day are there before the opening", assumed.lobby() * 100));
    words.put("arrivals", assumed.arrivals().description());
    words.put("pace", String.format(Locale.ROOT, "%,d a minute", assumed.perMinute()));
    words.put(
        "one node",
        assumed.perNode() > 0
            ? String.format(Locale.ROOT, "%,.0f people a second", assumed.perNode())
            : "not known: rehearse, and say --per-node");
    words.put(
        "notice",
        "up to %d s until somebody sees the call".formatted(assumed.notice().toSeconds()));
    words.put(
        "thinking", "median %d s from call to booking".formatted(assumed.think().toSeconds()));
    words.put("seed", Long.toString(assumed.seed()));
    return words;
  }
}
