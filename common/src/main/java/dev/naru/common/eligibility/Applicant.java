package dev.naru.common.eligibility;

import dev.naru.common.person.PersonKey;
import java.time.LocalDate;

/// What is known of somebody at the moment when they are verified, and what rules are asked about.
public record Applicant(PersonKey person, LocalDate birth, Nationality nationality) {
  /// Nothing personal: this may reach a log.
  @Override
  public String toString() {
    return "Applicant[" + person + "]";
  }
}
