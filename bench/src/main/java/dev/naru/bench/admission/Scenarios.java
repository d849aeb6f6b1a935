package dev.naru.bench.admission;

import dev.naru.waitingroom.control.Door;
import dev.naru.waitingroom.control.Orders;
import java.util.List;

/// The days that must not break a line.
final class Scenarios {
  /// Requests a second of a middling installation: 60,000 a minute, 2 million people in 40 minutes.
  private static final double CAPACITY = 1_000;

  private static final int PACE = 45_000;
  private static final long NATION = 1_900_000;
  private static final double CHOOSING_SECONDS = 55;

  /// As on the national day on one machine (docs/performance.md).
  private static final double REFUSAL = 0.2;

  private Scenarios() {}

  static List<Scenario> all() {
    return List.of(
        crowd(),
        slowDatabase(),
        halfNeverCome(),
        rush(),
        operator(),
        hiccups(),
        cutOff(),
        eager(),
        neighbour());
  }

  /// The operator allows twice of what booking can take; 1.9 million are there at the opening.
  static Scenario crowd() {
    return new Scenario(
        "crowd",
        "1.9 million at the opening, ceiling at twice the capacity",
        2_400,
        NATION,
        _ -> 0,
        _ -> CAPACITY,
        0,
        _ -> false,
        CHOOSING_SECONDS,
        0.9,
        PACE,
        _ -> Orders.NONE.withPace(null, 120_000),
        1);
  }

  static Scenario slowDatabase() {
    return new Scenario(
        "slow-database",
        "Database slowed to a third for two minutes",
        1_800,
        NATION,
        _ -> 0,
        t -> t >= 600 && t < 720 ? CAPACITY / 3 : CAPACITY,
        0,
        _ -> false,
        CHOOSING_SECONDS,
        0.9,
        PACE,
        _ -> Orders.NONE,
        2);
  }

  static Scenario halfNeverCome() {
    return new Scenario(
        "half-never-come",
        "Half of the called never come",
        1_800,
        NATION,
        _ -> 0,
        _ -> CAPACITY,
        0,
        _ -> false,
        CHOOSING_SECONDS,
        0.5,
        PACE,
        _ -> Orders.NONE,
        3);
  }

  /// 40% of a day's 1.9 million in half an hour, after a quiet start, more than booking can take;
  /// then the rest of the day.
  static Scenario rush() {
    double rush = 0.4 * NATION / 1_800;
    return new Scenario(
        "rush",
        "40% of the day in 30 minutes",
        3_600,
        0,
        t -> t < 600 ? rush / 20 : t < 2_400 ? rush : rush / 5,
        _ -> 400,
        0,
        _ -> false,
        CHOOSING_SECONDS,
        0.9,
        18_000,
        _ -> Orders.NONE,
        4);
  }

  static Scenario operator() {
    return new Scenario(
        "operator",
        "The operator doubles the ceiling, halves it, pauses, goes on",
        2_400,
        NATION,
        _ -> 0,
        _ -> CAPACITY,
        0,
        _ -> false,
        CHOOSING_SECONDS,
        0.9,
        20_000,
        t -> {
          if (t < 600) {
            return Orders.NONE;
          }
          if (t < 1_200) {
            return Orders.NONE.withPace(null, 40_000);
          }
          if (t < 1_500) {
            return Orders.NONE.withPace(null, 20_000);
          }
          return Orders.NONE.withPace(null, 20_000).withDoor(t < 1_620 ? Door.PAUSED : Door.OPEN);
        },
        5);
  }

  /// A minute of trouble at the opening; afterwards booking stands still for a second now and then,
  /// as for a checkpoint of the database or a collection of garbage.
  static Scenario hiccups() {
    return new Scenario(
        "hiccups",
        "A slow first minute, then a second's standstill every 40 s",
        1_800,
        NATION,
        _ -> 0,
        t -> t < 60 ? CAPACITY / 5 : t % 40 < 1 ? 0 : CAPACITY,
        0,
        _ -> false,
        CHOOSING_SECONDS,
        0.9,
        PACE,
        _ -> Orders.NONE,
        6);
  }

  /// The network in front is away for two minutes: nobody enters, then all who were called come.
  static Scenario cutOff() {
    return new Scenario(
        "cut-off",
        "Nobody gets through for two minutes",
        1_200,
        NATION,
        _ -> 0,
        _ -> CAPACITY,
        0,
        t -> t >= 300 && t < 420,
        CHOOSING_SECONDS,
        0.9,
        PACE,
        _ -> Orders.NONE,
        7);
  }

  /// Twice as many are called from the first second as booking can take, while it is still cold,
  /// and they come to book at once: by the time that anybody notices they are inside.
  static Scenario eager() {
    return new Scenario(
        "eager",
        "Called at twice the capacity, everybody knows where to book",
        1_200,
        NATION,
        _ -> 0,
        t -> t < 30 ? CAPACITY / 2 : CAPACITY,
        REFUSAL,
        _ -> false,
        4,
        0.95,
        105_000,
        _ -> Orders.NONE,
        8);
  }

  /// After some slow seconds of a national day the pace came back slowly (docs/performance.md).
  /// Here another user of the same machine takes half of it for them.
  static Scenario neighbour() {
    return new Scenario(
        "neighbour",
        "Booking at half its capacity for 15 s every five minutes",
        1_500,
        NATION,
        _ -> 0,
        t -> t % 300 >= 285 ? CAPACITY / 2 : CAPACITY,
        REFUSAL,
        _ -> false,
        15,
        0.99,
        60_000,
        _ -> Orders.NONE,
        9);
  }
}
