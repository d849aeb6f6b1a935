package dev.naru.booking.citizen;

import dev.naru.booking.campaign.AppointmentTerms;
import dev.naru.booking.campaign.Campaign;
import dev.naru.booking.campaign.Product;
import dev.naru.common.text.Language;
import dev.naru.common.text.LocalText;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;

/// A campaign as JSON.
record CampaignView(
    String id,
    String name,
    LocalText names,
    String zone,
    String phase,
    List<WindowView> windows,
    List<ProductView> products,
    Born eligible,
    Days supply,
    Terms appointments,
    Helpers helping,
    OffsetDateTime serverTime) {

  /// First and last day of birth that is eligible.
  record Born(LocalDate bornFrom, LocalDate bornTo) {}

  /// First and last day of first doses.
  record Days(LocalDate from, LocalDate to) {}

  /// What there is beyond booking; all 0 where there is nothing.
  ///
  /// @param holdSeconds how long a hold lasts
  /// @param acceptSeconds how long an offer of the waitlist stands
  /// @param returnSeconds longest time until a freed dose can be booked again
  record Terms(long holdSeconds, long acceptSeconds, long returnSeconds, int changesPerDay) {}

  /// Who may act for others; nobody where both say so.
  ///
  /// @param family how many people anybody may help
  /// @param staff whether staff of offices may help any number
  record Helpers(int family, boolean staff) {}

  /// What is given.
  record ProductView(
      String id,
      String name,
      int doses,
      int intervalDays,
      int earliestDays,
      int latestDays,
      boolean bookedTogether) {}

  /// A line of the list of campaigns.
  record Entry(String id, String name, LocalText names, String phase) {}

  static CampaignView of(
      Campaign campaign, Commitments commitments, Language language, Instant now) {
    return new CampaignView(
        campaign.id(),
        campaign.name().in(language),
        campaign.name(),
        campaign.zone().getId(),
        campaign.calendar().phase(now).code(),
        campaign.calendar().windows().stream()
            .map(
                window ->
                    WindowView.of(
                        window, campaign.zone(), commitments.of(campaign.id(), window.line())))
            .toList(),
        campaign.products().stream().map(product -> view(product, language)).toList(),
        new Born(campaign.bornFrom(), campaign.bornTo()),
        new Days(campaign.supply().from(), campaign.supply().to()),
        terms(campaign.terms()),
        new Helpers(campaign.helping().family(), campaign.helping().staff() != null),
        RefusalProblems.time(now, campaign.zone()));
  }

  private static Terms terms(AppointmentTerms terms) {
    return new Terms(
        terms.hold().toSeconds(),
        terms.accept().toSeconds(),
        terms.returnDelay().toSeconds(),
        terms.changesPerDay());
  }

  static Entry entry(Campaign campaign, Language language, Instant now) {
    return new Entry(
        campaign.id(),
        campaign.name().in(language),
        campaign.name(),
        campaign.calendar().phase(now).code());
  }

  private static ProductView view(Product product, Language language) {
    return new ProductView(
        product.id(),
        product.name().in(language),
        product.doses(),
        product.intervalDays(),
        product.earliestDays(),
        product.latestDays(),
        product.bookedTogether());
  }
}
