package dev.naru.booking.appointment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DealingTest {
  private final Dealing dealing = new Dealing(2);

  private void begin(int times) {
    for (int i = 0; i < times; i++) {
      dealing.begin();
    }
  }

  private void end(int times) {
    for (int i = 0; i < times; i++) {
      dealing.end();
    }
  }

  @Test
  void oneWritesForAllUntilThereAreMany() {
    begin(Dealing.MANY - 1);
    assertThat(dealing.writer(1)).isZero();

    begin(1);
    assertThat(dealing.writer(1)).isEqualTo(1);
    assertThat(dealing.writer(4)).isZero();
  }

  @Test
  void theSitesAreDealtToAllWritersThatThereAre() {
    for (int writers = 1; writers <= BookingEngine.MOST_WRITERS; writers++) {
      Dealing several = new Dealing(writers);
      for (int i = 0; i < Dealing.MANY; i++) {
        several.begin();
      }
      assertThat(IntStream.range(0, 60).map(several::writer).distinct().sorted().boxed())
          .containsExactlyElementsOf(IntStream.range(0, writers).boxed().toList());
    }
  }

  @Test
  void oneWritesAgainWhenThereAreFewAndNotSooner() {
    begin(Dealing.MANY);
    assertThat(dealing.writer(1)).isEqualTo(1);
    end(Dealing.MANY - Dealing.FEW);
    assertThat(dealing.writer(1)).isEqualTo(1);

    end(1);
    assertThat(dealing.writer(1)).isZero();
    begin(Dealing.MANY - Dealing.FEW);
    assertThat(dealing.writer(1)).isZero();
  }
}
