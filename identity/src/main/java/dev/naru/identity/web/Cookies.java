package dev.naru.identity.web;

import dev.naru.common.web.Callers;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.NewCookie;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The two cookies that identity sets. Neither can be read by scripts or is sent along by other
/// sites' pages.
public final class Cookies {
  /// A random id by which a device is known again.
  static final String DEVICE = "naru_device";

  private static final int YEAR_SECONDS = 365 * 24 * 3600;
  private static final int UUID_LENGTH = 36;

  private final boolean secure;

  /// @param secure whether cookies are always marked Secure; otherwise only when the request came
  ///   over TLS
  public Cookies(boolean secure) {
    this.secure = secure;
  }

  NewCookie device(UUID device, HttpHeaders headers) {
    return cookie(DEVICE, device.toString(), YEAR_SECONDS, headers);
  }

  NewCookie session(String token, long seconds, HttpHeaders headers) {
    return cookie(Callers.COOKIE, token, Math.toIntExact(seconds), headers);
  }

  NewCookie noSession(HttpHeaders headers) {
    return cookie(Callers.COOKIE, "", 0, headers);
  }

  /// The caller's device, or null when there is no such cookie or it is not one of ours.
  static @Nullable UUID device(HttpHeaders headers) {
    Cookie cookie = headers.getCookies().get(DEVICE);
    if (cookie == null || cookie.getValue().length() != UUID_LENGTH) {
      return null;
    }
    try {
      return UUID.fromString(cookie.getValue());
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private NewCookie cookie(String name, String value, int seconds, HttpHeaders headers) {
    return new NewCookie.Builder(name)
        .value(value)
        .path("/")
        .maxAge(seconds)
        .httpOnly(true)
        .sameSite(NewCookie.SameSite.LAX)
        .secure(secure || "https".equals(headers.getHeaderString("X-Forwarded-Proto")))
        .build();
  }
}
