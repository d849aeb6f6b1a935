package dev.naru.waitingroom.control;

import org.jspecify.annotations.Nullable;

/// All that the line knows of booking. Answered from memory.
@FunctionalInterface
public interface BookingSignal {
  /// @return null when this process has no booking station
  @Nullable BookingLoad of(String campaign);
}
