package dev.naru.acceptance;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// The line as several real programs keep it together, seen from outside.
final class LineOfNodes {
  private static final Duration LOOK = Duration.ofMillis(5);
  private static final Duration SAMPLE = Duration.ofMillis(50);
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int AT_ONCE = 64;

  private final List<NaruProcess> nodes;

  LineOfNodes(List<NaruProcess> nodes) {
    this.nodes = nodes;
  }

  /// New people join at all nodes at once, each twice.
  ///
  /// @param joinsPerSecond durable joins, second ones included; the checks of identity before are
  ///   not counted
  /// @param faults empty is right
  record Joins(List<Long> numbers, double joinsPerSecond, List<String> faults) {}

  /// @param people who verify first, and then join
  Joins join(int people) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<Citizen>> verified = new ArrayList<>();
      for (int i = 0; i < people; i++) {
        NaruProcess node = nodes.get(i % nodes.size());
        verified.add(threads.submit(() -> verified(node)));
      }
      List<Citizen> citizens = new ArrayList<>();
      for (Future<Citizen> one : verified) {
        citizens.add(one.get());
      }
      long since = System.nanoTime();
      List<Future<long[]>> asked = new ArrayList<>();
      for (Citizen citizen : citizens) {
        asked.add(threads.submit(() -> new long[] {number(citizen), number(citizen)}));
      }
      List<long[]> answers = new ArrayList<>();
      for (Future<long[]> one : asked) {
        answers.add(one.get());
      }
      double seconds = (System.nanoTime() - since) / 1e9;
      return new Joins(
          answers.stream().map(numbers -> numbers[0]).toList(),
          2 * people / seconds,
          faults(answers));
    }
  }

  private static Citizen verified(NaruProcess node) {
    Citizen citizen = Citizen.anybody(node.uri(), Installation.CAMPAIGN);
    citizen.verify().must(200);
    return citizen;
  }

  private static long number(Citizen citizen) {
    return citizen.join().must(200).body().path("number").asLong();
  }

  private static List<String> faults(List<long[]> answers) {
    List<String> faults = new ArrayList<>();
    answers.stream()
        .filter(numbers -> numbers[0] != numbers[1])
        .forEach(numbers -> faults.add("somebody had " + numbers[0] + " and then " + numbers[1]));
    Set<Long> different = new HashSet<>();
    answers.forEach(numbers -> different.add(numbers[0]));
    if (different.size() != answers.size()) {
      faults.add(answers.size() + " people have " + different.size() + " numbers");
    }
    LongSummaryStatistics range = different.stream().mapToLong(Long::longValue).summaryStatistics();
    long width = range.getMax() - range.getMin() + 1;
    if (width != answers.size()) {
      faults.add("there are gaps: " + answers.size() + " people over " + width + " numbers");
    }
    return faults;
  }

  /// How many different pages there were for each second that a page names: more than one for the
  /// same second means that two nodes wrote.
  ///
  /// @param seconds with a page that was seen at all nodes
  record Pages(int seconds, List<String> faults) {}

  /// Looks at the status of all nodes for a while.
  Pages pages(Duration time) {
    Map<String, Set<String>> bodies = new HashMap<>();
    Map<String, Set<Integer>> seenAt = new HashMap<>();
    long since = System.nanoTime();
    while (System.nanoTime() - since < time.toNanos()) {
      for (int i = 0; i < nodes.size(); i++) {
        Answer page = status(nodes.get(i));
        String second = page.text("serverTime");
        bodies.computeIfAbsent(second, _ -> new HashSet<>()).add(page.body().toString());
        seenAt.computeIfAbsent(second, _ -> new HashSet<>()).add(i);
      }
      NaruProcess.pause(SAMPLE);
    }
    List<String> faults =
        bodies.entrySet().stream()
            .filter(entry -> entry.getValue().size() > 1)
            .map(entry -> entry.getValue().size() + " different pages for " + entry.getKey())
            .toList();
    long everywhere = seenAt.values().stream().filter(at -> at.size() == nodes.size()).count();
    return new Pages(Math.toIntExact(everywhere), faults);
  }

  private static Answer status(NaruProcess node) {
    return Citizen.anybody(node.uri(), Installation.CAMPAIGN).status().must(200);
  }

  private static Instant writtenAt(NaruProcess node) {
    return OffsetDateTime.parse(status(node).text("serverTime")).toInstant();
  }

  /// The node that writes; waits until there is one.
  NaruProcess writer() {
    long since = System.nanoTime();
    while (System.nanoTime() - since < LIMIT.toNanos()) {
      Optional<NaruProcess> writer =
          nodes.stream().filter(NaruProcess::isAlive).filter(LineOfNodes::writes).findFirst();
      if (writer.isPresent()) {
        return writer.get();
      }
      NaruProcess.pause(LOOK);
    }
    throw new AssertionError("no node has the beat");
  }

  private static boolean writes(NaruProcess node) {
    return new Http(node.managementUri())
        .get("/q/metrics")
        .text()
        .lines()
        .anyMatch(line -> line.startsWith("naru_line_beat") && line.endsWith(" 1.0"));
  }

  /// Seconds from a kill until others show a page that the killed one cannot have written, because
  /// its second began after the kill.
  ///
  /// @param first until one of them does
  /// @param all until all of them do
  record Takeover(double first, double all) {}

  /// Kills the node that writes, as `kill -9` does, and leaves it dead.
  Takeover killWriter() {
    NaruProcess writer = writer();
    List<NaruProcess> others =
        nodes.stream().filter(node -> node != writer && node.isAlive()).toList();
    long since = System.nanoTime();
    Instant killed = Instant.now();
    writer.kill9();
    double first = 0;
    while (System.nanoTime() - since < LIMIT.toNanos()) {
      long fresh = others.stream().filter(node -> writtenAt(node).isAfter(killed)).count();
      double seconds = (System.nanoTime() - since) / 1e9;
      if (fresh > 0 && first == 0) {
        first = seconds;
      }
      if (fresh == others.size()) {
        return new Takeover(first, seconds);
      }
      NaruProcess.pause(LOOK);
    }
    throw new AssertionError("nobody took the beat");
  }
}
