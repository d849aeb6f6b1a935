package dev.naru.booking.appointment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.booking.appointment.BookingResult.Booked;
import dev.naru.booking.appointment.BookingResult.IdReused;
import dev.naru.booking.supply.Share;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// What earlier campaigns left in the tables.
class EarlierCampaignsTest {
  private static final World WORLD = new World();

  @AfterAll
  static void end() {
    WORLD.close();
  }

  /// Otherwise each booking of a new campaign lands on another page of an index of all that ever
  /// booked, and writes it to the log (adr/0051).
  @Test
  void thePeopleOfACampaignStandTogetherInTheIndexes() {
    String indexesOfPeople =
        """
        SELECT count(*) FROM pg_index i
          JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
          JOIN pg_attribute ahead
            ON ahead.attrelid = i.indrelid AND ahead.attnum = i.indkey[0]
         WHERE i.indrelid IN ('booking.appointment'::regclass, 'booking.person_day'::regclass)
           AND a.attname = 'person'
        """;
    assertThat(WORLD.number(indexesOfPeople)).isEqualTo(3);
    assertThat(WORLD.number(indexesOfPeople + " AND ahead.attname <> 'campaign'")).isZero();
  }

  @Test
  void whoBookedInAnEarlierCampaignBooksAgainButNotUnderTheSameId() {
    WORLD.empty();
    long slot = WORLD.slot(2);
    UUID used = UUID.randomUUID();
    try (BookingEngine engine = new BookingEngine(WORLD.store(1))) {
      assertThat(World.book(engine, World.request(used, 1, Share.ALL, slot)))
          .isInstanceOf(Booked.class);
      WORLD.execute("UPDATE booking.appointment SET campaign = 2");
      assertThat(World.book(engine, World.request(used, 1, Share.ALL, slot)))
          .isInstanceOf(IdReused.class);
      assertThat(World.book(engine, World.request(UUID.randomUUID(), 1, Share.ALL, slot)))
          .isInstanceOf(Booked.class);
    }
    assertThat(List.of(WORLD.rows(), WORLD.booked(slot))).containsExactly(2L, 2L);
  }
}
