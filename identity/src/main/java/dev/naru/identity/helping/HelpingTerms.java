package dev.naru.identity.helping;

import java.time.Duration;
import java.time.Instant;

/// What a campaign that allows helping allows.
///
/// @param family how many people somebody may help who is not staff
/// @param lasts how long a helping goes on at most
/// @param ends when every helping of the campaign is over
public record HelpingTerms(int family, Duration lasts, Instant ends) {}
