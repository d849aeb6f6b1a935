package dev.naru.common.eligibility;

/// What an identity provider says about somebody's registration.
public enum Nationality {
  /// In the residents' register.
  DOMESTIC,
  /// In the register of foreigners.
  FOREIGN,
  /// The provider does not say.
  UNKNOWN
}
