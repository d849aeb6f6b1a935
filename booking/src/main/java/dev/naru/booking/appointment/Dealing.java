package dev.naru.booking.appointment;

import java.util.concurrent.atomic.AtomicInteger;

/// Which writer takes a booking. While few are under way one writes them all: a batch costs the
/// database as much as forty bookings in it do, and a second writer would only make the batches
/// smaller (adr/0042). When there are many, the sites are dealt to the writers, so that two rarely
/// want the same slot and each slot's bookings are decided in the order in which they came. For the
/// few milliseconds after a change two may want the same; one waits in the database, and who came a
/// moment later may be first.
final class Dealing {
  /// Under way, from which on all write: as many as [BookingDoor] always lets one writer have. With
  /// more a database that is slow without being busy would never see a second writer.
  static final int MANY = BookingDoor.LEAST;

  /// Fewer than this, and one writes again. Half, so that a rate at which there are just so many
  /// does not change writers with every booking.
  static final int FEW = MANY / 2;

  private final int writers;
  private final AtomicInteger underWay = new AtomicInteger();
  private volatile boolean dealt;

  /// @param writers how many there are
  Dealing(int writers) {
    this.writers = writers;
  }

  /// The writer, from 0, for a booking that comes now.
  int writer(int site) {
    int now = underWay.get();
    if (now >= MANY) {
      dealt = true;
    } else if (now < FEW) {
      dealt = false;
    }
    return dealt ? Math.floorMod(site, writers) : 0;
  }

  /// A booking goes to a writer.
  void begin() {
    underWay.incrementAndGet();
  }

  /// It is decided.
  void end() {
    underWay.decrementAndGet();
  }
}
