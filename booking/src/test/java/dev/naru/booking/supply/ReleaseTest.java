package dev.naru.booking.supply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.database.Database;
import dev.naru.database.TestPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ReleaseTest {
  /// Offsets as [SlotPlan] gives them, for capacities of any mixture.
  private static int[] offsets(List<Integer> capacities, int first, int days) {
    int[] offsets = new int[capacities.size()];
    int turn = first % days;
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = turn;
      turn = (turn + capacities.get(i)) % days;
    }
    return offsets;
  }

  private static int spread(IntStream shares) {
    var summary = shares.summaryStatistics();
    return summary.getMax() - summary.getMin();
  }

  @Property
  void eachDayGetsItsEqualShareToWithinOneOfASlotAndOfAllSlotsOfADay(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 1_000) Integer> capacities,
      @ForAll @IntRange(max = 1_000) int first,
      @ForAll @IntRange(min = 1, max = 100) int days) {
    int[] offsets = offsets(capacities, first, days);
    int[] total = new int[days];
    for (int i = 0; i < offsets.length; i++) {
      int[] shares = new int[days];
      for (int day = 1; day <= days; day++) {
        shares[day - 1] =
            Release.released(capacities.get(i), offsets[i], day, days)
                - Release.released(capacities.get(i), offsets[i], day - 1, days);
        total[day - 1] += shares[day - 1];
      }
      assertThat(spread(IntStream.of(shares))).isLessThanOrEqualTo(1);
    }
    assertThat(spread(IntStream.of(total))).isLessThanOrEqualTo(1);
    assertThat(IntStream.of(total).sum())
        .isEqualTo(capacities.stream().mapToInt(Integer::intValue).sum());
  }

  @Property
  void whatIsReleasedOnlyGrowsFromNothingToEverything(
      @ForAll @IntRange(max = 1_000) int capacity,
      @ForAll @IntRange(max = 99) int offset,
      @ForAll @IntRange(min = 1, max = 100) int days) {
    int turn = offset % days;
    assertThat(Release.released(capacity, turn, 0, days)).isZero();
    assertThat(Release.released(capacity, turn, days, days)).isEqualTo(capacity);
    for (int day = 1; day <= days; day++) {
      assertThat(Release.released(capacity, turn, day, days))
          .isBetween(Release.released(capacity, turn, day - 1, days), capacity);
    }
  }

  @Property
  void leftoversRollOnAndNobodyTakesMoreThanIsReleased(
      @ForAll @IntRange(max = 200) int capacity,
      @ForAll @IntRange(max = 9) int offset,
      @ForAll Random random) {
    int booked = 0;
    for (int day = 1; day <= 10; day++) {
      int free = Release.free(capacity, offset, booked, day, 10);
      int taken = random.nextInt(free + 1);
      booked += taken;
      assertThat(booked).isLessThanOrEqualTo(Release.released(capacity, offset, day, 10));
      assertThat(Release.free(capacity, offset, booked, day, 10)).isEqualTo(free - taken);
    }
    assertThat(booked + Release.free(capacity, offset, booked, 10, 10)).isEqualTo(capacity);
  }

  @Test
  void thePropertyNoticesTheSameOffsetEverywhere() {
    int[] total = new int[10];
    for (int slot = 0; slot < 6; slot++) {
      for (int day = 1; day <= 10; day++) {
        total[day - 1] += Release.released(3, 0, day, 10) - Release.released(3, 0, day - 1, 10);
      }
    }
    assertThat(spread(IntStream.of(total))).isEqualTo(6);
  }

  @Test
  void postgresqlComputesTheSame() throws SQLException {
    String sql =
        "SELECT "
            + Release.sql("c.capacity", "c.share_offset", "k.day", "k.days")
            + " FROM (VALUES (?::smallint, ?::smallint)) c (capacity, share_offset),"
            + " (VALUES (?::int, ?::int)) k (day, days)";
    Random random = new Random(20210809);
    try (Database database = TestPostgres.with();
        Connection connection = database.dataSource().getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < 2_000; i++) {
        int days = 1 + random.nextInt(20);
        int day = random.nextInt(days + 1);
        int offset = random.nextInt(days);
        int capacity = random.nextInt(i % 2 == 0 ? 12 : 1_001);
        statement.setInt(1, capacity);
        statement.setInt(2, offset);
        statement.setInt(3, day);
        statement.setInt(4, days);
        try (ResultSet row = statement.executeQuery()) {
          row.next();
          assertThat(row.getInt(1)).isEqualTo(Release.released(capacity, offset, day, days));
        }
      }
    }
  }
}
