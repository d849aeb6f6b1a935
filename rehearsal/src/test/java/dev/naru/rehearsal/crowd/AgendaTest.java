package dev.naru.rehearsal.crowd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.rehearsal.http.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AgendaTest {
  private long millis;
  private final Agenda agenda = new Agenda(() -> TimeUnit.MILLISECONDS.toNanos(millis));
  private final List<String> happened = new ArrayList<>();

  private void at(long now) {
    millis = now;
    agenda.run();
  }

  @Test
  void nothingHappensBeforeItsTime() {
    agenda.after(100, () -> happened.add("later"));
    agenda.after(0, () -> happened.add("soon"));
    assertThat(happened).isEmpty();
    at(5);
    assertThat(happened).containsExactly("soon");
    at(99);
    assertThat(happened).hasSize(1);
    at(105);
    assertThat(happened).containsExactly("soon", "later");
  }

  @Test
  void whatIsDueInMoreThanATurnOfTheWheelWaits() {
    agenda.after(60_000, () -> happened.add("in a minute"));
    for (long now = 0; now < 60_000; now += 1_000) {
      at(now);
    }
    assertThat(happened).isEmpty();
    at(60_005);
    assertThat(happened).hasSize(1);
  }

  @Test
  void whatIsPlannedMeanwhileComesAtALaterTick() {
    agenda.after(0, () -> agenda.after(0, () -> happened.add("second")));
    at(5);
    assertThat(happened).isEmpty();
    at(10);
    assertThat(happened).hasSize(1);
  }

  @Test
  void aLateLoopStillKnowsWhenThingsWereMeantToHappen() {
    List<Long> intended = new ArrayList<>();
    agenda.after(50, () -> intended.add(agenda.intendedNanos()));
    at(5_000);
    assertThat(intended).containsExactly(TimeUnit.MILLISECONDS.toNanos(55));
  }

  @Test
  void pausesGrowUpToALimitAndRespectTheServer() {
    SplittableRandom random = new SplittableRandom(1);
    Answer busy = new Answer(503, new byte[0], 7_000);
    for (int tries = 0; tries < 40; tries++) {
      long pause = Persistence.pause(tries, Answer.LOST, random);
      assertThat(pause).isBetween(Math.min(2_500, 100L << Math.min(tries, 5)), 5_000L);
      assertThat(Persistence.pause(tries, busy, random)).isBetween(7_000L, 10_500L);
    }
  }
}
