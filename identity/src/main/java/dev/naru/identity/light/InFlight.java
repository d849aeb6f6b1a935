package dev.naru.identity.light;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The checks that run now, oldest first.
final class InFlight {
  /// One check. Each is itself alone, however alike they are.
  static final class Running {
    private final Instant started;

    private Running(Instant started) {
      this.started = started;
    }

    Duration age(Instant now) {
      return Duration.between(started, now);
    }
  }

  private final int most;
  private final Set<Running> checks = new LinkedHashSet<>();
  private Instant lastAnswered = Instant.EPOCH;

  /// @param most that may run at once
  InFlight(int most) {
    this.most = most;
  }

  /// @return null when too many run already
  synchronized @Nullable Running begin(Instant now) {
    if (checks.size() >= most) {
      return null;
    }
    Running check = new Running(now);
    checks.add(check);
    return check;
  }

  /// @param answered false when the check failed: who was given up was not answered
  synchronized void end(Running check, boolean answered, Instant now) {
    checks.remove(check);
    if (answered) {
      lastAnswered = now;
    }
  }

  synchronized int count() {
    return checks.size();
  }

  /// For how long somebody has been waiting while nobody got an answer; zero when nobody waits.
  synchronized Duration silence(Instant now) {
    if (checks.isEmpty()) {
      return Duration.ZERO;
    }
    Duration oldest = checks.iterator().next().age(now);
    Duration sinceAnswer = Duration.between(lastAnswered, now);
    return oldest.compareTo(sinceAnswer) < 0 ? oldest : sinceAnswer;
  }
}
