package dev.naru.rehearsal.crowd;

/// Lets people in when they are due. Who has not come yet costs eight bytes.
final class Arrivals {
  private final long[] due;
  private final Agenda agenda;
  private final Journey journey;
  private final long start;
  private int next;

  /// @param due milliseconds from now and index, as [Opening#arrivals] makes them
  Arrivals(long[] due, Agenda agenda, Journey journey) {
    this.due = due;
    this.agenda = agenda;
    this.journey = journey;
    this.start = agenda.elapsedMillis();
  }

  void next() {
    long now = agenda.elapsedMillis() - start;
    while (next < due.length && due[next] >>> Integer.SIZE <= now) {
      journey.arrive((int) due[next++]);
    }
    if (next < due.length) {
      agenda.after((due[next] >>> Integer.SIZE) - now, this::next);
    }
  }
}
