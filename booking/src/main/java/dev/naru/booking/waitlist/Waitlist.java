package dev.naru.booking.waitlist;

import dev.naru.booking.appointment.Appointment;
import dev.naru.booking.appointment.AppointmentStore;
import dev.naru.booking.appointment.Appointments;
import dev.naru.booking.appointment.BookingResult;
import dev.naru.booking.appointment.BookingResult.AlreadyBooked;
import dev.naru.booking.appointment.BookingResult.CampaignUnknown;
import dev.naru.booking.appointment.BookingResult.PassMissing;
import dev.naru.booking.appointment.BookingResult.Refusal;
import dev.naru.booking.appointment.FreedPlaces;
import dev.naru.booking.appointment.Gate;
import dev.naru.booking.appointment.TransactionStore;
import dev.naru.booking.campaign.Campaigns;
import dev.naru.booking.campaign.StoredCampaign;
import dev.naru.booking.place.HeldPlace;
import dev.naru.booking.place.HeldStore;
import dev.naru.booking.place.WaitlistEntry;
import dev.naru.common.paper.Paper;
import dev.naru.common.paper.PaperCheck;
import dev.naru.common.paper.PaperKind;
import dev.naru.common.paper.Papers;
import dev.naru.common.person.PersonKey;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Who waits for a freed dose. Whoever was called may put themselves on the list: the place by the
/// draw comes with the pass. An offer stands in for the pass when it is accepted (adr/0020).
/// Blocks.
public final class Waitlist {
  private final Campaigns campaigns;
  private final Appointments appointments;
  private final AppointmentStore store;
  private final Papers papers;
  private final InstantSource clock;
  private final RandomGenerator random;

  public Waitlist(
      Campaigns campaigns,
      Appointments appointments,
      AppointmentStore store,
      Papers papers,
      InstantSource clock,
      RandomGenerator random) {
    this.campaigns = campaigns;
    this.appointments = appointments;
    this.store = store;
    this.papers = papers;
    this.clock = clock;
    this.random = random;
  }

  /// Where somebody stands.
  ///
  /// @param offer what they can accept now; null when nothing was offered
  public record Standing(WaitlistEntry entry, @Nullable HeldPlace offer) {}

  /// What came of putting oneself on the list.
  public sealed interface Result {
    /// On disk.
    record On(Standing standing) implements Result {}

    /// Whoever may not book may not wait either.
    record Refused(Refusal refusal) implements Result {}

    /// The campaign has no waitlist.
    record Off() implements Result {}
  }

  /// What somebody wants.
  ///
  /// @param sites one to five that exist
  public record Wishes(
      List<Integer> sites, LocalDate from, LocalDate to, @Nullable Integer product) {}

  /// Puts somebody on the list, or changes their wishes; the place in line stays.
  ///
  /// @param pass the token as it came, null when none did
  public Result join(Paper session, String campaignId, Wishes wishes, @Nullable String pass) {
    StoredCampaign stored = campaigns.byId(campaignId).orElse(null);
    if (stored == null) {
      return new Result.Refused(new CampaignUnknown());
    }
    if (!stored.campaign().terms().waitlist()) {
      return new Result.Off();
    }
    if (appointments.gate(session, stored, pass) instanceof Gate.Shut(Refusal refusal)) {
      return new Result.Refused(refusal);
    }
    if (!(papers.verify(PaperKind.PASS, pass) instanceof PaperCheck.Valid(Paper paper))) {
      return new Result.Refused(new PassMissing());
    }
    Integer product = wishes.product();
    Refusal barred =
        product == null
            ? null
            : appointments.refusesProduct(
                session, stored.campaign(), stored.campaign().products().get(product));
    if (barred != null) {
      return new Result.Refused(barred);
    }
    WaitlistEntry entry =
        new WaitlistEntry(
            paper.line(),
            paper.number(),
            session.cohort(),
            wishes.sites(),
            wishes.from(),
            wishes.to(),
            product);
    return store.inTurn(
        transaction -> {
          Optional<Appointment> booked = active(transaction, session.person(), stored.number());
          if (booked.isPresent()) {
            return new Result.Refused(new AlreadyBooked(booked.get().id()));
          }
          transaction.waitlist().put(session.person(), stored.number(), entry);
          return new Result.On(
              standing(transaction, session.person(), stored.number()).orElseThrow());
        });
  }

  private static Optional<Appointment> active(
      TransactionStore transaction, PersonKey person, int campaign) throws SQLException {
    return transaction.doses().of(person, campaign).stream()
        .filter(Appointment::active)
        .findFirst();
  }

  /// Where somebody stands; empty when they are not on the list.
  public Optional<Standing> of(PersonKey person, StoredCampaign campaign) {
    return store.inTurn(transaction -> standing(transaction, person, campaign.number()));
  }

  private Optional<Standing> standing(TransactionStore transaction, PersonKey person, int campaign)
      throws SQLException {
    Optional<WaitlistEntry> entry = transaction.waitlist().of(person, campaign);
    HeldPlace offer =
        transaction
            .held()
            .of(person, campaign, HeldPlace.Kind.OFFER)
            .filter(place -> place.until().isAfter(clock.instant()))
            .orElse(null);
    return entry.map(waiting -> new Standing(waiting, offer));
  }

  /// Leaves the list; an offer goes to the next in line. Leaving again is the same.
  public void leave(PersonKey person, StoredCampaign campaign) {
    store.inTurn(
        transaction -> {
          HeldStore held = transaction.held();
          List<UUID> offers =
              held.lock(person, campaign.number(), HeldPlace.Kind.OFFER).stream()
                  .map(HeldPlace::id)
                  .toList();
          for (UUID offer : offers) {
            held.comeBack(
                offer,
                new FreedPlaces(campaign.campaign().terms(), random, transaction.now()).back());
          }
          transaction.waitlist().remove(List.of(person), campaign.number());
          return offers;
        });
  }

  /// Makes the offer an appointment, by the rules and the engine of every booking.
  ///
  /// @param id made by the caller; a retry uses the same
  /// @return null when nothing is offered; otherwise as [Appointments#book]
  public @Nullable CompletableFuture<BookingResult> accept(
      Paper session, StoredCampaign campaign, UUID id) {
    HeldPlace offer =
        store
            .inTurn(
                transaction ->
                    transaction
                        .held()
                        .of(session.person(), campaign.number(), HeldPlace.Kind.OFFER))
            .filter(place -> place.until().isAfter(clock.instant()))
            .orElse(null);
    if (offer != null) {
      return appointments.accept(session, id, campaign, offer);
    }
    Optional<Appointment> before = appointments.own(session.person(), id);
    return before.isEmpty()
        ? null
        : CompletableFuture.completedFuture(
            new BookingResult.Same(appointments.doses(before.get())));
  }
}
