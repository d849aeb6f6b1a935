package dev.naru.booking.appointment;

import dev.naru.booking.appointment.BookingResult.CampaignUnknown;
import dev.naru.booking.appointment.BookingResult.NotEligible;
import dev.naru.booking.appointment.BookingResult.Refusal;
import dev.naru.booking.appointment.BookingResult.SlotFull;
import dev.naru.booking.appointment.BookingResult.SlotUnknown;
import dev.naru.booking.campaign.AppointmentTerms;
import dev.naru.booking.campaign.Campaign;
import dev.naru.booking.campaign.Campaigns;
import dev.naru.booking.campaign.Product;
import dev.naru.booking.campaign.StoredCampaign;
import dev.naru.booking.eligibility.Entitlement;
import dev.naru.booking.place.HeldPlace;
import dev.naru.booking.search.SlotIndex;
import dev.naru.booking.search.SlotIndex.Slot;
import dev.naru.booking.search.SlotIndexes;
import dev.naru.booking.supply.Share;
import dev.naru.common.eligibility.Decision;
import dev.naru.common.paper.Paper;
import dev.naru.common.paper.PaperCheck;
import dev.naru.common.paper.PaperKind;
import dev.naru.common.paper.Papers;
import dev.naru.common.person.PersonKey;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Books and reads appointments.
///
/// Booking is the surge path: it never blocks the caller's thread. Everything else is rare and runs
/// in a transaction of its own, on the caller's thread; it throws [AppointmentsAway] when the
/// database does not do its work, and [RejectedExecutionException] when too many wait for it.
public final class Appointments {
  /// How long somebody waits for an answer; what they asked for may still be done, and asking again
  /// with the same id finds out.
  private static final int PATIENCE_SECONDS = 2;

  private final Campaigns campaigns;
  private final Entitlement entitlement;
  private final SlotIndexes indexes;
  private final BookingEngine engine;
  private final AppointmentStore store;
  private final Papers papers;
  private final InstantSource clock;
  private final Executor answers;
  private final BookingDoor door;

  /// @param answers where bookings' answers are made, so that a writer has only to write
  public Appointments(
      Campaigns campaigns,
      Entitlement entitlement,
      SlotIndexes indexes,
      BookingEngine engine,
      AppointmentStore store,
      Papers papers,
      InstantSource clock,
      Executor answers) {
    this.campaigns = campaigns;
    this.entitlement = entitlement;
    this.indexes = indexes;
    this.engine = engine;
    this.store = store;
    this.papers = papers;
    this.clock = clock;
    this.answers = answers;
    this.door = new BookingDoor(engine.writers(), System::nanoTime);
  }

  /// Books a slot, and the later doses' slots with it when the product says so.
  ///
  /// @param session the caller's, verified
  /// @param id made by the caller; a retry uses the same
  /// @param pass the token as it came, null when none did
  /// @return completed when the result is on disk; exceptionally with [SentAway] or another
  ///   [RejectedExecutionException] under overload, when nothing was done, and otherwise when it is
  ///   not known what was done
  public CompletableFuture<BookingResult> book(
      Paper session, UUID id, String campaignId, long slot, @Nullable String pass) {
    Optional<StoredCampaign> found = campaigns.byId(campaignId);
    if (found.isEmpty()) {
      return CompletableFuture.completedFuture(new CampaignUnknown());
    }
    StoredCampaign campaign = found.get();
    CompletableFuture<BookingResult> result =
        switch (gate(session, campaign, pass)) {
          case Gate.Shut(Refusal refusal) -> refuse(session, id, campaign, slot, refusal);
          case Gate.Open(Share share, Appointment.Admission admission) ->
              book(session, id, campaign, slot, share, admission);
        };
    return patiently(result);
  }

  /// The copy may time out; what it copies completes with what was done.
  private CompletableFuture<BookingResult> patiently(CompletableFuture<BookingResult> result) {
    return result
        .copy()
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .whenCompleteAsync((_, _) -> {}, answers);
  }

  /// Books the place that somebody on the waitlist was offered: the offer stands in for the pass.
  public CompletableFuture<BookingResult> accept(
      Paper session, UUID id, StoredCampaign campaign, HeldPlace offer) {
    return patiently(
        switch (BookingRules.offered(
            campaign.campaign(), entitlement, session, offer, clock.instant())) {
          case Gate.Shut(Refusal refusal) -> refuse(session, id, campaign, offer.slot(), refusal);
          case Gate.Open(Share share, Appointment.Admission admission) ->
              book(session, id, campaign, offer.slot(), share, admission);
        });
  }

  /// What a retry is compared under, by somebody who would be refused by now.
  static Appointment.Admission asBefore(Paper session) {
    return new Appointment.Admission(session.session(), session.expires());
  }

