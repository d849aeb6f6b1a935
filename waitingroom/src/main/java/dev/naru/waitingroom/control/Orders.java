package dev.naru.waitingroom.control;

import dev.naru.common.text.LocalText;
import org.jspecify.annotations.Nullable;

/// What operators have ordered for a line, all of it as it counts now.
///
/// @param floor people let in each minute whatever booking says; null: a tenth of the ceiling
/// @param ceiling most people let in each minute; null: as the campaign file says
/// @param notice what everybody who waits reads; null: nothing
public record Orders(
    @Nullable Integer floor, @Nullable Integer ceiling, Door door, @Nullable LocalText notice) {
  /// Before anybody orders anything.
  public static final Orders NONE = new Orders(null, null, Door.OPEN, null);

  /// As large as a campaign file allows.
  public static final int LARGEST_PACE = 3_000_000;

  /// What fits on a telephone.
  public static final int LONGEST_NOTICE = 300;

  private static final int DEFAULT_FLOOR_SHARE = 10;

  public Orders {
    refusePace("floor", floor);
    refusePace("ceiling", ceiling);
    if (floor != null && ceiling != null && floor > ceiling) {
      throw new IllegalArgumentException(
          "the floor (%d) is above the ceiling (%d)".formatted(floor, ceiling));
    }
    if (notice != null) {
      refuseNotice(notice.ko());
      refuseNotice(notice.en());
    }
  }

  private static void refusePace(String name, @Nullable Integer pace) {
    if (pace != null && (pace < 1 || pace > LARGEST_PACE)) {
      throw new IllegalArgumentException(
          "the %s is 1 to %d people a minute, not %d".formatted(name, LARGEST_PACE, pace));
    }
  }

  private static void refuseNotice(String text) {
    if (text.isBlank() || text.length() > LONGEST_NOTICE) {
      throw new IllegalArgumentException(
          "a notice has 1 to " + LONGEST_NOTICE + " characters in each language");
    }
  }

  /// Between which paces the controller is free.
  ///
  /// @param campaignPace `line.admitPerMinute` of the campaign file
  public Limits limits(int campaignPace) {
    int most = ceiling == null ? Math.max(campaignPace, floor == null ? 1 : floor) : ceiling;
    int least = floor == null ? Math.max(1, most / DEFAULT_FLOOR_SHARE) : floor;
    return new Limits(least, most, Math.clamp(campaignPace, least, most));
  }

  /// @param floor least people a minute
  /// @param ceiling most people a minute
  /// @param start where a line begins
  public record Limits(int floor, int ceiling, int start) {}

  public Orders withPace(@Nullable Integer newFloor, @Nullable Integer newCeiling) {
    return new Orders(newFloor, newCeiling, door, notice);
  }

  public Orders withDoor(Door newDoor) {
    return new Orders(floor, ceiling, newDoor, notice);
  }

  public Orders withNotice(@Nullable LocalText newNotice) {
    return new Orders(floor, ceiling, door, newNotice);
  }
}
