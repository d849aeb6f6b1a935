package dev.naru.database.valkey;

/// Valkey did not answer in time, or said that it cannot work now. Whether the command took effect
/// is not known, unless it was never sent.
public final class ValkeyAway extends RuntimeException {
  ValkeyAway(String message) {
    // An outage makes thousands of these, and where they were made says nothing.
    super(message, null, false, false);
  }
}
