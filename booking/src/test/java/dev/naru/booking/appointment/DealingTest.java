package dev.naru.booking.appointment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DealingTest {
  private final Dealing dealing = new Dealing(2);

  private void begin(int site, int times) {
    for (int i = 0; i < times; i++) {
      dealing.begin(site, dealing.writer(site));
    }
  }

  private void end(int site, int times) {
    for (int i = 0; i < times; i++) {
      dealing.end(site);
    }
  }

  @Test
  void oneWritesForAllUntilThereAreMany() {
    begin(2, Dealing.MANY - 1);
    assertThat(dealing.writer(1)).isZero();

    begin(2, 1);
    assertThat(dealing.writer(1)).isEqualTo(1);
    assertThat(dealing.writer(4)).isZero();

    end(2, 1);
    assertThat(dealing.writer(1)).isZero();
  }

  @Test
  void aSiteStaysWithItsWriterUntilAllItsBookingsAreDecided() {
    begin(1, Dealing.MANY);
    assertThat(dealing.writer(1)).isZero();
    begin(3, 1);
    assertThat(dealing.writer(3)).isEqualTo(1);

    end(1, Dealing.MANY - 1);
    assertThat(dealing.writer(1)).isZero();
    assertThat(dealing.writer(3)).isEqualTo(1);

    end(1, 1);
    begin(2, Dealing.MANY);
    assertThat(dealing.writer(1)).isEqualTo(1);
  }
}
