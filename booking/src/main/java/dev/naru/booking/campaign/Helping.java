package dev.naru.booking.campaign;

import org.jspecify.annotations.Nullable;

/// Who may act for others in a campaign, with their consent.
///
/// @param family how many people anybody may help; 0: nobody may who is not staff
/// @param staff the list of those who may help any number, such as a call centre's; null for none
public record Helping(int family, @Nullable String staff) {
  /// Everybody books for themselves.
  public static final Helping FORBIDDEN = new Helping(0, null);

  /// Whether there is any helping.
  public boolean isAllowed() {
    return family > 0 || staff != null;
  }
}
