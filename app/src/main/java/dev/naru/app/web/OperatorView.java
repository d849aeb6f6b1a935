package dev.naru.app.web;

import dev.naru.common.text.LocalText;
import dev.naru.waitingroom.control.Orders;
import dev.naru.waitingroom.line.LineOrder;
import dev.naru.waitingroom.line.LineState;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A line as operators see it. Paces are people a minute.
///
/// @param called the last place called
/// @param entered how many of the called have entered
/// @param standing how many of the called stand at a full door, about
/// @param entering how many are let in
/// @param calling how many are called, more than are let in because not all come
/// @param comes which part of the called comes
public record OperatorView(
    long joined,
    long called,
    long entered,
    long standing,
    int entering,
    int calling,
    double comes,
    Ordered ordered,
    List<Entry> journal) {

  /// What counts now; what is null is as the campaign file says.
  public record Ordered(
      @Nullable Integer floor,
      @Nullable Integer ceiling,
      String door,
      @Nullable LocalText notice) {}

  /// An order of the journal.
  public record Entry(String at, String by, Ordered ordered) {}

  static OperatorView of(LineState state, List<LineOrder> journal) {
    return new OperatorView(
        state.joined(),
        state.serving(),
        state.entered(),
        state.standing(),
        state.entering(),
        state.perMinute(),
        state.comes(),
        of(state.orders()),
        journal.stream()
            .map(
                order ->
                    new Entry(
                        DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                            order.at().atZone(state.zone())),
                        order.by(),
                        of(order.orders())))
            .toList());
  }

  static Ordered of(Orders orders) {
    return new Ordered(
        orders.floor(),
        orders.ceiling(),
        orders.door().name().toLowerCase(Locale.ROOT),
        orders.notice());
  }
}
