package dev.naru.booking.appointment;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Which writer takes a booking. While few are under way one writes them all: a batch costs the
/// database as much as forty bookings in it do, and a second writer would only make the batches
/// smaller (adr/0042). When there are many, the sites are dealt to the writers, so that two rarely
/// want the same slot.
///
/// A site stays with its writer while any of its bookings is under way, so that they are decided in
/// the order in which they came.
final class Dealing {
  /// Under way, from which on all write: as many as [BookingDoor] always lets one writer have. With
  /// more a database that is slow without being busy would never see a second writer.
  static final int MANY = BookingDoor.LEAST;

  /// @param count bookings of a site under way
  private record UnderWay(int writer, int count) {}

  private final int writers;
  private final AtomicInteger all = new AtomicInteger();
  private final Map<Integer, UnderWay> sites = new ConcurrentHashMap<>();

  /// @param writers how many there are
  Dealing(int writers) {
    this.writers = writers;
  }

  /// The writer, from 0, for a booking that comes now.
  int writer(int site) {
    UnderWay known = sites.get(site);
    if (known != null) {
      return known.writer();
    }
    return all.get() < MANY ? 0 : Math.floorMod(site, writers);
  }

  /// A booking goes to a writer.
  void begin(int site, int writer) {
    all.incrementAndGet();
    sites.merge(
        site,
        new UnderWay(writer, 1),
        (known, _) -> new UnderWay(known.writer(), known.count() + 1));
  }

  /// It is decided.
  void end(int site) {
    all.decrementAndGet();
    sites.computeIfPresent(
        site,
        (_, known) -> known.count() == 1 ? null : new UnderWay(known.writer(), known.count() - 1));
  }
}
