package dev.naru.identity.check;

import dev.naru.common.eligibility.Decision;
import dev.naru.identity.session.SessionTimes;
import java.time.Instant;
import java.time.ZoneId;

/// Whether somebody may take part in a campaign, and what else a session for it depends on.
///
/// @param zone in which the campaign's times are told
/// @param times of a session for it
/// @param keepUntil how long it needs people's data
public record CampaignEligibility(
    Decision decision, ZoneId zone, SessionTimes times, Instant keepUntil) {}
