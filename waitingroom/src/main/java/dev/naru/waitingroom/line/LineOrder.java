package dev.naru.waitingroom.line;

import dev.naru.waitingroom.control.Orders;
import java.time.Instant;

/// An order as it was given.
///
/// @param by who gave it, as they called themselves
/// @param orders all that counted from then on
public record LineOrder(Instant at, String by, Orders orders) {}
