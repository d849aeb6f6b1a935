package dev.naru.booking.appointment;

import dev.naru.booking.appointment.BookingResult.CampaignUnknown;
import dev.naru.booking.appointment.BookingResult.Refusal;
import dev.naru.booking.campaign.Campaigns;
import dev.naru.booking.campaign.StoredCampaign;
import dev.naru.booking.search.SlotIndexes;
import dev.naru.booking.supply.Share;
import dev.naru.common.paper.Paper;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Books later doses that are not booked with the first.
public final class LaterDoses {
  private final Campaigns campaigns;
  private final SlotIndexes indexes;
  private final Appointments appointments;
  private final AppointmentStore store;
  private final InstantSource clock;
  private final Executor answers;

  /// @param answers where they are decided
  public LaterDoses(
      Campaigns campaigns,
      SlotIndexes indexes,
      Appointments appointments,
      AppointmentStore store,
      InstantSource clock,
      Executor answers) {
    this.campaigns = campaigns;
    this.indexes = indexes;
    this.appointments = appointments;
    this.store = store;
    this.clock = clock;
    this.answers = answers;
  }

  /// Books one later dose by itself, within the interval of its product. Does not block: later
  /// doses come over weeks, so each has a transaction of its own, on a thread of its own.
  ///
  /// @param dose from 2
  /// @param pass the token as it came, null when none did
  public CompletableFuture<BookingResult> book(
      Paper session, UUID id, String campaign, long slot, int dose, @Nullable String pass) {
    return CompletableFuture.supplyAsync(
        () -> decide(session, id, campaign, slot, dose, pass), answers);
  }

  /// The same, on the caller's thread. Blocks.
  ///
  /// @param dose from 2
  /// @param pass the token as it came, null when none did
  BookingResult decide(
      Paper session, UUID id, String campaignId, long slot, int dose, @Nullable String pass) {
    StoredCampaign stored = campaigns.byId(campaignId).orElse(null);
    if (stored == null) {
      return new CampaignUnknown();
    }
    Instant now = clock.instant();
    return switch (appointments.gate(session, stored, pass)) {
      case Gate.Shut(Refusal refusal) -> {
        LaterDose booking =
            laterDose(
                session, id, stored, slot, dose, Share.ALL, Appointments.asBefore(session), now);
        Optional<BookingResult> replay = store.inTurn(booking::replay);
        yield replay.orElse(refusal);
      }
      case Gate.Open(Share share, Appointment.Admission admission) -> {
        LaterDose booking = laterDose(session, id, stored, slot, dose, share, admission, now);
        Refusal refusal = appointments.refusesProduct(session, stored, slot);
        yield refusal == null
            ? store.inTurn(booking::run)
            : store.inTurn(booking::replay).orElse(refusal);
      }
    };
  }

  private LaterDose laterDose(
      Paper session,
      UUID id,
      StoredCampaign stored,
      long slot,
      int dose,
      Share share,
      Appointment.Admission admission,
      Instant now) {
    BookingRequest request =
        new BookingRequest(
            id,
            stored.number(),
            session.person(),
            List.of(slot),
            share,
            admission,
            BookingRequest.Terms.PLAIN,
            session.helper());
    return new LaterDose(stored.campaign(), indexes.of(stored), request, dose, now);
  }
}