  private CompletableFuture<BookingResult> book(
      Paper session,
      UUID id,
      StoredCampaign stored,
      long slot,
      Share share,
      Appointment.Admission admission) {
    Campaign campaign = stored.campaign();
    SlotIndex index = indexes.of(stored);
    Slot first = index.slot(slot);
    Instant now = clock.instant();
    if (first == null || index.hasBegun(slot, now) || !takesFirstDose(campaign, first)) {
      return refuse(session, id, stored, slot, new SlotUnknown());
    }
    Refusal refusal = refusesProduct(session, stored, slot);
    if (refusal != null) {
      return refuse(session, id, stored, slot, refusal);
    }
    List<Long> slots = new DosePlan(campaign, index, share, now).slotsFrom(first);
    if (slots.size() < DosePlan.doses(campaign, first)) {
      return refuse(session, id, stored, slot, new SlotFull(slots.size() + 1));
    }
    BookingRequest request =
        new BookingRequest(
            id,
            stored.number(),
            session.person(),
            slots,
            share,
            admission,
            terms(campaign, now),
            session.helper());
    int writer = engine.writer(first.site());
    return door.through(campaign.id(), writer, () -> engine.bookWith(writer, request));
  }

  private static BookingRequest.Terms terms(Campaign campaign, Instant now) {
    AppointmentTerms terms = campaign.terms();
    return terms.reserves() || terms.changesPerDay() > 0
        ? new BookingRequest.Terms(terms.reserves(), terms.changesPerDay(), today(campaign, now))
        : BookingRequest.Terms.PLAIN;
  }

  static LocalDate today(Campaign campaign, Instant now) {
    return LocalDate.ofInstant(now, campaign.zone());
  }

  private static boolean takesFirstDose(Campaign campaign, Slot slot) {
    return campaign.takesFirstDoses(LocalDate.ofInstant(slot.startsAt(), campaign.zone()));
  }

  /// Refuses, unless something that exists comes first: see [Existing#before].
  private CompletableFuture<BookingResult> refuse(
      Paper session, UUID id, StoredCampaign campaign, long slot, Refusal refusal) {
    BookingRequest question =
        new BookingRequest(
            id,
            campaign.number(),
            session.person(),
            Collections.nCopies(Doses.MOST, slot),
            Share.ALL,
            asBefore(session));
    return engine.existing(question).thenApply(existing -> existing.before(refusal));
  }

  /// The person's own appointment; others' do not exist for them. Blocks.
  public Optional<Appointment> own(PersonKey person, UUID id) {
    return Optional.ofNullable(ownOrNull(person, id));
  }

  @Nullable Appointment ownOrNull(PersonKey person, UUID id) {
    return store
        .inTurn(transaction -> transaction.doses().byId(id))
        .filter(appointment -> appointment.person().equals(person))
        .orElse(null);
  }

  /// The person's appointments in a campaign, active ones first; the latest 20. Blocks.
  public List<Appointment> of(PersonKey person, StoredCampaign campaign) {
    return store.inTurn(transaction -> transaction.doses().of(person, campaign.number()));
  }

  /// All doses of a booking as they are now. Blocks.
  ///
  /// @param first the first dose
  public List<Appointment> doses(Appointment first) {
    return store.inTurn(transaction -> transaction.doses().ofBooking(first));
  }

  /// Whether the caller may book now, and from which share of the supply.
  ///
  /// @param pass the token as it came, null when none did
  public Gate gate(Paper session, StoredCampaign campaign, @Nullable String pass) {
    return gate(session, campaign.campaign(), papers.verify(PaperKind.PASS, pass), clock.instant());
  }

  Gate gate(Paper session, Campaign campaign, PaperCheck pass, Instant now) {
    return BookingRules.gate(campaign, entitlement, session, pass, now);
  }

  /// Whether lists keep the caller from a slot's product.
  ///
  /// @return null when they do not, or when there is no such slot
  public @Nullable Refusal refusesProduct(Paper session, StoredCampaign stored, long slot) {
    Slot found = indexes.of(stored).slot(slot);
    return found == null
        ? null
        : refusesProduct(session, stored.campaign(), product(stored.campaign(), found));
  }

  /// Whether lists keep the caller from a product.
  ///
  /// @return null when they do not
  public @Nullable Refusal refusesProduct(Paper session, Campaign campaign, Product product) {
    Decision.Refused refused = entitlement.refusesProduct(campaign, session, product);
    return refused == null ? null : new NotEligible(refused);
  }

  /// How many bookings wait to be decided.
  public int waiting() {
    return engine.waiting();
  }

  /// How busy a campaign's bookings keep this node.
  public BookingDoor.Load load(String campaign) {
    return door.load(campaign);
  }

  /// The product of a slot.
  static Product product(Campaign campaign, Slot slot) {
    return campaign.products().get(slot.product());
  }
}
