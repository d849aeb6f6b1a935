package dev.naru.app;

import dev.naru.booking.campaign.Campaign;
import dev.naru.booking.campaign.Campaigns;
import dev.naru.booking.campaign.StoredCampaign;
import dev.naru.booking.eligibility.Entitlement;
import dev.naru.common.eligibility.Applicant;
import dev.naru.common.eligibility.Decision;
import dev.naru.common.eligibility.Reason;
import dev.naru.common.paper.Paper;
import dev.naru.common.person.PersonKey;
import dev.naru.identity.check.CampaignEligibility;
import dev.naru.identity.check.EligibilityDesk;
import dev.naru.identity.helping.HelpingDesk;
import dev.naru.identity.helping.HelpingTerms;
import dev.naru.identity.session.SessionTimes;
import dev.naru.waitingroom.line.CampaignLines;
import dev.naru.waitingroom.line.LineCalendar;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Tells the identity and line stations what they need to know of campaigns, from memory.
public final class CampaignDesk implements EligibilityDesk, HelpingDesk, LineCalendar {
  private final Campaigns campaigns;
  private final Entitlement entitlement;

  CampaignDesk(Campaigns campaigns, Entitlement entitlement) {
    this.campaigns = campaigns;
    this.entitlement = entitlement;
  }

  @Override
  public boolean knows(String campaign) {
    return campaigns.byId(campaign).isPresent();
  }

  @Override
  public @Nullable CampaignEligibility of(String campaignId, Applicant applicant) {
    Campaign campaign = byId(campaignId);
    return campaign == null
        ? null
        : new CampaignEligibility(
            entitlement.atTheCheck(campaign, applicant),
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

  @Override
  public Decision decide(Paper session) {
    Campaign campaign = byId(session.campaign());
    return campaign == null ? gone(session) : entitlement.atTheLine(campaign, session);
  }

  @Override
  public Decision look(Paper session) {
    Campaign campaign = byId(session.campaign());
    return campaign == null ? gone(session) : entitlement.of(campaign, session);
  }

  @Override
  public @Nullable HelpingTerms terms(String campaignId) {
    Campaign campaign = byId(campaignId);
    return campaign == null || !campaign.helping().isAllowed()
        ? null
        : new HelpingTerms(campaign.helping().family(), campaign.sessionTime(), campaign.ends());
  }

  @Override
  public boolean isStaff(String campaignId, PersonKey person) {
    Campaign campaign = byId(campaignId);
    String staff = campaign == null ? null : campaign.helping().staff();
    return campaign != null && staff != null && entitlement.isOn(campaign, person, staff);
  }

  @Override
  public boolean isAllowedAnywhere() {
    return campaigns.all().stream().anyMatch(stored -> stored.campaign().helping().isAllowed());
  }

  private static Decision gone(Paper session) {
    return Decision.refused(session.cohort(), Reason.OTHER_CAMPAIGN, List.of());
  }

  private @Nullable Campaign byId(String id) {
    return campaigns.byId(id).map(StoredCampaign::campaign).orElse(null);
  }
}
