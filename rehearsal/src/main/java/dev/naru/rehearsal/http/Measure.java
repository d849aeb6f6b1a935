package dev.naru.rehearsal.http;

import dev.naru.rehearsal.report.RunRecord.Quantiles;
import dev.naru.rehearsal.report.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/// How one call fares: over the whole run, and step by step.
final class Measure {
  /// Two minutes; longer ones are counted as this.
  private static final long LONGEST_MICROS = 120_000_000;

  private static final int DIGITS = 3;

  /// One per cent is enough for a plot, and costs a tenth to look through.
  static final int DIGITS_OF_A_STEP = 2;

  private static final int STATUSES = 600;

  private final Histogram micros = histogram(DIGITS);
  private final Histogram step = histogram(DIGITS_OF_A_STEP);
  private final List<Quantiles> steps = new ArrayList<>();

  /// By status those that went well; the others have a reason in words.
  private final long[] fine = new long[STATUSES];

  private final Map<String, Long> refused = new TreeMap<>();

  static Histogram histogram(int digits) {
    return new Histogram(1, LONGEST_MICROS, digits);
  }

  /// What a histogram can hold.
  static long counted(long micros) {
    return Math.clamp(micros, 1, LONGEST_MICROS);
  }

  void add(long latency, Answer answer) {
    long counted = counted(latency);
    micros.recordValue(counted);
    step.recordValue(counted);
    if (answer.isOk()) {
      fine[answer.status()]++;
    } else {
      refused.merge(answer.label(), 1L, Long::sum);
    }
  }

  /// Steps before the first call have none.
  void closeStep(int count) {
    while (steps.size() < count - 1) {
      steps.add(Quantiles.NONE);
    }
    steps.add(Timeline.quantiles(step));
    step.reset();
  }

  CallReport report() {
    Map<String, Long> answers = new TreeMap<>(refused);
    for (int status = 0; status < STATUSES; status++) {
      if (fine[status] > 0) {
        answers.put(String.valueOf(status), fine[status]);
      }
    }
    return new CallReport(
        micros.getTotalCount(),
        micros.getValueAtPercentile(50),
        micros.getValueAtPercentile(90),
        micros.getValueAtPercentile(99),
        micros.getMaxValue(),
        answers,
        Timeline.quantiles(micros),
        List.copyOf(steps));
  }
}
