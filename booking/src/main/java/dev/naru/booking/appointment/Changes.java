package dev.naru.booking.appointment;

import dev.naru.booking.appointment.BookingResult.Refusal;
import dev.naru.booking.campaign.Campaign;
import dev.naru.booking.campaign.Campaigns;
import dev.naru.booking.campaign.StoredCampaign;
import dev.naru.booking.search.SlotIndex;
import dev.naru.booking.search.SlotIndexes;
import dev.naru.booking.supply.Share;
import dev.naru.common.paper.Paper;
import dev.naru.common.paper.PaperCheck;
import dev.naru.common.paper.PaperKind;
import dev.naru.common.paper.Papers;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Moves and cancels appointments: rare, and each in a transaction of its own, on the caller's
/// thread. Throws as [Appointments] does.
public final class Changes {
  private final Campaigns campaigns;
  private final SlotIndexes indexes;
  private final Appointments appointments;
  private final AppointmentStore store;
  private final Papers papers;
  private final InstantSource clock;
  private final RandomGenerator random;

  /// @param random decides when a freed dose comes back; cryptographically strong
  public Changes(
      Campaigns campaigns,
      SlotIndexes indexes,
      Appointments appointments,
      AppointmentStore store,
      Papers papers,
      InstantSource clock,
      RandomGenerator random) {
    this.campaigns = campaigns;
    this.indexes = indexes;
    this.appointments = appointments;
    this.store = store;
    this.papers = papers;
    this.clock = clock;
    this.random = random;
  }

  /// Moves an appointment; the old slot is freed only if the new one is got. Moving the first dose
  /// moves the later ones along. Blocks.
  ///
  /// @param pass the token as it came; null when none did: then the admission that it was booked
  ///   under still counts until it ends
  public ChangeResult move(Paper session, UUID id, long slot, @Nullable String pass) {
    Appointment appointment = appointments.ownOrNull(session.person(), id);
    if (appointment == null) {
      return new ChangeResult.NotFound();
    }
    StoredCampaign campaign = campaigns.numbered(appointment.campaign());
    Instant now = clock.instant();
    PaperCheck check =
        pass == null
            ? admittedBefore(session, appointment, campaign.campaign(), now)
            : papers.verify(PaperKind.PASS, pass);
    return switch (appointments.gate(session, campaign.campaign(), check, now)) {
      case Gate.Shut(Refusal refusal) -> new ChangeResult.Refused(refusal);
      case Gate.Open(Share share, Appointment.Admission _) -> {
        SlotIndex index = indexes.of(campaign);
        Move move =
            new Move(
                campaign.campaign(),
                index,
                share,
                () -> appointments.refusesProduct(session, campaign, slot),
                freed(campaign.campaign(), now),
                limit(campaign.campaign(), now),
                now);
        yield store
            .inTurn(
                transaction ->
                    recorded(transaction, session, move.run(transaction, appointment, slot)))
            .result();
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
    Appointment appointment = appointments.ownOrNull(session.person(), id);
    if (appointment == null) {
      return new ChangeResult.NotFound();
    }
    StoredCampaign stored = campaigns.numbered(appointment.campaign());
    Campaign campaign = stored.campaign();
    Instant now = clock.instant();
    Cancellation cancellation =
        new Cancellation(indexes.of(stored), freed(campaign, now), limit(campaign, now), now);
    return store
        .inTurn(
            transaction ->
                recorded(transaction, session, cancellation.run(transaction, appointment)))
        .result();
  }

  private static Change recorded(TransactionStore transaction, Paper session, Change change)
      throws SQLException {
    transaction.recordHelped(HelpedEvent.of(session, change.events()));
    return change;
  }

  private FreedPlaces freed(Campaign campaign, Instant now) {
    return new FreedPlaces(campaign.terms(), random, now);
  }

  private static DayLimit limit(Campaign campaign, Instant now) {
    return new DayLimit(campaign.terms().changesPerDay(), Appointments.today(campaign, now));
  }
}
