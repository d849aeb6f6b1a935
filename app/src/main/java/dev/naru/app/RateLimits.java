package dev.naru.app;

import dev.naru.common.rate.Rate;
import java.util.Set;

/// How often people may ask: all limits of the front gate in one place.
///
/// Many people stand behind one address: a household, a company, a carrier's NAT with thousands of
/// phones. So the limit that stops a script is the one of its session, which costs a verified
/// person; addresses have room for a crowd, and only stop floods.
///
/// @param session calls of the API by one session
/// @param stranger from one address, changing requests without a session and all with a forged one:
///   beginning to verify, guessing
/// @param address everything from one address but the status of the line
/// @param trustedProxies addresses whose X-Forwarded-For is believed
public record RateLimits(Rate session, Rate stranger, Rate address, Set<String> trustedProxies) {
  /// A page that is opened calls up to six times, somebody who looks through sites about once a
  /// second, and the waiting page every two seconds at most. Sixty at once are ten tabs.
  public static final Rate SESSION = new Rate(5, 60);

  /// Two thousand phones behind one address that come in the same minute and begin and end a check:
  /// 67 a second.
  public static final Rate STRANGER = new Rate(100, 2_000);

  /// The same two thousand on their way through pages and search.
  public static final Rate ADDRESS = new Rate(2_000, 20_000);
}
