package dev.naru.booking.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.booking.supply.Share;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class DayCountsTest {
  private static final Instant START = Instant.parse("2026-03-05T00:00:00Z");
  private static final LocalDate DAY = LocalDate.ofInstant(START, ZoneOffset.UTC);
  private static final Share HALF = new Share(1, 2);

  /// One site, one day, sixteen slots of four places each.
  private static SlotIndex index() {
    SlotRows rows = new SlotRows(ZoneOffset.UTC);
    for (int i = 0; i < 16; i++) {
      rows.add(100 + i, 1, 0, START.plusSeconds(1_800L * i).getEpochSecond(), 4, 0, 0);
    }
    return new SlotIndex(rows);
  }

  private static int free(SlotIndex index, Share share) {
    FreeDays days = asked(index, share).at(1);
    return days == null ? 0 : days.free(0);
  }

  /// The day before, when only sums of whole days count.
  private static DayQuestion asked(SlotIndex index, Share share) {
    return index.days(DAY, DAY, -1, START.minusSeconds(60), share, Following.NOTHING);
  }

  @Test
  void aCohortIsNeverShownWhatIsOutForAnother() {
    SlotIndex index = index();

    assertThat(free(index, Share.ALL)).isEqualTo(64);
    assertThat(free(index, HALF)).isEqualTo(32);
    for (int i = 0; i < 16; i++) {
      index.add(100 + i, 2);
    }
    assertThat(free(index, HALF)).as("its half is gone").isZero();
    assertThat(free(index, Share.ALL)).isEqualTo(32);
    assertThat(asked(index, HALF).firstAt(1)).isEqualTo(DayQuestion.NEVER);
  }

  @Test
  void moreBookedThanReleasedIsNothingAndNeverLess() {
    SlotIndex index = index();
    index.add(100, 4);

    assertThat(free(index, HALF)).isEqualTo(30);
  }

  @Test
  void sumsAreExactAfterManyChangedThemWhileOthersLooked() throws Exception {
    SlotIndex index = index();
    AtomicBoolean done = new AtomicBoolean();
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      Future<?> reader =
          threads.submit(
              () -> {
                while (!done.get()) {
                  assertThat(free(index, Share.ALL)).isBetween(0, 64);
                }
              });
      List<Future<?>> writers = new ArrayList<>();
      for (int writer = 0; writer < 3; writer++) {
        int mine = writer;
        writers.add(
            threads.submit(
                () -> {
                  for (int round = 0; round < 20_000; round++) {
                    index.add(100 + (round * 5 + mine) % 16, 1);
                    index.add(100 + (round * 5 + mine) % 16, -1);
                  }
                  index.add(100 + mine, 1);
                }));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
      done.set(true);
      reader.get();
    }

    assertThat(free(index, Share.ALL)).isEqualTo(61);
  }
}
