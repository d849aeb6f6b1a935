package dev.naru.rehearsal.forecast;

import java.time.Duration;
import java.util.OptionalLong;

/// What nobody knows beforehand. A forecast names each of these.
///
/// @param eligible how many still want an appointment, if it is fewer than all residents of the
///   ages; they are spread like the residents
/// @param takeUp which share of them comes in the first window that admits them; of those who stay
///   away, the same share comes in each later one
/// @param lobby which share of a window's people is there before its opening
/// @param arrivals when the others come
/// @param perMinute how many are called in a minute, above 0
/// @param perNode how many people a second one node carries through all of it, as a rehearsal has
///   measured; 0 when nobody has measured
/// @param longestWait what the agency wants
/// @param notice how long at most it takes people to see that they were called: the page asks again
/// @param think median of what people take from being called to a booking
/// @param seed the same seed gives the same forecast
public record Assumptions(
    OptionalLong eligible,
    double takeUp,
    double lobby,
    Arrivals arrivals,
    int perMinute,
    double perNode,
    Duration longestWait,
    Duration notice,
    Duration think,
    long seed) {
  public Assumptions {
    if (!(takeUp > 0 && takeUp <= 1) || !(lobby >= 0 && lobby <= 1)) {
      throw new IllegalArgumentException("take-up and lobby are shares");
    }
    if (perMinute < 1 || perNode < 0 || longestWait.isNegative() || longestWait.isZero()) {
      throw new IllegalArgumentException("pace, nodes and wait are above 0");
    }
    if (notice.isNegative() || think.isNegative() || eligible.orElse(1) < 1) {
      throw new IllegalArgumentException("times are not below 0, and somebody is eligible");
    }
  }
}
