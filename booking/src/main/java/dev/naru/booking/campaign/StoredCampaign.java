package dev.naru.booking.campaign;

/// A campaign as applied.
///
/// @param number its key in the store, for ever
/// @param revision counts its changes, from 1
/// @param supply digest of what its slots were made from: the same digest, the same slots
/// @param campaign what the file says
public record StoredCampaign(int number, int revision, String supply, Campaign campaign) {}
