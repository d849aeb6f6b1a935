package dev.naru.identity.session;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The one session of a person in memory. Plain numbers, because millions of them are kept: with
/// its key and its place in the map one took 180 bytes. Everything but the lease changes only while
/// the registry holds the person's entry; times in epoch seconds.
final class Session {
  private final long sessionHigh;
  private final long sessionLow;
  private final long deviceHigh;
  private final long deviceLow;
  private volatile long leaseUntil;
  private long expires;
  private volatile int lease;

  /// Not null until the session is on disk for the first time.
  private @Nullable Unsettled unsettled;

  /// A claim that is being written.
  private static final class Unsettled {
    /// What counts again if nothing gets through.
    final @Nullable Session replaced;

    int writes;

    Unsettled(@Nullable Session replaced) {
      this.replaced = replaced;
    }
  }

  private Session(SessionRow row, @Nullable Unsettled unsettled) {
    this.sessionHigh = row.session().getMostSignificantBits();
    this.sessionLow = row.session().getLeastSignificantBits();
    this.deviceHigh = row.device().getMostSignificantBits();
    this.deviceLow = row.device().getLeastSignificantBits();
    this.leaseUntil = row.leaseUntil();
    this.expires = row.expires();
    this.lease = row.lease();
    this.unsettled = unsettled;
  }

  static Session stored(SessionRow row) {
    return new Session(row, null);
  }

  static Session claimed(SessionRow row, @Nullable Session replaced) {
    return new Session(row, new Unsettled(replaced));
  }

  UUID id() {
    return new UUID(sessionHigh, sessionLow);
  }

  UUID device() {
    return new UUID(deviceHigh, deviceLow);
  }

  boolean is(UUID session) {
    return session.getMostSignificantBits() == sessionHigh
        && session.getLeastSignificantBits() == sessionLow;
  }

  boolean isOn(UUID device) {
    return device.getMostSignificantBits() == deviceHigh
        && device.getLeastSignificantBits() == deviceLow;
  }

  long leaseUntil() {
    return leaseUntil;
  }

  long secondsLeft(long now) {
    return leaseUntil - now;
  }

  boolean isExpired(long now) {
    return expires <= now;
  }

  /// @return whether that changed anything: at most once a second
  boolean use(long now) {
    long until = now + lease;
    if (until <= leaseUntil) {
      return false;
    }
    leaseUntil = until;
    return true;
  }

  /// The same device verified again, perhaps for another campaign. No promise gets shorter.
  void renew(SessionTimes times, long now) {
    lease = Math.toIntExact(times.lease().toSeconds());
    leaseUntil = Math.max(leaseUntil, now + lease);
    expires = Math.max(expires, now + times.paper().toSeconds());
  }

  SessionRow row() {
    return new SessionRow(id(), device(), lease, leaseUntil, expires);
  }

  void writing() {
    if (unsettled != null) {
      unsettled.writes++;
    }
  }

  void written() {
    unsettled = null;
  }

  /// @return what counts after a write failed: this, unless it was never on disk and no other write
  ///   of it is on its way
  @Nullable Session afterFailure() {
    return unsettled == null || --unsettled.writes > 0 ? this : unsettled.replaced;
  }
}
