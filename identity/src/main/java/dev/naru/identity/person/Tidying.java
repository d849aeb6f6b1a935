package dev.naru.identity.person;

import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Goes through everybody's data in the background, one pass at a time.
public final class Tidying implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Tidying.class);

  /// Between two steps of some ten milliseconds each: a tenth of a connection's time at most.
  private static final long PAUSE_MILLIS = 100;

  private final People people;
  private final InstantSource clock;
  private final AtomicLong sealedAnew = new AtomicLong();
  private final AtomicLong deleted = new AtomicLong();
  private @Nullable Thread pass;
  private boolean again;

  public Tidying(People people, InstantSource clock) {
    this.people = people;
    this.clock = clock;
  }

  /// Begins a pass. While one runs, another follows it: it may have gone past what has changed.
  public synchronized void begin() {
    if (pass == null) {
      pass = Thread.ofVirtual().name("identity-tidying").start(this::run);
    } else {
      again = true;
    }
  }

  private void run() {
    do {
      try {
        pass();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        // Not the message: it might repeat what a row holds.
        LOG.warn("Tidying people's data failed, to be tried again: {}", e.getClass().getName());
      }
    } while (goOn());
  }

  private synchronized boolean goOn() {
    boolean goOn = again;
    again = false;
    if (!goOn) {
      pass = null;
    }
    return goOn;
  }

  private void pass() throws InterruptedException {
    People.Tidied tidied =
        people.tidy(clock.instant(), () -> TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS));
    sealedAnew.addAndGet(tidied.sealedAnew());
    deleted.addAndGet(tidied.deleted());
    if (tidied.sealedAnew() > 0) {
      LOG.info("The data of {} people was sealed anew", tidied.sealedAnew());
    }
    if (tidied.deleted() > 0) {
      LOG.info("The data of {} people was deleted: its time was over", tidied.deleted());
    }
  }

  /// How many people's data was sealed anew since the start.
  public long sealedAnew() {
    return sealedAnew.get();
  }

  /// How many people's data was deleted since the start because its time was over.
  public long deleted() {
    return deleted.get();
  }

  @Override
  public synchronized void close() {
    if (pass != null) {
      pass.interrupt();
    }
  }
}
