package dev.naru.rehearsal.crowd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.naru.rehearsal.forecast.Quantiles;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SamplesTest {
  private static final long OPENED = 10_000;

  private final Samples samples = new Samples(100, OPENED);

  private static Person person(int index) {
    return new Person(index, new SplittableRandom(index));
  }

  private static LineStatus status(String json) throws Exception {
    return LineStatus.of(new ObjectMapper().readTree(json));
  }

  private static LineStatus steady() throws Exception {
    return status("{'perMinute': 60, 'expect': {'slow': 50, 'fast': 60}}".replace('\'', '"'));
  }

  @Test
  void rangesAreRoundedOutwardsAsThePageDoesIt() throws Exception {
    assertThat(steady().promised(330)).isEqualTo(new LineStatus.Range(5 * 60, 7 * 60));
    assertThat(steady().promised(1_000)).isEqualTo(new LineStatus.Range(15 * 60, 25 * 60));
    assertThat(steady().promised(10)).isEqualTo(new LineStatus.Range(0, 2 * 60));
    assertThat(status("{}").promised(10)).isNull();
  }

  private void looks(int index, long millis, long ahead) throws Exception {
    samples.joined(person(index), 0);
    samples.shown(person(index), ahead, steady(), millis);
  }

  @Test
  void aPromiseIsKeptInsideTheRangeAndBrokenOutsideOfIt() throws Exception {
    long settled = OPENED + 180_000;
    looks(1, settled, 330);
    looks(2, settled, 330);
    looks(3, settled, 330);
    samples.turn(person(1), settled + 6 * 60_000);
    samples.turn(person(2), settled + 4 * 60_000);
    samples.turn(person(3), settled + 8 * 60_000);
    assertThat(samples.promises()).isEqualTo(new CrowdReport.Promises(3, 1));
  }

  @Test
  void theFirstPromiseCountsAndCountsOnce() throws Exception {
    long settled = OPENED + 180_000;
    looks(1, settled, 330);
    looks(1, settled + 60_000, 3_000);
    samples.turn(person(1), settled + 6 * 60_000);
    samples.turn(person(1), settled + 20 * 60_000);
    assertThat(samples.promises()).isEqualTo(new CrowdReport.Promises(1, 1));
  }

  @Test
  void whoLooksTooEarlyOrIsCalledAtOnceIsNotAsked() throws Exception {
    looks(1, OPENED + 100_000, 330);
    looks(2, OPENED + 200_000, 0);
    samples.turn(person(1), OPENED + 110_000);
    samples.turn(person(2), OPENED + 200_000);
    assertThat(samples.promises().made()).isZero();
  }

  @Test
  void whatIsShownMattersWhenTheyLookAndOfThoseWhoAreFollowedAlways() throws Exception {
    long settled = OPENED + 180_000;
    samples.joined(person(1), 0);
    assertThat(samples.uninterestingMillis(person(1), OPENED)).isEqualTo(180_000);
    assertThat(samples.uninterestingMillis(person(1), settled)).isZero();
    samples.joined(person(2), settled);
    assertThat(samples.uninterestingMillis(person(2), settled + 1)).isEqualTo(59_999);

    looks(1, settled, 330);
    assertThat(samples.uninterestingMillis(person(1), settled)).isEqualTo(Long.MAX_VALUE);
    looks(0, settled, 330);
    assertThat(samples.uninterestingMillis(person(0), settled)).isZero();
  }

  @Test
  void theLineReachesNobodyInTheTimeTheySpare() throws Exception {
    assertThat(steady().spareMillis(60)).isEqualTo(45_000);
    assertThat(steady().spareMillis(0)).isZero();
    assertThat(status("{}").spareMillis(60)).isZero();
  }

  @Test
  void waitsAreForecastFromArrivalsAndTheFirstPace() {
    assertThat(samples.forecast(LongStream.of(0))).isNull();
    samples.paced(60);
    samples.paced(1);
    Quantiles waits =
        Objects.requireNonNull(samples.forecast(LongStream.range(0, 100).map(i -> i * 50)));
    assertThat(waits.p50()).isCloseTo(50, within(1.0));
    assertThat(waits.max()).isCloseTo(100, within(1.0));
  }
}
