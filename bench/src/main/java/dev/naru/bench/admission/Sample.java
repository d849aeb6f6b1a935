package dev.naru.bench.admission;

/// A second of a day. Rates a minute.
///
/// @param latencyMillis as booking measures it
/// @param standing called people at the full door, told to come back
/// @param joined the last number given
/// @param serving the last place called
/// @param slow the slowest calling that waiting people are told to reckon with
/// @param fast the fastest
/// @param booked people who got their slot in that second
record Sample(
    int second,
    double capacity,
    double ceiling,
    double pace,
    double calling,
    long entered,
    long answered,
    long refused,
    long booked,
    double latencyMillis,
    long standing,
    long joined,
    long serving,
    int slow,
    int fast) {}
