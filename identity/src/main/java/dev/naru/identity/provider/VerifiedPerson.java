package dev.naru.identity.provider;

import dev.naru.common.eligibility.Nationality;
import java.time.LocalDate;

/// Whom a provider has identified.
///
/// @param ci connecting information: the same for a person whichever provider is asked
/// @param name as officially registered
/// @param birthDate in the calendar of the provider's country
/// @param phone as [PhoneRules#atHome] writes it; empty when the provider does not tell
/// @param nationality as far as the provider says
public record VerifiedPerson(
    String ci, String name, LocalDate birthDate, String phone, Nationality nationality) {
  /// Of a provider that does not tell nationalities.
  public VerifiedPerson(String ci, String name, LocalDate birthDate, String phone) {
    this(ci, name, birthDate, phone, Nationality.UNKNOWN);
  }

  /// Nothing personal: this may reach a log.
  @Override
  public String toString() {
    return "VerifiedPerson";
  }
}
