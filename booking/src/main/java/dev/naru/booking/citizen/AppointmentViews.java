package dev.naru.booking.citizen;

import dev.naru.booking.appointment.Appointment;
import dev.naru.booking.campaign.Campaign;
import dev.naru.booking.campaign.Campaigns;
import dev.naru.booking.campaign.Product;
import dev.naru.booking.campaign.StoredCampaign;
import dev.naru.booking.search.Search;
import dev.naru.booking.search.Sites;
import dev.naru.booking.search.SlotIndex.Slot;
import dev.naru.booking.site.Site;
import dev.naru.common.text.Language;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts the words to an appointment: which site, when, what. Reads memory only.
public final class AppointmentViews {
  private final Campaigns campaigns;
  private final Search search;
  private final Sites sites;

  public AppointmentViews(Campaigns campaigns, Search search, Sites sites) {
    this.campaigns = campaigns;
    this.search = search;
    this.sites = sites;
  }

  /// The doses of one booking: the first as the answer, the later ones as following it.
  ///
  /// @param doses at least one
  AppointmentView of(List<Appointment> doses, Language language) {
    List<AppointmentView> later =
        doses.stream().skip(1).map(dose -> one(dose, language, null)).toList();
    return one(doses.getFirst(), language, later.isEmpty() ? null : later);
  }

  /// One appointment alone.
  public AppointmentView of(Appointment appointment, Language language) {
    return one(appointment, language, null);
  }

  /// Where and when an appointment is.
  record Visit(Campaign campaign, Product product, Site site, OffsetDateTime startsAt) {}

  Visit visit(Appointment appointment) {
    StoredCampaign stored = campaigns.numbered(appointment.campaign());
    Slot slot = search.slot(stored, appointment.slot());
    if (slot == null) {
      throw new IllegalStateException("slot " + appointment.slot() + " is not in the index");
    }
    Site site =
        sites
            .byId(slot.site())
            .orElseThrow(() -> new IllegalStateException("no site " + slot.site()));
    Campaign campaign = stored.campaign();
    return new Visit(
        campaign,
        campaign.products().get(slot.product()),
        site,
        RefusalProblems.time(slot.startsAt(), campaign.zone()));
  }

  private AppointmentView one(
      Appointment appointment, Language language, @Nullable List<AppointmentView> following) {
    Visit visit = visit(appointment);
    return new AppointmentView(
        appointment.id().toString(),
        appointment.active() ? "booked" : "cancelled",
        visit.campaign().id(),
        String.valueOf(visit.site().id()),
        visit.site().name(),
        visit.site().address(),
        visit.site().phone(),
        String.valueOf(appointment.slot()),
        visit.startsAt(),
        visit.product().id(),
        visit.product().name().in(language),
        appointment.dose(),
        following);
  }
}
