package dev.naru.app.command;

import dev.naru.common.text.LocalText;
import dev.naru.waitingroom.control.Orders;
import dev.naru.waitingroom.line.LineOrder;
import dev.naru.waitingroom.line.LineState;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// How a line stands, for the terminal.
final class LineReport {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MM-dd HH:mm:ss");

  private LineReport() {}

  static String of(Orders orders) {
    LocalText notice = orders.notice();
    return "%s, floor %s, ceiling %s%s"
        .formatted(
            orders.door().name().toLowerCase(Locale.ROOT),
            orders.floor() == null ? "a tenth of the ceiling" : orders.floor() + " a minute",
            orders.ceiling() == null ? "as the campaign says" : orders.ceiling() + " a minute",
            notice == null ? "" : ", notice: " + notice.ko() + " / " + notice.en());
  }

  static String of(LineState state, List<LineOrder> journal) {
    StringBuilder text = new StringBuilder();
    text.append(
        "joined %,d, called %,d, entered %,d of the called, about %,d stand at the full door%n"
            .formatted(state.joined(), state.serving(), state.entered(), state.standing()));
    text.append(
        "letting in %,d a minute, calling %,d, because %.0f%% of the called come%n"
            .formatted(state.entering(), state.perMinute(), 100 * state.comes()));
    text.append("ordered: ").append(of(state.orders()));
    for (LineOrder order : journal) {
      text.append(
          "%n%s  %s: %s"
              .formatted(
                  TIME.format(order.at().atZone(state.zone())), order.by(), of(order.orders())));
    }
    return text.toString();
  }
}
