package dev.naru.common.web;

import dev.naru.common.paper.Paper;
import dev.naru.common.paper.PaperCheck;
import dev.naru.common.paper.PaperKind;
import dev.naru.common.paper.Papers;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import org.jspecify.annotations.Nullable;

/// Finds out who is calling: the session cookie or the bearer token, verified and still alive.
public final class Callers {
  /// The session cookie.
  public static final String COOKIE = "naru_session";

  /// Other sites' pages cannot send this header, so a cookie alone changes nothing.
  public static final String OWN_PAGE_HEADER = "X-Naru-Request";

  private static final String BEARER = "Bearer ";

  private final Papers papers;
  private final LiveSessions sessions;

  public Callers(Papers papers, LiveSessions sessions) {
    this.papers = papers;
    this.sessions = sessions;
  }

  /// Who makes a call that only reads.
  public Caller reading(HttpHeaders headers) {
    String bearer = bearer(headers);
    return bearer != null ? known(bearer) : known(cookie(headers));
  }

  /// Who makes a call that changes something: with the cookie, the header of our own pages too.
  public Caller changing(HttpHeaders headers) {
    String bearer = bearer(headers);
    if (bearer != null) {
      return known(bearer);
    }
    if (cookie(headers) != null && !"1".equals(headers.getHeaderString(OWN_PAGE_HEADER))) {
      return new Caller.Unknown(CommonProblems.CROSS_SITE);
    }
    return known(cookie(headers));
  }

  private Caller known(@Nullable String token) {
    return switch (papers.verify(PaperKind.SESSION, token)) {
      case PaperCheck.Valid(Paper session) when sessions.use(session) -> new Caller.Known(session);
      case PaperCheck.Valid _, PaperCheck.Expired _, PaperCheck.Forged _ ->
          new Caller.Unknown(CommonProblems.UNAUTHENTICATED);
    };
  }

  private static @Nullable String bearer(HttpHeaders headers) {
    String value = headers.getHeaderString(HttpHeaders.AUTHORIZATION);
    return value != null && value.startsWith(BEARER) ? value.substring(BEARER.length()) : null;
  }

  private static @Nullable String cookie(HttpHeaders headers) {
    Cookie cookie = headers.getCookies().get(COOKIE);
    return cookie == null ? null : cookie.getValue();
  }
}
