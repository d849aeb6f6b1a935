package dev.naru.app.command;

import dev.naru.app.LineDesk;
import dev.naru.app.Store;
import dev.naru.common.text.LocalText;
import dev.naru.waitingroom.control.Door;
import dev.naru.waitingroom.control.Orders;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What an operator does at a line while it runs.
@Command(
    name = "line",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Floor, ceiling, pause, close and notice of a line (docs/line.md). Works beside a running"
          + " Naru; an order counts within two seconds, and is recorded with your name."
    })
final class LineCommand {
  /// Which line, and who speaks.
  static final class Which {
    @Mixin private final StoreOptions store = new StoreOptions();

    @Parameters(paramLabel = "CAMPAIGN", description = "Id of the campaign.")
    private String campaign = "";

    @Option(
        names = "--line",
        defaultValue = "0",
        description = "Number of the booking window, from 0 (default: ${DEFAULT-VALUE}).")
    private int line;

    @Option(
        names = "--by",
        paramLabel = "NAME",
        description = "Who gives the order, for the journal (default: the system's user).")
    private @Nullable String by;

    private int order(UnaryOperator<Orders> change) {
      String name = by == null ? System.getProperty("user.name", "unknown") : by;
      try (Store opened = store.open(false);
          LineDesk desk = LineDesk.open(opened, store.keys())) {
        return desk.order(campaign, line, name, change)
            .map(
                orders -> {
                  System.out.println(LineReport.of(orders));
                  return 0;
                })
            .orElseGet(this::unknown);
      } catch (IllegalArgumentException e) {
        throw new IllegalStateException(e.getMessage(), e);
      }
    }

    private int unknown() {
      System.err.printf("there is no line %d of a campaign %s%n", line, campaign);
      return 1;
    }
  }

  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description = "Shows how a line stands, what was ordered, and by whom.")
  int status(@Mixin Which which) {
    try (Store opened = which.store.open(false);
        LineDesk desk = LineDesk.open(opened, which.store.keys())) {
      return desk.state(which.campaign, which.line)
          .map(
              state -> {
                System.out.println(LineReport.of(state, desk.journal(which.campaign, which.line)));
                return 0;
              })
          .orElseGet(which::unknown);
    }
  }

  @Command(
      name = "token",
      mixinStandardHelpOptions = true,
      description = {
        "Prints the token with which orders are given over HTTP on the management port"
            + " (docs/line.md). Keep it as you keep secrets.json."
      })
  int token(@Mixin StoreOptions store) {
    System.out.println(store.keys().operatorToken());
    return 0;
  }

  @Command(
      name = "pace",
      mixinStandardHelpOptions = true,
      description = {
        "Sets between which paces the controller is free. The same number twice fixes the pace.",
        "Without options both are as the campaign file says again: ceiling line.admitPerMinute,"
            + " floor a tenth of it."
      })
  int pace(
      @Mixin Which which,
      @Option(
              names = "--floor",
              paramLabel = "N",
              description = "People let in each minute whatever booking says.")
          @Nullable Integer floor,
      @Option(
              names = "--ceiling",
              paramLabel = "N",
              description = "Most people let in each minute.")
          @Nullable Integer ceiling) {
    return which.order(orders -> orders.withPace(floor, ceiling));
  }

  @Command(
      name = "pause",
      mixinStandardHelpOptions = true,
      description = "Calls nobody further. Who was called may enter; everybody keeps their place.")
  int pause(@Mixin Which which) {
    return which.order(orders -> orders.withDoor(Door.PAUSED));
  }

  @Command(
      name = "close",
      mixinStandardHelpOptions = true,
      description = {
        "Ends a line early: nobody joins, is called or enters any more; who is inside may finish.",
        "`naru line open` takes it back, and everybody has their place again."
      })
  int close(@Mixin Which which) {
    return which.order(orders -> orders.withDoor(Door.CLOSED));
  }

  @Command(
      name = "open",
      mixinStandardHelpOptions = true,
      description = "Takes a pause or a close back.")
  int open(@Mixin Which which) {
    return which.order(orders -> orders.withDoor(Door.OPEN));
  }

  @Command(
      name = "notice",
      mixinStandardHelpOptions = true,
      description = {
        "Shows a notice to everybody who waits, within a minute. Without texts it is taken down."
      })
  int notice(
      @Mixin Which which,
      @Option(names = "--ko", paramLabel = "TEXT", description = "In Korean.") @Nullable String ko,
      @Option(names = "--en", paramLabel = "TEXT", description = "In English.")
          @Nullable String en) {
    if ((ko == null) != (en == null)) {
      throw new IllegalStateException("a notice needs both --ko and --en, or neither");
    }
    LocalText notice = ko == null || en == null ? null : new LocalText(ko, en);
    return which.order(orders -> orders.withNotice(notice));
  }
}
