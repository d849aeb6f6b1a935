package dev.naru.waitingroom.line;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How far a line has come.
///
/// @param serving the last place that was called; 0 before the first
/// @param credit the part of the next place already earned, in 1/60,000,000,000 of a place: what a
///   pace of 1 a minute earns in a nanosecond, so that nothing is ever rounded away
/// @param tickedAt up to when the pace is accounted for; null before the first tick
record Pace(long serving, long credit, @Nullable Instant tickedAt) {}
