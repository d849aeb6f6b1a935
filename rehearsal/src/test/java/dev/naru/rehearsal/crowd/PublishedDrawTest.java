package dev.naru.rehearsal.crowd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The vectors that docs/draw.md publishes.
class PublishedDrawTest {
  private static final String SEED =
      "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

  @ParameterizedTest
  @CsvSource({
    "1, '', 1, 1",
    "3, '', 1, 2",
    "3, '', 2, 3",
    "3, '', 3, 1",
    "1000, '', 1, 165",
    "1000, '', 999, 490",
    "1000, drand:4000000, 1000, 865",
    "1900000, '', 950000, 221778",
    "1900000, 서울 기온 23.4, 1, 754328"
  })
  void placesAreThoseThatArePublished(long size, String beacon, long number, long place) {
    assertThat(new PublishedDraw(SEED, size, beacon).places().of(number)).isEqualTo(place);
  }

  @Test
  void whoCameAfterTheDrawHasThePlaceOfTheirNumber() {
    PublishedDraw.Places places = new PublishedDraw(SEED, 5, "").places();
    assertThat(LongStream.rangeClosed(1, 7).map(places::of))
        .containsExactly(1L, 2L, 4L, 3L, 5L, 6L, 7L);
    assertThat(new PublishedDraw(SEED, 0, "").places().of(1)).isEqualTo(1);
  }
}
