package dev.naru.booking.appointment;

import java.util.concurrent.RejectedExecutionException;

/// More bookings than can be decided in time: nothing was done.
public final class SentAway extends RejectedExecutionException {
  private static final long serialVersionUID = 1;

  private final int comeBackSeconds;

  SentAway(int comeBackSeconds) {
    super("more bookings than can be decided in time");
    this.comeBackSeconds = comeBackSeconds;
  }

  /// When this booking's turn comes, 1 to 30 s from now.
  public int comeBackSeconds() {
    return comeBackSeconds;
  }

  /// Thousands a second are sent away, and all from the same place.
  @Override
  public Throwable fillInStackTrace() {
    return this;
  }
}
