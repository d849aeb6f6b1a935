package dev.naru.booking.appointment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.booking.appointment.BookingResult.AlreadyBooked;
import dev.naru.booking.appointment.BookingResult.Booked;
import dev.naru.booking.appointment.BookingResult.IdReused;
import dev.naru.booking.appointment.BookingResult.NotEligible;
import dev.naru.booking.appointment.BookingResult.PassExpired;
import dev.naru.booking.appointment.BookingResult.PassMissing;
import dev.naru.booking.appointment.BookingResult.Same;
import dev.naru.booking.appointment.BookingResult.SlotFull;
import dev.naru.booking.appointment.BookingResult.SlotUnknown;
import dev.naru.booking.appointment.BookingResult.WindowClosed;
import dev.naru.booking.campaign.CampaignTexts;
import dev.naru.booking.supply.Share;
import dev.naru.common.paper.Paper;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AppointmentsTest {
  private static final Desk DESK = new Desk();
  private static final int OPEN_PHASE = 2;

  private Desk.Node node;

  AppointmentsTest() {
    DESK.renew();
    node = DESK.node();
  }

  @AfterAll
  static void end() {
    DESK.close();
  }

  @AfterEach
  void countersAndIndexAreWhatTheRowsSay() {
    assertThat(DESK.world().wrongCounters()).isZero();
    for (long id = 1; id <= 31; id++) {
      var slot = node.index().slot(id);
      if (slot != null) {
        assertThat(slot.capacity() - node.index().free(id, Share.ALL))
            .isEqualTo((int) DESK.world().booked(id));
      }
    }
  }

  private BookingResult book(int person, UUID id, long slot, @Nullable String pass) {
    return node.appointments().book(DESK.session(person), id, "small", slot, pass).join();
  }

  private BookingResult book(int person, UUID id, long slot) {
    return book(person, id, slot, DESK.pass(DESK.session(person), OPEN_PHASE));
  }

  private UUID booked(int person, long slot) {
    UUID id = UUID.randomUUID();
    assertThat(book(person, id, slot)).isInstanceOf(Booked.class);
    return id;
  }

  private ChangeResult move(int person, UUID id, long slot) {
    Paper session = DESK.session(person);
    return node.changes().move(session, id, slot, DESK.pass(session, OPEN_PHASE));
  }

  private ChangeResult cancel(int person, UUID id) {
    return node.changes().cancel(DESK.session(person), id);
  }

  private long one(String local) {
    return Desk.slot(node, 1, 0, local).id();
  }

  private long two(String local) {
    return Desk.slot(node, 1, 1, local).id();
  }

  private long taken(long slot) {
    return DESK.world().booked(slot);
  }

  @Test
  void refusalsComeInTheirOrder() {
    long slot = one("2026-03-09T09:00");
    UUID id = UUID.randomUUID();
    DESK.at("2026-03-02T19:40");
    String pass = DESK.pass(DESK.session(1), 0);
    DESK.at("2026-03-02T19:59:59.999");
    assertThat(book(1, id, slot, null)).isInstanceOf(WindowClosed.class);
    DESK.at("2026-03-02T20:00");
    assertThat(book(9, id, slot, null)).isInstanceOf(NotEligible.class);
    assertThat(book(1, id, slot, null)).isInstanceOf(PassMissing.class);
    assertThat(book(1, id, slot, pass)).isInstanceOf(PassExpired.class);
    String fresh = DESK.pass(DESK.session(1), 0);
    assertThat(book(1, id, 9_999, fresh)).isInstanceOf(SlotUnknown.class);
    assertThat(book(1, id, slot, fresh)).isInstanceOf(Booked.class);
    assertThat(book(1, UUID.randomUUID(), 9_999, fresh)).isEqualTo(new AlreadyBooked(id));
    DESK.at("2026-03-03T18:00");
    assertThat(book(1, id, slot, null)).as("a retry, for ever").isInstanceOf(Same.class);
    assertThat(book(1, id, slot + 1, null)).isInstanceOf(IdReused.class);
  }

  @Test
  void aCohortSeesOnlyItsShare() {
    DESK.at("2026-03-02T20:00");
    long slot = one("2026-03-09T09:00");
    int got = 0;
    for (int person : List.of(1, 2, 3)) {
      String pass = DESK.pass(DESK.session(person), 0);
      got += book(person, UUID.randomUUID(), slot, pass) instanceof Booked ? 1 : 0;
    }
    assertThat(got).isBetween(1, 2);
  }

  @Test
  void aSlotThatHasBegunIsNotBooked() {
    DESK.at("2026-03-09T09:00");

    assertThat(book(1, UUID.randomUUID(), one("2026-03-09T09:00"))).isInstanceOf(SlotUnknown.class);
    booked(1, one("2026-03-09T09:30"));
  }

  @Test
  void aSlotForLaterDosesOnlyIsNotBookedAsTheFirst() {
    assertThat(book(1, UUID.randomUUID(), two("2026-03-16T09:00"))).isInstanceOf(SlotUnknown.class);
  }

  @Test
  void theSecondDoseComesAtTheInterval() {
    UUID id = booked(1, two("2026-03-09T09:30"));

    assertThat(node.appointments().doses(own(1, id)))
        .extracting(Appointment::slot)
        .containsExactly(two("2026-03-09T09:30"), two("2026-03-16T09:30"));
  }

  @Test
  void withoutAPlaceForTheSecondDoseNothingIsBooked() {
    DESK.world().execute("UPDATE booking.slot SET capacity = 0 WHERE starts_at > '2026-03-14'");
    node = DESK.node();

    assertThat(book(1, UUID.randomUUID(), two("2026-03-09T09:00"))).isEqualTo(new SlotFull(2));
    assertThat(DESK.world().rows()).isZero();
  }

  private Appointment own(int person, UUID id) {
    return node.appointments().own(World.person(person), id).orElseThrow();
  }

  @Test
  void aMoveFreesTheOldSlotAndTakesTheNew() {
    long from = one("2026-03-09T09:00");
    long to = one("2026-03-10T09:00");
    UUID id = booked(1, from);

    assertThat(move(1, id, to)).isInstanceOf(ChangeResult.Done.class);
    assertThat(move(1, id, to)).as("again").isInstanceOf(ChangeResult.Done.class);
    assertThat(taken(from)).isZero();
    assertThat(taken(to)).isEqualTo(1);
    assertThat(book(1, id, from)).as("the first answer").isInstanceOf(Same.class);
  }

  @Test
  void aMoveToAFullSlotLeavesTheOld() {
    long from = one("2026-03-09T09:00");
    long to = one("2026-03-10T09:00");
    UUID id = booked(1, from);
    List.of(2, 3, 4).forEach(person -> booked(person, to));

    assertThat(move(1, id, to)).isEqualTo(new ChangeResult.Refused(new SlotFull(1)));
    assertThat(own(1, id).slot()).isEqualTo(from);
    assertThat(taken(from)).isEqualTo(1);
  }

  @Test
  void theFirstDoseTakesTheSecondAlong() {
    UUID id = booked(1, two("2026-03-09T09:00"));

    assertThat(move(1, id, two("2026-03-12T09:00"))).isInstanceOf(ChangeResult.Done.class);
    assertThat(taken(two("2026-03-16T09:00"))).isZero();
    assertThat(taken(two("2026-03-19T09:00"))).isEqualTo(1);
  }

  @Test
  void aMoveToAnotherNumberOfDosesIsRefused() {
    UUID id = booked(1, two("2026-03-09T09:00"));

    assertThat(move(1, id, one("2026-03-12T09:00")))
        .isEqualTo(new ChangeResult.Refused(new SlotUnknown()));
  }

  @Test
  void whoIsNotOnTheListOfAProductMovesToItNoMoreThanTheyBookIt() {
    DESK.renew(CampaignTexts.LISTED);
    DESK.list("staff", 2);
    node = DESK.node();
    long from = one("2026-03-09T09:00");
    long to = Desk.slot(node, 1, 2, "2026-03-09T09:00").id();
    UUID id = booked(1, from);

    assertThat(book(1, UUID.randomUUID(), to))
        .isInstanceOfSatisfying(
            NotEligible.class,
            refusal -> assertThat(move(1, id, to)).isEqualTo(new ChangeResult.Refused(refusal)));
    assertThat(own(1, id).slot()).isEqualTo(from);
    assertThat(move(2, booked(2, from), to)).isInstanceOf(ChangeResult.Done.class);
  }

  @Test
  void whoIsOnTheListNoLongerMovesWithinTheProductThatTheyHave() {
    DESK.renew(CampaignTexts.LISTED);
    DESK.list("staff", 2);
    node = DESK.node();
    UUID id = booked(2, Desk.slot(node, 1, 2, "2026-03-09T09:00").id());
    DESK.list("staff");
    node = DESK.node();
    long later = Desk.slot(node, 1, 2, "2026-03-09T09:30").id();

    assertThat(book(3, UUID.randomUUID(), later)).isInstanceOf(NotEligible.class);
    assertThat(move(2, id, later)).isInstanceOf(ChangeResult.Done.class);
  }

  @Test
  void theSecondDoseMovesWithinItsInterval() {
    UUID id = booked(1, two("2026-03-09T09:00"));
    UUID second = Doses.id(id, 2);

    assertThat(move(1, second, two("2026-03-18T09:00")))
        .isEqualTo(
            new ChangeResult.OutsideInterval(LocalDate.of(2026, 3, 16), LocalDate.of(2026, 3, 17)));
    assertThat(move(1, second, two("2026-03-17T09:00"))).isInstanceOf(ChangeResult.Done.class);
    assertThat(taken(two("2026-03-16T09:00"))).isZero();
  }

  @Test
  void cancellingFreesAllDosesAndAgainIsTheSame() {
    UUID id = booked(1, two("2026-03-09T09:00"));

    assertThat(cancel(1, id))
        .isInstanceOfSatisfying(
            ChangeResult.Done.class,
            done -> assertThat(done.doses()).hasSize(2).noneMatch(Appointment::active));
    assertThat(cancel(1, id)).isEqualTo(new ChangeResult.Done(List.of()));
    assertThat(move(1, id, two("2026-03-10T09:00"))).isEqualTo(new ChangeResult.Cancelled());
    assertThat(DESK.world().rows()).isZero();
    UUID next = booked(1, two("2026-03-09T09:00"));
    assertThat(node.appointments().of(World.person(1), node.campaign()))
        .hasSize(4)
        .first()
        .extracting(Appointment::id)
        .isEqualTo(next);
  }

  @Test
  void cancellingTheSecondDoseKeepsTheFirst() {
    UUID id = booked(1, two("2026-03-09T09:00"));
    cancel(1, Doses.id(id, 2));

    assertThat(own(1, id).active()).isTrue();
    assertThat(taken(two("2026-03-16T09:00"))).isZero();
  }

  @Test
  void whatHasBegunIsNeitherMovedNorCancelled() {
    UUID id = booked(1, one("2026-03-09T09:00"));
    DESK.at("2026-03-09T09:00");

    assertThat(cancel(1, id)).isEqualTo(new ChangeResult.Begun());
    assertThat(move(1, id, one("2026-03-10T09:00"))).isEqualTo(new ChangeResult.Begun());
  }

  @Test
  void othersAppointmentsDoNotExist() {
    UUID id = booked(1, one("2026-03-09T09:00"));

    assertThat(cancel(2, id)).isEqualTo(new ChangeResult.NotFound());
    assertThat(move(2, id, one("2026-03-10T09:00"))).isEqualTo(new ChangeResult.NotFound());
    assertThat(node.appointments().own(World.person(2), id)).isEmpty();
  }

  @Test
  void aMoveWithoutAPassGoesByTheAdmissionOfTheBooking() {
    UUID id = booked(1, one("2026-03-09T09:00"));
    Paper session = DESK.session(1);
    long to = one("2026-03-10T09:00");

    assertThat(node.changes().move(session, id, to, null)).isInstanceOf(ChangeResult.Done.class);
    DESK.at("2026-03-05T12:00");
    assertThat(node.changes().move(session, id, to, null))
        .isEqualTo(new ChangeResult.Refused(new PassMissing()));
  }
}
