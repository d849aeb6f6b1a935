package dev.naru.identity.provider;

/// What a check is for. Whoever is asked to confirm it is told.
public enum Purpose {
  /// The person's own session.
  SESSION,
  /// That a member of staff, whom the person has called, may act for them.
  HELPING
}
