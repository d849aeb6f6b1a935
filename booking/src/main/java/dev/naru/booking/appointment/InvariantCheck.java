package dev.naru.booking.appointment;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asserts in production what the tests assert: every slot's counter is the number of its active
/// appointments and held places, and no slot holds more than its capacity.
public final class InvariantCheck {
  private static final Logger LOG = LoggerFactory.getLogger(InvariantCheck.class);

  /// At most this part of the time is spent checking. A check reads everything and keeps one
  /// processor busy, which people notice on a small machine: fewer than one in a hundred meets it.
  private static final int SHARE = 300;

  private final CounterStore store;
  private final AtomicLong violations = new AtomicLong();
  private long notBefore = System.nanoTime();

  public InvariantCheck(CounterStore store) {
    this.store = store;
  }

  /// How many differences were found since the start, each at every check; always 0.
  public long violations() {
    return violations.get();
  }

  /// Checks, unless the last check is too short a time ago for what it took.
  public synchronized void checkWhenDue() {
    long began = System.nanoTime();
    if (began - notBefore < 0) {
      return;
    }
    check();
    long ended = System.nanoTime();
    notBefore = ended + (ended - began) * SHARE;
  }

  /// Checks now. Blocks while all rows are read.
  public void check() {
    try {
      List<CounterStore.Difference> differences = store.differences();
      differences.forEach(
          wrong ->
              LOG.error(
                  "Invariant violated: slot {} counts {} of {} and has {} rows; bookings of it are"
                      + " not to be trusted (docs/correctness.md)",
                  wrong.slot(),
                  wrong.booked(),
                  wrong.capacity(),
                  wrong.taken()));
      violations.addAndGet(differences.size());
    } catch (SQLException e) {
      throw new AppointmentsAway(e);
    }
  }
}
