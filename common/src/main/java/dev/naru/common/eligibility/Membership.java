package dev.naru.common.eligibility;

import dev.naru.common.text.LocalText;

/// On which of a campaign's lists one person is. Answered from memory.
public interface Membership {
  /// Of people in a campaign that has no lists.
  Membership NO_LISTS =
      new Membership() {
        @Override
        public Standing of(String list) {
          return Standing.MISSING;
        }

        @Override
        public LocalText nameOf(String list) {
          return new LocalText(list, list);
        }
      };

  /// How a person stands to a list.
  enum Standing {
    ON,
    OFF,
    /// Nobody knows: the agency has not imported the list yet.
    MISSING
  }

  /// @param list its id in the campaign
  Standing of(String list);

  /// What people call a list.
  ///
  /// @param list its id in the campaign
  LocalText nameOf(String list);
}
