package dev.naru.acceptance;

import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// What a torture found: a line for each strike as it comes, a table and JSON at the end.
final class TortureReport {
  private final List<Line> lines = new ArrayList<>();
  private @Nullable Boolean lossNoticed;

  /// @param where which installation was struck
  record Line(String where, Torture.Round round) {
    String key() {
      return where + " | " + round.fault();
    }
  }

  void add(String where, Torture.Round round) {
    lines.add(new Line(where, round));
    System.err.printf(
        Locale.ROOT,
        "%-10s %-16s back after %,6d ms, %,5d calls, %,4d x 503, slowest %,5d ms: %s%n",
        where,
        round.fault(),
        round.outageMillis(),
        round.heard().calls(),
        round.heard().of("503"),
        round.heard().slowestMillis(),
        round.faults().isEmpty() ? "right" : round.faults());
  }

  /// @param noticed whether bookings were found lost when they were bound to be
  void control(boolean noticed) {
    lossNoticed = noticed;
  }

  boolean isRight() {
    return !Boolean.FALSE.equals(lossNoticed)
        && lines.stream().allMatch(line -> line.round().faults().isEmpty());
  }

  /// One line for each place and strike.
  void print(PrintStream out, long seed) {
    out.println(
        """

        | where | strike | times | back after, median (s) | most (s) | calls | booked | 503 | \
        no answer | found out by asking again | slowest answer (s) | threads | wrong |
        |---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|""");
    lines.stream().map(Line::key).distinct().forEach(key -> print(out, key));
    if (lossNoticed != null) {
      out.printf(
          "%ncontrol, power lost on a disk that lied: %s%n",
          lossNoticed ? "loss noticed" : "LOSS NOT NOTICED");
    }
    out.printf("%nseed %d, %d strikes, %s%n", seed, lines.size(), isRight() ? "right" : "WRONG");
  }

  private void print(PrintStream out, String key) {
    List<Torture.Round> mine =
        lines.stream().filter(line -> line.key().equals(key)).map(Line::round).toList();
    List<Long> outages = mine.stream().map(Torture.Round::outageMillis).sorted().toList();
    out.printf(
        Locale.ROOT,
        "| %s | %d | %.1f | %.1f | %d | %d | %d | %d | %d | %.1f | %d to %d | %d |%n",
        key,
        mine.size(),
        outages.get(outages.size() / 2) / 1000.0,
        outages.getLast() / 1000.0,
        sum(mine, round -> round.heard().calls()),
        sum(mine, round -> round.heard().of("201")),
        sum(mine, round -> round.heard().of("503")),
        sum(mine, round -> round.heard().of("none")),
        sum(mine, round -> round.heard().resolved()),
        mine.stream().mapToLong(r -> r.heard().slowestMillis()).max().orElse(0) / 1000.0,
        mine.stream().mapToInt(Torture.Round::threadsBefore).min().orElse(0),
        mine.stream().mapToInt(Torture.Round::threads).max().orElse(0),
        sum(mine, round -> round.faults().size()));
  }

  private static long sum(List<Torture.Round> rounds, ToLongFunction<Torture.Round> of) {
    return rounds.stream().mapToLong(of).sum();
  }

  void write(@Nullable Path file, long seed, double minutes) throws IOException {
    if (file != null) {
      Answer.JSON
          .copy()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValue(file.toFile(), Map.of("seed", seed, "minutes", minutes, "strikes", lines));
    }
  }
}
