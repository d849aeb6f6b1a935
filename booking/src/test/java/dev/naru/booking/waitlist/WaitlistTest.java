package dev.naru.booking.waitlist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.booking.appointment.BookingResult;
import dev.naru.booking.appointment.BookingResult.AlreadyBooked;
import dev.naru.booking.appointment.BookingResult.Booked;
import dev.naru.booking.appointment.BookingResult.NotEligible;
import dev.naru.booking.appointment.BookingResult.PassMissing;
import dev.naru.booking.appointment.BookingResult.Same;
import dev.naru.booking.appointment.BookingResult.SlotFull;
import dev.naru.booking.appointment.Desk;
import dev.naru.booking.appointment.World;
import dev.naru.booking.campaign.CampaignTexts;
import dev.naru.common.paper.Paper;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WaitlistTest {
  private static final Desk DESK = new Desk();
  private static final int OPEN_PHASE = 2;
  private static final int THREE = 2;
  private static final LocalDate FROM = LocalDate.of(2026, 3, 9);
  private static final LocalDate TO = LocalDate.of(2026, 3, 10);

  private Desk.Node node;
  private long slot;

  WaitlistTest() {
    DESK.renew(CampaignTexts.SMALL + "appointments: {waitlist: 20m}\n");
    node = DESK.node();
    slot = Desk.slot(node, 1, 0, "2026-03-09T09:00").id();
  }

  /// The same with product three, of one place in each slot, for some people alone.
  private void withAProductFor(Integer... listed) {
    DESK.renew(CampaignTexts.LISTED + "appointments: {waitlist: 20m}\n");
    DESK.list("staff", listed);
    node = DESK.node();
    slot = Desk.slot(node, 1, THREE, "2026-03-09T09:00").id();
  }

  @AfterAll
  static void end() {
    DESK.close();
  }

  @AfterEach
  void countersAreWhatTheRowsSay() {
    assertThat(DESK.world().wrongCounters()).isZero();
  }

  private BookingResult book(int person, UUID id, long at) {
    Paper session = DESK.session(person);
    return node.appointments()
        .book(session, id, "small", at, DESK.pass(session, OPEN_PHASE))
        .join();
  }

  private UUID booked(int person) {
    UUID id = UUID.randomUUID();
    assertThat(book(person, id, slot)).isInstanceOf(Booked.class);
    return id;
  }

  private Waitlist.Result join(int person, int line, long place, List<Integer> sites) {
    return join(person, line, place, sites, null);
  }

  private Waitlist.Result join(
      int person, int line, long place, List<Integer> sites, @Nullable Integer product) {
    Paper session = DESK.session(person);
    return node.waitlist()
        .join(
            session,
            "small",
            new Waitlist.Wishes(sites, FROM, TO, product),
            DESK.pass(session, line, place));
  }

  private void waits(int person, long place) {
    assertThat(join(person, OPEN_PHASE, place, List.of(2, 1)))
        .isInstanceOf(Waitlist.Result.On.class);
  }

  private boolean isOffered(int person) {
    return node.waitlist()
        .of(World.person(person), node.campaign())
        .map(standing -> standing.offer() != null)
        .orElse(false);
  }

  private @Nullable CompletableFuture<BookingResult> accept(int person, UUID id) {
    return node.waitlist().accept(DESK.session(person), node.campaign(), id);
  }

  private BookingResult accepted(int person, UUID id) {
    return Objects.requireNonNull(accept(person, id), "an offer").join();
  }

  private void fullAndOneCancels() {
    UUID first = booked(1);
    booked(2);
    booked(3);
    node.changes().cancel(DESK.session(1), first);
  }

  @Test
  void aFreedDoseIsOfferedInTheOrderOfTheLineAndNobodyElseGetsIt() {
    waits(11, 500);
    waits(12, 300);
    fullAndOneCancels();
    node.returns().run();

    assertThat(isOffered(12)).isTrue();
    assertThat(isOffered(11)).isFalse();
    assertThat(book(20, UUID.randomUUID(), slot)).isEqualTo(new SlotFull(1));
    assertThat(accept(11, UUID.randomUUID())).isNull();
    UUID id = UUID.randomUUID();
    assertThat(accepted(12, id)).isInstanceOf(Booked.class);
    assertThat(accepted(12, id)).as("a retry").isInstanceOf(Same.class);
    assertThat(node.waitlist().of(World.person(12), node.campaign())).isEmpty();
    assertThat(DESK.world().booked(slot)).isEqualTo(3);
  }

  @Test
  void anOfferThatIsNotAcceptedGoesToTheNextAndThenToAll() {
    waits(11, 500);
    waits(12, 300);
    fullAndOneCancels();
    node.returns().run();
    DESK.at("2026-03-05T09:20");
    assertThat(accept(12, UUID.randomUUID())).as("too late").isNull();
    node.returns().run();

    assertThat(isOffered(11)).isTrue();
    assertThat(node.waitlist().of(World.person(12), node.campaign())).as("off it").isEmpty();
    DESK.at("2026-03-05T09:40");
    node.returns().run();
    assertThat(DESK.world().booked(slot)).isEqualTo(2);
  }

  @Test
  void whoLeavesGivesTheOfferOn() {
    waits(11, 500);
    waits(12, 300);
    fullAndOneCancels();
    node.returns().run();
    node.waitlist().leave(World.person(12), node.campaign());
    waits(12, 600);
    node.returns().run();

    assertThat(isOffered(11)).isTrue();
    assertThat(isOffered(12)).as("joined again behind").isFalse();
    assertThat(node.waitlist().of(World.person(12), node.campaign())).isPresent();
  }

  @Test
  void whoeverBooksElsewhereLeavesTheListAndTheirOfferGoesOn() {
    waits(11, 500);
    waits(12, 300);
    fullAndOneCancels();
    node.returns().run();
    long other = Desk.slot(node, 1, 0, "2026-03-10T09:00").id();
    assertThat(book(12, UUID.randomUUID(), other)).isInstanceOf(Booked.class);
    node.returns().run();

    assertThat(isOffered(11)).isTrue();
    assertThat(node.waitlist().of(World.person(12), node.campaign())).isEmpty();
  }

  @Test
  void earlierWindowsComeFirstAndOtherSitesAndDaysAreNotOffered() {
    assertThat(join(14, OPEN_PHASE, 1, List.of(2))).isInstanceOf(Waitlist.Result.On.class);
    waits(11, 3);
    DESK.at("2026-03-03T17:00");
    assertThat(join(13, 0, 900, List.of(1))).isInstanceOf(Waitlist.Result.On.class);
    DESK.at("2026-03-05T09:00");
    fullAndOneCancels();
    node.returns().run();

    assertThat(isOffered(13)).isTrue();
    assertThat(isOffered(14)).isFalse();
  }

  @Test
  void noPassNoWaitingAndNobodyWaitsWhoIsBooked() {
    Paper session = DESK.session(11);
    Waitlist.Wishes wishes = new Waitlist.Wishes(List.of(1), FROM, TO, null);
    assertThat(node.waitlist().join(session, "small", wishes, null))
        .isEqualTo(new Waitlist.Result.Refused(new PassMissing()));
    UUID id = booked(11);
    assertThat(join(11, OPEN_PHASE, 1, List.of(1)))
        .isEqualTo(new Waitlist.Result.Refused(new AlreadyBooked(id)));
  }

  @Test
  void changedWishesKeepThePlaceInLine() {
    assertThat(join(11, OPEN_PHASE, 300, List.of(2))).isInstanceOf(Waitlist.Result.On.class);
    waits(12, 400);
    assertThat(join(11, OPEN_PHASE, 900, List.of(1))).isInstanceOf(Waitlist.Result.On.class);
    fullAndOneCancels();
    node.returns().run();

    assertThat(isOffered(11)).as("site 1, before 12").isTrue();
    assertThat(isOffered(12)).isFalse();
  }

  @Test
  void whomAListKeepsFromTheProductIsPassedOverAndWaitsOn() {
    withAProductFor(1, 40);
    for (int person = 11; person < 40; person++) {
      waits(person, person);
    }
    waits(40, 40);
    node.changes().cancel(DESK.session(1), booked(1));
    node.returns().run();

    assertThat(isOffered(40)).isTrue();
    assertThat(accepted(40, UUID.randomUUID())).isInstanceOf(Booked.class);
    for (int person = 11; person < 40; person++) {
      assertThat(node.waitlist().of(World.person(person), node.campaign()))
          .hasValueSatisfying(standing -> assertThat(standing.offer()).isNull());
    }
  }

  @Test
  void whatNobodyInLineMayHaveIsFreeForAll() {
    withAProductFor(1);
    for (int person = 11; person < 31; person++) {
      waits(person, person);
    }
    node.changes().cancel(DESK.session(1), booked(1));
    node.returns().run();

    assertThat(DESK.world().booked(slot)).isZero();
  }

  @Test
  void nobodyWaitsForAProductThatAListKeepsThemFrom() {
    withAProductFor(12);

    assertThat(join(11, OPEN_PHASE, 1, List.of(1), THREE))
        .isInstanceOfSatisfying(
            Waitlist.Result.Refused.class,
            refused -> assertThat(refused.refusal()).isInstanceOf(NotEligible.class));
    assertThat(join(12, OPEN_PHASE, 1, List.of(1), THREE)).isInstanceOf(Waitlist.Result.On.class);
    assertThat(join(11, OPEN_PHASE, 1, List.of(1), 0)).isInstanceOf(Waitlist.Result.On.class);
  }
}
