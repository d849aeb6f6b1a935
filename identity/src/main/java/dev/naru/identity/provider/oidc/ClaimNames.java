package dev.naru.identity.provider.oidc;

import dev.naru.common.eligibility.Nationality;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where in the claims the person is. A name with dots goes down: `response.name`.
///
/// @param name of the person
/// @param birthDate one claim, or several that are put together; whatever else stands in them, they
///   must have eight digits: year, month, day
/// @param phone null when the issuer tells none
/// @param ci connecting information; null where issuer and subject take its place
/// @param nationality null when the issuer tells none
public record ClaimNames(
    String name,
    List<String> birthDate,
    @Nullable String phone,
    @Nullable String ci,
    @Nullable NationalityClaim nationality) {
  /// Without a nationality.
  public ClaimNames(
      String name, List<String> birthDate, @Nullable String phone, @Nullable String ci) {
    this(name, birthDate, phone, ci, null);
  }

  /// What a claim says of somebody's registration; any other value says nothing.
  ///
  /// @param claim its name
  /// @param domestic values of people in the residents' register
  /// @param foreign values of people in the register of foreigners
  public record NationalityClaim(String claim, List<String> domestic, List<String> foreign) {
    public NationalityClaim {
      domestic = List.copyOf(domestic);
      foreign = List.copyOf(foreign);
    }

    Nationality of(String value) {
      if (domestic.contains(value)) {
        return Nationality.DOMESTIC;
      }
      return foreign.contains(value) ? Nationality.FOREIGN : Nationality.UNKNOWN;
    }
  }

  /// The names of the standard; no connecting information.
  public static final ClaimNames STANDARD =
      new ClaimNames("name", List.of("birthdate"), "phone_number", null);

  public ClaimNames {
    birthDate = List.copyOf(birthDate);
  }
}
