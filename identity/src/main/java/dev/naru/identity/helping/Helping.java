package dev.naru.identity.helping;

import dev.naru.common.person.PersonKey;
import java.time.Instant;
import java.util.UUID;

/// Somebody acts for a person in a campaign.
///
/// @param cohort of the person
/// @param staff whether the helper acted as staff of an office
/// @param until when it is over by itself; whole seconds
public record Helping(
    UUID id,
    String campaign,
    PersonKey person,
    PersonKey helper,
    boolean staff,
    int cohort,
    Instant began,
    Instant until) {}
