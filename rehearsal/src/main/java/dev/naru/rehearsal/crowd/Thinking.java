package dev.naru.rehearsal.crowd;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long people take for a decision: log-normal, most are quick and a few very slow.
final class Thinking {
  /// One in ten takes more than 2.8 times the median, one in a hundred more than 6.4 times.
  private static final double SIGMA = 0.8;

  private final Agenda agenda;
  private final long medianMillis;

  Thinking(Agenda agenda, Duration median) {
    this.agenda = agenda;
    this.medianMillis = median.toMillis();
  }

  void then(Person person, Runnable decision) {
    if (medianMillis == 0) {
      decision.run();
    } else {
      agenda.after(millis(person.random), decision);
    }
  }

  long millis(RandomGenerator random) {
    return Math.round(medianMillis * Math.exp(SIGMA * random.nextGaussian()));
  }
}
