package dev.naru.booking.appointment;

import dev.naru.booking.supply.Share;

/// A slot whose row is locked by the transaction that decides.
///
/// @param shareOffset see the supply's cumulative rule
public record LockedSlot(long id, int campaign, int capacity, int booked, int shareOffset) {
  /// What is left for somebody with this share of the supply; never negative.
  public int free(Share share) {
    return free(share, 0);
  }

  /// The same for somebody who has reserved some of what counts as taken.
  public int free(Share share, int own) {
    return share.free(capacity, booked - own, shareOffset);
  }
}
