package dev.naru.rehearsal.crowd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static Reservation told(int person, String slot, List<String> following) {
    return new Reservation(
        person,
        new UUID(7, person).toString(),
        1,
        "site " + person % 3,
        slot,
        "2026-11-30T09:00:00+09:00",
        following,
        Reservation.State.BOOKED);
  }

  @Test
  void whatWasToldComesBackAsItWas() {
    Ledger ledger = new Ledger(1_000);
    SplittableRandom random = new SplittableRandom(1);
    List<Reservation> told = new ArrayList<>();
    for (int person = 999; person >= 0; person--) {
      String slot = person % 5 == 0 ? "slot-" + random.nextInt(9) : "" + random.nextLong(1L << 50);
      List<String> following = new ArrayList<>();
      for (int dose = random.nextInt(3); dose > 0; dose--) {
        following.add(new UUID(random.nextLong(), random.nextLong()).toString());
      }
      told.add(told(person, slot, List.copyOf(following)));
      ledger.keep(told.getLast());
    }
    assertThat(ledger.reservations()).isEqualTo(told);
  }

  @Test
  void aChangeReplacesWhatWasKeptOfThePerson() {
    Ledger ledger = new Ledger(3);
    Reservation first = told(2, "0077", List.of(new UUID(1, 2).toString()));
    ledger.keep(first);
    ledger.keep(told(0, "9", List.of()));
    ledger.keep(first.with(Reservation.State.CANCELLED));
    assertThat(ledger.reservations())
        .containsExactly(first.with(Reservation.State.CANCELLED), told(0, "9", List.of()));
  }
}
