package dev.naru.identity.person;

import java.time.LocalDate;

/// What Naru keeps about a person, sealed.
///
/// @param name as officially registered
/// @param phone digits only
public record PersonData(String name, LocalDate birthDate, String phone) {
  /// The name for a screen that others may see: 홍길동 becomes 홍*동.
  public String maskedName() {
    return NameRules.masked(name);
  }

  /// Nothing personal: this may reach a log.
  @Override
  public String toString() {
    return "PersonData";
  }

  /// One line each for birth date and phone; the rest is the name, whatever it contains.
  String text() {
    return birthDate + "\n" + phone + "\n" + name;
  }

  static PersonData of(String text) {
    String[] parts = text.split("\n", 3);
    return new PersonData(parts[2], LocalDate.parse(parts[0]), parts[1]);
  }
}
