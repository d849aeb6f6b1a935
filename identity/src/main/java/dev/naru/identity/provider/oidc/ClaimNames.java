package dev.naru.identity.provider.oidc;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where in the claims the person is. A name with dots goes down: `response.name`.
///
/// @param name of the person
/// @param birthDate one claim, or several that are put together; whatever else stands in them, they
///   must have eight digits: year, month, day
/// @param phone null when the issuer tells none
/// @param ci connecting information; null where issuer and subject take its place
public record ClaimNames(
    String name, List<String> birthDate, @Nullable String phone, @Nullable String ci) {
  /// The names of the standard; no connecting information.
  public static final ClaimNames STANDARD =
      new ClaimNames("name", List.of("birthdate"), "phone_number", null);

  public ClaimNames {
    birthDate = List.copyOf(birthDate);
  }
}
