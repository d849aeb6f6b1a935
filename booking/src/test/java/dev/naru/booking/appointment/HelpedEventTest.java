package dev.naru.booking.appointment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.booking.appointment.BookingResult.AlreadyBooked;
import dev.naru.booking.appointment.BookingResult.Booked;
import dev.naru.booking.appointment.BookingResult.Same;
import dev.naru.booking.campaign.CampaignTexts;
import dev.naru.common.paper.Paper;
import dev.naru.common.paper.PaperKind;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// What a helper does is recorded with both keys, in the transaction that does it.
final class HelpedEventTest {
  private static final Desk DESK = new Desk();
  private static final int OPEN_PHASE = 2;
  private static final int HELPER = 77;

  private Desk.Node node = begin(CampaignTexts.SMALL);

  private static Desk.Node begin(String campaign) {
    DESK.renew(campaign);
    return DESK.node();
  }

  @AfterAll
  static void end() {
    DESK.close();
  }

  private static Paper acting(int person) {
    Paper own = DESK.session(person);
    return new Paper(
        PaperKind.HELPING,
        own.campaign(),
        own.person(),
        new UUID(8, person),
        own.cohort(),
        0,
        0,
        own.expires(),
        World.person(HELPER));
  }

  private BookingResult book(Paper caller, UUID id, long slot) {
    return node.appointments()
        .book(caller, id, "small", slot, DESK.pass(caller, OPEN_PHASE))
        .join();
  }

  private static long recorded(int kind, UUID appointment, int person) {
    return DESK.world()
        .number(
            "SELECT count(*) FROM booking.helped_event WHERE kind = %d AND appointment = '%s' AND person = '\\x%s' AND helper = '\\x%s'"
                .formatted(kind, appointment, hex(person), hex(HELPER)));
  }

  private static String hex(int person) {
    return HexFormat.of().formatHex(World.person(person).bytes());
  }

  private static long all() {
    return DESK.world().number("SELECT count(*) FROM booking.helped_event");
  }

  @Test
  void bookingMovingAndCancellingAreRecordedOnce() {
    Paper acting = acting(1);
    UUID id = UUID.randomUUID();
    long slot = Desk.slot(node, 1, 0, "2026-03-12T09:00").id();
    assertThat(book(acting, id, slot)).isInstanceOf(Booked.class);
    assertThat(book(acting, id, slot)).isInstanceOf(Same.class);
    assertThat(book(acting, UUID.randomUUID(), slot)).isInstanceOf(AlreadyBooked.class);
    assertThat(all()).as("refusals and retries record nothing").isEqualTo(1);
    assertThat(recorded(1, id, 1)).isEqualTo(1);

    long other = Desk.slot(node, 1, 0, "2026-03-12T09:30").id();
    assertThat(node.changes().move(acting, id, other, DESK.pass(acting, OPEN_PHASE)))
        .isInstanceOf(ChangeResult.Done.class);
    assertThat(recorded(2, id, 1)).isEqualTo(1);
    assertThat(node.changes().cancel(acting, id)).isInstanceOf(ChangeResult.Done.class);
    assertThat(node.changes().cancel(acting, id)).isInstanceOf(ChangeResult.Done.class);
    assertThat(recorded(3, id, 1)).isEqualTo(1);
    assertThat(all()).isEqualTo(3);
  }

  @Test
  void eachDoseOfABookingIsRecorded() {
    Paper acting = acting(2);
    UUID id = UUID.randomUUID();
    long slot = Desk.slot(node, 1, 1, "2026-03-12T09:00").id();
    assertThat(book(acting, id, slot)).isInstanceOf(Booked.class);
    assertThat(recorded(1, id, 2)).isEqualTo(1);
    assertThat(recorded(1, Doses.id(id, 2), 2)).isEqualTo(1);
  }

  @Test
  void aLaterDoseByItselfIsRecordedToo() {
    node = begin(CampaignTexts.SMALL.replace("bookedTogether: true", "bookedTogether: false"));
    Paper acting = acting(5);
    assertThat(book(acting, UUID.randomUUID(), Desk.slot(node, 1, 1, "2026-03-12T09:00").id()))
        .isInstanceOf(Booked.class);
    UUID second = UUID.randomUUID();
    long slot = Desk.slot(node, 1, 1, "2026-03-19T09:00").id();
    assertThat(
            node.laterDoses()
                .book(acting, second, "small", slot, 2, DESK.pass(acting, OPEN_PHASE))
                .join())
        .isInstanceOf(Booked.class);
    assertThat(recorded(1, second, 5)).isEqualTo(1);
  }

  @Test
  void aDoseThatComesBackToEverybodyIsNotThePersons() {
    node = begin(CampaignTexts.SMALL + "appointments: {returnDelay: 30m}\n");
    Paper acting = acting(3);
    UUID id = UUID.randomUUID();
    assertThat(book(acting, id, Desk.slot(node, 1, 0, "2026-03-12T09:00").id()))
        .isInstanceOf(Booked.class);
    assertThat(node.changes().cancel(acting, id)).isInstanceOf(ChangeResult.Done.class);
    assertThat(all()).isEqualTo(2);
  }

  @Test
  void whatPeopleDoForThemselvesIsNoHelp() {
    Paper own = DESK.session(4);
    UUID id = UUID.randomUUID();
    assertThat(book(own, id, Desk.slot(node, 1, 0, "2026-03-12T09:00").id()))
        .isInstanceOf(Booked.class);
    assertThat(node.changes().cancel(own, id)).isInstanceOf(ChangeResult.Done.class);
    assertThat(all()).isZero();
  }
}
