package dev.naru.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a crowd heard since the last look.
final class Tally {
  /// The program gives up waiting after 2 s; the rest is for a busy machine.
  static final long LATE_MILLIS = 4_000;

  private Map<String, Integer> answers = new TreeMap<>();
  private List<String> faults = new ArrayList<>();
  private int resolved;
  private int late;
  private long slowestNanos;

  /// @param answers by status and name, "none" for no answer
  /// @param resolved answers to what had to be asked more than once
  /// @param slowestMillis of all answers
  /// @param late how many took longer than [#LATE_MILLIS]
  record Heard(
      Map<String, Integer> answers,
      int resolved,
      long slowestMillis,
      int late,
      List<String> faults) {
    int calls() {
      return answers.values().stream().mapToInt(count -> count).sum();
    }

    int of(String label) {
      return answers.entrySet().stream()
          .filter(entry -> entry.getKey().startsWith(label))
          .mapToInt(Map.Entry::getValue)
          .sum();
    }
  }

  synchronized void answered(@Nullable Answer answer, long nanos) {
    answers.merge(answer == null ? "none" : answer.label(), 1, Integer::sum);
    if (answer == null) {
      return;
    }
    slowestNanos = Math.max(slowestNanos, nanos);
    if (nanos > LATE_MILLIS * 1_000_000) {
      late++;
    }
    if (answer.status() == 503 && answer.headers().firstValue("Retry-After").isEmpty()) {
      faults.add("503 without Retry-After: " + answer.text());
    }
  }

  synchronized void resolved(boolean afterSilence) {
    if (afterSilence) {
      resolved++;
    }
  }

  synchronized void fault(String what) {
    faults.add(what);
  }

  /// What was heard, and begins anew.
  synchronized Heard take() {
    Heard heard = new Heard(answers, resolved, slowestNanos / 1_000_000, late, faults);
    answers = new TreeMap<>();
    faults = new ArrayList<>();
    resolved = 0;
    late = 0;
    slowestNanos = 0;
    return heard;
  }
}
