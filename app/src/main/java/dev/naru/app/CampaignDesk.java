package dev.naru.app;

import dev.naru.booking.campaign.Campaign;
import dev.naru.booking.campaign.Campaigns;
import dev.naru.booking.campaign.StoredCampaign;
import dev.naru.booking.eligibility.EligibilityRules;
import dev.naru.identity.check.CampaignEligibility;
import dev.naru.identity.check.EligibilityDesk;
import dev.naru.identity.session.SessionTimes;
import dev.naru.waitingroom.line.CampaignLines;
import dev.naru.waitingroom.line.LineCalendar;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Tells the identity and line stations what they need to know of campaigns, from memory.
public final class CampaignDesk implements EligibilityDesk, LineCalendar {
  private final Campaigns campaigns;
  private final InstantSource clock;

  CampaignDesk(Campaigns campaigns, InstantSource clock) {
    this.campaigns = campaigns;
    this.clock = clock;
  }

  @Override
  public boolean knows(String campaign) {
    return campaigns.byId(campaign).isPresent();
  }

  @Override
  public @Nullable CampaignEligibility of(String campaignId, LocalDate birthDate) {
    Campaign campaign = byId(campaignId);
    return campaign == null
        ? null
        : new CampaignEligibility(
            EligibilityRules.decide(campaign, birthDate, clock.instant()),
            campaign.zone(),
            new SessionTimes(campaign.leaseTime(), campaign.sessionTime()),
            campaign.personsKeptUntil());
  }

  @Override
  public Set<String> campaigns() {
    return campaigns.all().stream()
        .map(stored -> stored.campaign().id())
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public @Nullable CampaignLines of(String campaignId) {
    Campaign campaign = byId(campaignId);
    return campaign == null
        ? null
        : new CampaignLines(
            campaign.id(),
            campaign.zone(),
            campaign.calendar().windows(),
            campaign.admitPerMinute(),
            campaign.passTime());
  }

  private @Nullable Campaign byId(String id) {
    return campaigns.byId(id).map(StoredCampaign::campaign).orElse(null);
  }
}
