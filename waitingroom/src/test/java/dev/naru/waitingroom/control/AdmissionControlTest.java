package dev.naru.waitingroom.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AdmissionControlTest {
  private static final Orders.Limits LIMITS = Orders.NONE.limits(60_000);

  private static ControlState seconds(
      int seconds, ControlState before, double entered, Observation.Load load) {
    ControlState state = before;
    for (int i = 0; i < seconds; i++) {
      state =
          AdmissionControl.step(state, new Observation(1, entered, entered, 0, load), LIMITS, true);
    }
    return state;
  }

  /// A program that has just started decides a tenth of what it will: the crowd gathers inside.
  /// When they are decided at last, ten for each one who enters, it is not because anybody asks ten
  /// times.
  @Test
  void whoWaitedInsideIsNotTakenForSomebodyWhoAsksOften() {
    ControlState cold =
        seconds(60, ControlState.start(LIMITS), 1_000, new Observation.Load(100, 100, 2_000, 100));
    ControlState draining = seconds(120, cold, 100, new Observation.Load(1_000, 1_000, 300, 100));
    assertThat(draining.pace()).isBetween(60 * 1_000 * 0.5, 60 * 1_000.0);
  }

  @Test
  void whoAsksTwiceTakesThePlaceOfTwo() {
    ControlState state =
        seconds(300, ControlState.start(LIMITS), 500, new Observation.Load(1_000, 500, 300, 100));
    assertThat(state.pace()).isBetween(60 * 500 * 0.5, 60 * 500 * 1.05);
  }

  /// After trouble the pace is back at what booking got through then, in seconds and not minutes.
  @Test
  void whatBookingGotThroughBeforeIsCalledAgainAtOnce() {
    ControlState busy =
        seconds(60, ControlState.start(LIMITS), 500, new Observation.Load(900, 900, 90, 250));
    ControlState draining = seconds(30, busy, 500, new Observation.Load(900, 900, 1_800, 250));
    assertThat(draining.pace()).isLessThan(60 * 900 * 0.8);
    ControlState calm = seconds(25, draining, 500, new Observation.Load(600, 600, 0, 50));
    assertThat(calm.pace()).isBetween(60 * 900 * 0.9, 60 * 900.0);
  }

  /// Somebody else took half of the machine, and those who were called meanwhile are few.
  @Test
  void aSlowQuarterOfAMinuteDoesNotChangeWhatBookingCanDo() {
    ControlState busy =
        seconds(60, ControlState.start(LIMITS), 900, new Observation.Load(900, 900, 0, 100));
    ControlState slow = seconds(15, busy, 900, new Observation.Load(450, 450, 450, 400));
    assertThat(slow.pace()).isLessThan(60 * 450.0);
    ControlState calm = seconds(7, slow, 450, new Observation.Load(500, 500, 0, 50));
    assertThat(calm.pace()).isBetween(60 * 700.0, 60 * 900.0);
  }

  /// They may wait in the sockets of a busy machine, where nobody refuses them.
  @Test
  void theLongerTheyWaitInsideTheFewerAreCalled() {
    Observation.Load late = new Observation.Load(900, 900, 0, 1_000);
    ControlState soon = seconds(12, ControlState.start(LIMITS), 900, late);
    ControlState later = seconds(30, soon, 900, late);
    assertThat(soon.pace()).isBetween(60 * 900 * 0.9, 60 * 900 * 0.97);
    assertThat(later.pace()).isBetween(60 * 900 * 0.6, 60 * 900 * 0.7);
  }

  /// Booking's own limit lets in what is decided in 400 ms.
  @Test
  void fewerAreCalledBeforeAnybodyIsSentAway() {
    Observation.Load full = new Observation.Load(900, 900, 0, 400);
    assertThat(seconds(12, ControlState.start(LIMITS), 900, full).pace()).isLessThan(60 * 900);
  }
}
