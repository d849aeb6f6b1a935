package dev.naru.booking.appointment;

import dev.naru.booking.appointment.BookingResult.CampaignUnknown;
import dev.naru.booking.appointment.BookingResult.Refusal;
import dev.naru.booking.appointment.BookingResult.SlotFull;
import dev.naru.booking.appointment.BookingResult.SlotUnknown;
import dev.naru.booking.campaign.Campaign;
import dev.naru.booking.campaign.Campaigns;
import dev.naru.booking.campaign.Product;
import dev.naru.booking.campaign.StoredCampaign;
import dev.naru.booking.search.SlotIndex;
import dev.naru.booking.search.SlotIndex.Slot;
import dev.naru.booking.search.SlotIndexes;
import dev.naru.booking.supply.Share;
import dev.naru.common.paper.Paper;
import dev.naru.common.paper.PaperCheck;
import dev.naru.common.paper.PaperKind;
import dev.naru.common.paper.Papers;
import dev.naru.common.person.PersonKey;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Books, moves, cancels and reads appointments.
///
/// Booking is the surge path: it never blocks the caller's thread. Everything else is rare and runs
/// in a transaction of its own, on the caller's thread.
public final class Appointments {
  private final Campaigns campaigns;
  private final SlotIndexes indexes;
  private final BookingEngine engine;
  private final AppointmentStore store;
  private final Papers papers;
  private final InstantSource clock;
  private final Executor blocking;

  /// @param blocking where look-ups of refused retries may wait for the database
  public Appointments(
      Campaigns campaigns,
      SlotIndexes indexes,
      BookingEngine engine,
      AppointmentStore store,
      Papers papers,
      InstantSource clock,
      Executor blocking) {
    this.campaigns = campaigns;
    this.indexes = indexes;
    this.engine = engine;
    this.store = store;
    this.papers = papers;
    this.clock = clock;
    this.blocking = blocking;
  }

  /// Books a slot, and the later doses' slots with it when the product says so.
  ///
  /// @param session the caller's, verified
  /// @param id made by the caller; a retry uses the same
  /// @param pass the token as it came, null when none did
  /// @return completed when the result is on disk; exceptionally with
  ///   [java.util.concurrent.RejectedExecutionException] under overload, when nothing was done
  public CompletableFuture<BookingResult> book(
      Paper session, UUID id, String campaignId, long slot, @Nullable String pass) {
    Optional<StoredCampaign> found = campaigns.byId(campaignId);
    if (found.isEmpty()) {
      return CompletableFuture.completedFuture(new CampaignUnknown());
    }
    StoredCampaign campaign = found.get();
    Instant now = clock.instant();
    return switch (gate(session, campaign, pass)) {
      case Gate.Shut(Refusal refusal) ->
          unlessReplayed(session.person(), id, campaign.number(), slot, refusal);
      case Gate.Open(Share share, Appointment.Admission admission) -> {
        SlotIndex index = indexes.of(campaign);
        Slot first = index.slot(slot);
        if (first == null || !takesFirstDose(campaign.campaign(), first)) {
          yield unlessReplayed(session.person(), id, campaign.number(), slot, new SlotUnknown());
        }
        List<Long> slots = new DosePlan(campaign.campaign(), index, share, now).slotsFrom(first);
        BookingRequest request =
            new BookingRequest(id, campaign.number(), session.person(), slots, share, admission);
        if (slots.size() < DosePlan.doses(campaign.campaign(), first)) {
          yield unlessReplayed(
              session.person(), id, campaign.number(), slot, new SlotFull(slots.size() + 1));
        }
        yield engine
            .book(request, first.site())
            .thenApply(
                result -> {
                  if (result instanceof BookingResult.Booked booked) {
                    booked.doses().forEach(dose -> index.add(dose.slot(), 1));
                  }
                  return result;
                });
      }
    };
  }

  private static boolean takesFirstDose(Campaign campaign, Slot slot) {
    return campaign.takesFirstDoses(LocalDate.ofInstant(slot.startsAt(), campaign.zone()));
  }

  /// A retry gets its first answer even when a booking would be refused by now; so an id that
  /// exists comes before every refusal.
  private CompletableFuture<BookingResult> unlessReplayed(
      PersonKey person, UUID id, int campaign, long slot, Refusal refusal) {
    BookingRequest question =
        new BookingRequest(
            id,
            campaign,
            person,
            java.util.Collections.nCopies(Doses.MOST, slot),
            Share.ALL,
            new Appointment.Admission(id, Instant.EPOCH));
    return CompletableFuture.supplyAsync(
        () -> {
          Map<UUID, Appointment> byId =
              unchecked(
                  () -> store.inTransaction(transaction -> transaction.byIds(List.of(question))));
          BookingResult replay = Replay.of(question, byId);
          return replay == null ? refusal : replay;
        },
        blocking);
  }

