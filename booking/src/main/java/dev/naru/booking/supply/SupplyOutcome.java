package dev.naru.booking.supply;

/// What came of making the slots of a campaign.
public sealed interface SupplyOutcome {
  /// The slots are as planned.
  ///
  /// @param added new slots
  /// @param changed slots with another capacity or share than before
  /// @param closed slots that are not in the plan any more: they stay with capacity 0, because
  ///   cancelled appointments still name them
  record Made(long added, long changed, long closed) implements SupplyOutcome {
    /// Whether nothing had to be done.
    public boolean isNothing() {
      return added + changed + closed == 0;
    }
  }

  /// Slots would have fewer places than are taken; the transaction has to be rolled back.
  ///
  /// @param appointments how many would be without a place
  record TooFew(long appointments) implements SupplyOutcome {}
}
