package dev.naru.booking.appointment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InvariantCheckTest {
  private static final World WORLD = new World();

  @AfterAll
  static void end() {
    WORLD.close();
  }

  @BeforeEach
  void empty() {
    WORLD.empty();
  }

  @Test
  void countersThatAreRightRaiseNothingWhilePeopleBook() {
    InvariantCheck check = new InvariantCheck(new CounterStore(WORLD.database().dataSource()));
    List<Long> slots = LongStream.range(0, 5).mapToObj(_ -> WORLD.slot(40)).toList();
    try (BookingEngine engine = new BookingEngine(WORLD.store(1))) {
      for (int person = 0; person < 150; person++) {
        var _ = engine.book(World.request(person, slots.get(person % 5)), person);
        if (person % 10 == 0) {
          check.check();
        }
      }
    }
    check.check();
    assertThat(WORLD.rows()).isEqualTo(150);
    assertThat(check.violations()).isZero();
  }

  @Test
  void aCounterThatLostADecrementIsNoticed() {
    InvariantCheck check = new InvariantCheck(new CounterStore(WORLD.database().dataSource()));
    long slot = WORLD.slot(4);
    WORLD.slot(4);
    WORLD.execute("UPDATE booking.slot SET booked = booked + 1 WHERE id = " + slot);
    check.check();
    assertThat(check.violations()).isEqualTo(1);
  }

  @Test
  void anAppointmentThatNoCounterCountsIsNoticed() {
    InvariantCheck check = new InvariantCheck(new CounterStore(WORLD.database().dataSource()));
    long slot = WORLD.slot(4);
    try (BookingEngine engine = new BookingEngine(WORLD.store(1))) {
      World.book(engine, World.request(1, slot));
    }
    WORLD.execute("UPDATE booking.slot SET booked = 0");
    check.check();
    assertThat(check.violations()).isEqualTo(1);
  }
}
