package dev.naru.identity.provider;

import java.time.LocalDate;

/// Whom a provider has identified.
///
/// @param ci connecting information: the same for a person whichever provider is asked
/// @param name as officially registered
/// @param birthDate in the calendar of the provider's country
/// @param phone digits only
public record VerifiedPerson(String ci, String name, LocalDate birthDate, String phone) {
  /// Nothing personal: this may reach a log.
  @Override
  public String toString() {
    return "VerifiedPerson";
  }
}
