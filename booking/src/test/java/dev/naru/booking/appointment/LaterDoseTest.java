package dev.naru.booking.appointment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.booking.appointment.BookingResult.AlreadyBooked;
import dev.naru.booking.appointment.BookingResult.Booked;
import dev.naru.booking.appointment.BookingResult.DoseBeforeMissing;
import dev.naru.booking.appointment.BookingResult.IdReused;
import dev.naru.booking.appointment.BookingResult.OutsideInterval;
import dev.naru.booking.appointment.BookingResult.PassMissing;
import dev.naru.booking.appointment.BookingResult.Same;
import dev.naru.booking.appointment.BookingResult.SlotUnknown;
import dev.naru.booking.campaign.CampaignTexts;
import dev.naru.common.paper.Paper;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Doses that are not booked together with the first.
class LaterDoseTest {
  private static final Desk DESK = new Desk();
  private static final int OPEN_PHASE = 2;

  private final Desk.Node node;

  LaterDoseTest() {
    DESK.renew(CampaignTexts.SMALL.replace("bookedTogether: true", "bookedTogether: false"));
    node = DESK.node();
  }

  @AfterAll
  static void end() {
    DESK.close();
  }

  @AfterEach
  void countersAreWhatTheRowsSay() {
    assertThat(DESK.world().wrongCounters()).isZero();
  }

  private long two(String local) {
    return Desk.slot(node, 1, 1, local).id();
  }

  private UUID first(int person, String local) {
    Paper session = DESK.session(person);
    UUID id = UUID.randomUUID();
    assertThat(
            node.appointments()
                .book(session, id, "small", two(local), DESK.pass(session, OPEN_PHASE))
                .join())
        .isInstanceOfSatisfying(Booked.class, it -> assertThat(it.doses()).hasSize(1));
    return id;
  }

  private BookingResult second(int person, UUID id, long slot) {
    Paper session = DESK.session(person);
    return node.laterDoses()
        .book(session, id, "small", slot, 2, DESK.pass(session, OPEN_PHASE))
        .join();
  }

  private List<Long> slots(UUID first) {
    Appointment appointment = node.appointments().own(World.person(1), first).orElseThrow();
    return node.appointments().doses(appointment).stream()
        .filter(Appointment::active)
        .map(Appointment::slot)
        .toList();
  }

  @Test
  void aSecondDoseIsBookedLaterWithinItsInterval() {
    UUID id = UUID.randomUUID();
    assertThat(second(1, id, two("2026-03-16T09:00"))).isEqualTo(new DoseBeforeMissing(2));
    UUID first = first(1, "2026-03-09T09:00");

    assertThat(second(1, id, two("2026-03-18T09:00")))
        .isEqualTo(new OutsideInterval(LocalDate.of(2026, 3, 16), LocalDate.of(2026, 3, 17)));
    assertThat(second(1, id, Desk.slot(node, 1, 0, "2026-03-13T09:00").id()))
        .isEqualTo(new SlotUnknown());
    assertThat(second(1, id, two("2026-03-17T09:00"))).isInstanceOf(Booked.class);
    assertThat(second(1, id, two("2026-03-17T09:00"))).isInstanceOf(Same.class);
    assertThat(second(1, id, two("2026-03-16T09:00"))).isEqualTo(new IdReused());
    assertThat(second(2, id, two("2026-03-17T09:00"))).isEqualTo(new IdReused());
    assertThat(second(1, UUID.randomUUID(), two("2026-03-16T09:00")))
        .isEqualTo(new AlreadyBooked(id));
    assertThat(slots(first)).containsExactly(two("2026-03-09T09:00"), two("2026-03-17T09:00"));
  }

  @Test
  void withoutAPassThereIsOnlyTheRetry() {
    first(1, "2026-03-09T09:00");
    UUID id = UUID.randomUUID();
    Paper session = DESK.session(1);
    long slot = two("2026-03-16T09:00");
    assertThat(node.laterDoses().book(session, id, "small", slot, 2, null).join())
        .isEqualTo(new PassMissing());
    assertThat(second(1, id, slot)).isInstanceOf(Booked.class);
    assertThat(node.laterDoses().book(session, id, "small", slot, 2, null).join())
        .isInstanceOf(Same.class);
  }

  @Test
  void movingTheFirstDoseKeepsTheSecondWhereTheIntervalAllowsItAndElseTakesItAlong() {
    UUID first = first(1, "2026-03-09T09:00");
    second(1, UUID.randomUUID(), two("2026-03-17T09:30"));
    Paper session = DESK.session(1);
    String pass = DESK.pass(session, OPEN_PHASE);

    node.changes().move(session, first, two("2026-03-10T09:00"), pass);
    assertThat(slots(first)).containsExactly(two("2026-03-10T09:00"), two("2026-03-17T09:30"));
    node.changes().move(session, first, two("2026-03-12T09:00"), pass);
    assertThat(slots(first)).containsExactly(two("2026-03-12T09:00"), two("2026-03-19T09:00"));
  }

  @Test
  void cancellingTheFirstDoseCancelsTheSecond() {
    UUID first = first(1, "2026-03-09T09:00");
    second(1, UUID.randomUUID(), two("2026-03-16T09:00"));
    node.changes().cancel(DESK.session(1), first);

    assertThat(DESK.world().rows()).isZero();
  }
}
