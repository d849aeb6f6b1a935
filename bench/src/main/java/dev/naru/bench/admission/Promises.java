package dev.naru.bench.admission;

import java.util.List;

/// Whether people were called inside the range of waiting time that the page showed them.
final class Promises {
  /// When somebody looks: a minute after joining.
  private static final int LOOKS_AFTER = 60;

  /// Until when the pace has settled after the opening.
  private static final int SETTLED = 180;

  private static final int LOOKERS = 1_000;

  private final List<Sample> samples;
  private int kept;
  private int all;

  private Promises(List<Sample> samples) {
    this.samples = samples;
  }

  /// The share of a thousand people of the lobby, and of one who joins in each second after it, who
  /// are called inside the range. Who is called before they look, or not on this day, is not asked.
  static double kept(Scenario scenario, List<Sample> samples) {
    Promises promises = new Promises(samples);
    for (long i = 1; i <= LOOKERS && scenario.lobby() > 0; i++) {
      promises.ask(scenario.lobby() * i / LOOKERS, SETTLED);
    }
    for (int second = 1; second + LOOKS_AFTER < samples.size(); second++) {
      Sample sample = samples.get(second);
      if (sample.joined() > samples.get(second - 1).joined()) {
        promises.ask(sample.joined(), Math.max(SETTLED, second + LOOKS_AFTER));
      }
    }
    return (double) promises.kept / promises.all;
  }

  private void ask(long place, int second) {
    Sample seen = samples.get(second);
    if (seen.serving() >= place || samples.getLast().serving() < place) {
      return;
    }
    long ahead = Math.max(0, place - seen.serving() - 1);
    double low = round((double) ahead / seen.fast(), false);
    double high = Math.max(2, round((double) (ahead + 1) / seen.slow(), true));
    double waited = (calledAt(place) - second) / 60.0;
    all++;
    if (waited >= low && waited <= high) {
      kept++;
    }
  }

  /// As wait.js shows it.
  private static double round(double minutes, boolean up) {
    int step = minutes < 10 ? 1 : minutes < 60 ? 5 : 10;
    return (Math.floor(minutes / step) + (up ? 1 : 0)) * step;
  }

  private int calledAt(long place) {
    int low = 0;
    int high = samples.size() - 1;
    while (low < high) {
      int middle = (low + high) / 2;
      if (samples.get(middle).serving() >= place) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
