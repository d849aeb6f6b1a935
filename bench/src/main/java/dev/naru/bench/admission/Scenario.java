package dev.naru.bench.admission;

import dev.naru.waitingroom.control.Orders;
import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;

/// A day to try the controller on. Times in seconds since the opening.
///
/// @param name for files and tests
/// @param title for people
/// @param seconds how long it lasts
/// @param lobby how many are there at the opening
/// @param joining people a second who join after the opening, by time
/// @param capacity booking requests a second that booking can decide, by time
/// @param refusal how much of a decision could be made instead of sending somebody away: nothing
///   where the database is what limits, more where all is on one machine
/// @param cutOff when nobody gets through to the door, by time
/// @param choosingSeconds from the door to the first booking, on average
/// @param showUp the part of the called who come
/// @param campaignPace `line.admitPerMinute`
/// @param orders what the operator has ordered, by time
/// @param seed of all that is left to chance
record Scenario(
    String name,
    String title,
    int seconds,
    long lobby,
    DoubleUnaryOperator joining,
    DoubleUnaryOperator capacity,
    double refusal,
    DoublePredicate cutOff,
    double choosingSeconds,
    double showUp,
    int campaignPace,
    Function<Double, Orders> orders,
    long seed) {}
