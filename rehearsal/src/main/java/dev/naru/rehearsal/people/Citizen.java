package dev.naru.rehearsal.people;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// A person who does not exist.
///
/// @param index within the crowd, from 0
/// @param name three Korean syllables
/// @param phone in the 010-0000 block, which belongs to nobody; not unique
/// @param ci 88 characters of Base64, unique for seed and index
/// @param region district code; null when the crowd knows no regions
public record Citizen(
    int index, String name, LocalDate birthDate, String phone, String ci, @Nullable String region) {

  /// What the person fills in at a simulated provider.
  ///
  /// @param request the paper that the check began with
  /// @return names and values by turns
  public String[] form(String request) {
    return new String[] {
      "request", request,
      "name", name,
      "birthDate", birthDate.toString(),
      "phone", phone,
      "ci", ci
    };
  }
}
