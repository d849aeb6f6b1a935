package dev.naru.common.web;

import dev.naru.common.paper.Paper;
import dev.naru.common.paper.PaperCheck;
import dev.naru.common.paper.PaperKind;
import dev.naru.common.paper.Papers;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import org.jspecify.annotations.Nullable;

/// Finds out who is calling: the session cookie or the bearer token, verified and still alive. Who
/// sends a helping beside their own session acts for the person it names, wherever people may be
/// helped; what concerns sessions and helpings themselves is everybody's own.
public final class Callers {
  /// The session cookie.
  public static final String COOKIE = "naru_session";

  /// Other sites' pages cannot send this header, so a cookie alone changes nothing.
  public static final String OWN_PAGE_HEADER = "X-Naru-Request";

  /// The paper of kind HELPING of somebody who acts for another person.
  public static final String HELPING_HEADER = "X-Naru-Helping";

  private static final String BEARER = "Bearer ";

  private final Papers papers;
  private final LiveSessions sessions;
  private final LiveHelpings helpings;

  public Callers(Papers papers, LiveSessions sessions, LiveHelpings helpings) {
    this.papers = papers;
    this.sessions = sessions;
    this.helpings = helpings;
  }

  /// For whom a call is made that only reads.
  public Caller reading(HttpHeaders headers) {
    return acting(ownReading(headers), headers);
  }

  /// For whom a call is made that changes something: with the cookie, the header of our own pages
  /// too.
  public Caller changing(HttpHeaders headers) {
    return acting(ownChanging(headers), headers);
  }

  /// Who makes a call that only reads, whomever they help.
  public Caller ownReading(HttpHeaders headers) {
    String bearer = bearer(headers);
    return bearer != null ? known(bearer) : known(cookie(headers));
  }

  /// Who makes a call that changes something, whomever they help.
  public Caller ownChanging(HttpHeaders headers) {
    String bearer = bearer(headers);
    if (bearer != null) {
      return known(bearer);
    }
    if (cookie(headers) != null && !"1".equals(headers.getHeaderString(OWN_PAGE_HEADER))) {
      return new Caller.Unknown(CommonProblems.CROSS_SITE);
    }
    return known(cookie(headers));
  }

  /// A helping is of use only to its helper, in a session of their own for the same campaign.
  private Caller acting(Caller own, HttpHeaders headers) {
    String token = headers.getHeaderString(HELPING_HEADER);
    if (token == null || !(own instanceof Caller.Known(Paper session))) {
      return own;
    }
    return papers.verify(PaperKind.HELPING, token) instanceof PaperCheck.Valid(Paper helping)
            && session.person().equals(helping.helper())
            && session.campaign().equals(helping.campaign())
            && helpings.counts(helping)
        ? new Caller.Known(helping)
        : new Caller.Unknown(CommonProblems.HELPING_OVER);
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