  /// Moves an appointment; the old slot is freed only if the new one is got. Moving the first dose
  /// moves the later ones along. Blocks.
  ///
  /// @param pass the token as it came; null when none did: then the admission that it was booked
  ///   under still counts until it ends
  public ChangeResult move(Paper session, UUID id, long slot, @Nullable String pass) {
    Appointment appointment = ownOrNull(session.person(), id);
    if (appointment == null) {
      return new ChangeResult.NotFound();
    }
    StoredCampaign campaign = campaigns.numbered(appointment.campaign());
    Instant now = clock.instant();
    PaperCheck check =
        pass == null
            ? admittedBefore(session, appointment, campaign.campaign(), now)
            : papers.verify(PaperKind.PASS, pass);
    return switch (BookingRules.gate(campaign.campaign(), session, check, now)) {
      case Gate.Shut(Refusal refusal) -> new ChangeResult.Refused(refusal);
      case Gate.Open(Share share, Appointment.Admission _) -> {
        SlotIndex index = indexes.of(campaign);
        Move move = new Move(campaign.campaign(), index, share, now);
        ChangeResult result =
            unchecked(
                () -> store.inTransaction(transaction -> move.run(transaction, appointment, slot)));
        move.changes().forEach(index::add);
        yield result;
      }
    };
  }

  /// The admission under which something was booked, as if its pass had been sent again.
  private static PaperCheck admittedBefore(
      Paper session, Appointment appointment, Campaign campaign, Instant now) {
    int line = campaign.calendar().current(now).map(window -> window.line()).orElse(-1);
    Paper pass =
        new Paper(
            PaperKind.PASS,
            campaign.id(),
            appointment.person(),
            appointment.admission().session(),
            session.cohort(),
            0,
            line,
            appointment.admission().until());
    return now.isBefore(pass.expires()) ? new PaperCheck.Valid(pass) : new PaperCheck.Forged();
  }

  /// Cancels an appointment, and the later doses of the same booking with it. Cancelling again is
  /// the same. Blocks.
  public ChangeResult cancel(Paper session, UUID id) {
    Appointment appointment = ownOrNull(session.person(), id);
    if (appointment == null) {
      return new ChangeResult.NotFound();
    }
    SlotIndex index = indexes.of(campaigns.numbered(appointment.campaign()));
    Cancellation cancellation = new Cancellation();
    ChangeResult result =
        unchecked(
            () -> store.inTransaction(transaction -> cancellation.run(transaction, appointment)));
    cancellation.freed().forEach(slot -> index.add(slot, -1));
    return result;
  }

  /// The person's own appointment; others' do not exist for them. Blocks.
  public Optional<Appointment> own(PersonKey person, UUID id) {
    return Optional.ofNullable(ownOrNull(person, id));
  }

  private @Nullable Appointment ownOrNull(PersonKey person, UUID id) {
    return unchecked(() -> store.byId(id))
        .filter(appointment -> appointment.person().equals(person))
        .orElse(null);
  }

  /// The person's appointments in a campaign, active ones first; the latest 20. Blocks.
  public List<Appointment> of(PersonKey person, StoredCampaign campaign) {
    return unchecked(() -> store.of(person, campaign.number()));
  }

  /// The later doses of a booking as they are now. Blocks.
  public List<Appointment> laterDoses(Appointment first) {
    return unchecked(
        () -> {
          List<Appointment> later = new ArrayList<>();
          for (UUID id : Doses.ids(first.id()).subList(1, Doses.MOST)) {
            store.byId(id).ifPresent(later::add);
          }
          return later;
        });
  }

  /// Whether the caller may book now, and from which share of the supply.
  ///
  /// @param pass the token as it came, null when none did
  public Gate gate(Paper session, StoredCampaign campaign, @Nullable String pass) {
    return BookingRules.gate(
        campaign.campaign(), session, papers.verify(PaperKind.PASS, pass), clock.instant());
  }

  /// How many bookings wait to be decided.
  public int waiting() {
    return engine.waiting();
  }

  /// A database call.
  private interface Call<T> {
    T run() throws SQLException;
  }

  private static <T> T unchecked(Call<T> call) {
    try {
      return call.run();
    } catch (SQLException e) {
      throw new IllegalStateException("the database did not answer", e);
    }
  }

  /// The product of a slot.
  static Product product(Campaign campaign, Slot slot) {
    return campaign.products().get(slot.product());
  }
}
