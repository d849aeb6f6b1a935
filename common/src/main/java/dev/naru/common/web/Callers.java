package dev.naru.common.web;

import dev.naru.common.paper.Paper;
import dev.naru.common.paper.PaperCheck;
import dev.naru.common.paper.PaperKind;
import dev.naru.common.paper.Papers;
import dev.naru.common.problem.Problem;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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

  /// A server that was started again is found within a second.
  private static final int RETRY_SECONDS = 2;

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
  ///
  /// @return never completed exceptionally
  public CompletionStage<Caller> reading(HttpHeaders headers) {
    return ownReading(headers).thenApply(own -> acting(own, headers));
  }

  /// For whom a call is made that changes something: with the cookie, the header of our own pages
  /// too.
  ///
  /// @return never completed exceptionally
  public CompletionStage<Caller> changing(HttpHeaders headers) {
    return ownChanging(headers).thenApply(own -> acting(own, headers));
  }

  /// Who makes a call that only reads, whomever they help.
  ///
  /// @return never completed exceptionally
  public CompletionStage<Caller> ownReading(HttpHeaders headers) {
    String bearer = bearer(headers);
    return bearer != null ? known(bearer) : known(cookie(headers));
  }

  /// Who makes a call that changes something, whomever they help.
  ///
  /// @return never completed exceptionally
  public CompletionStage<Caller> ownChanging(HttpHeaders headers) {
    String bearer = bearer(headers);
    if (bearer != null) {
      return known(bearer);
    }
    if (cookie(headers) != null && !"1".equals(headers.getHeaderString(OWN_PAGE_HEADER))) {
      return unknown(CommonProblems.CROSS_SITE);
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

  /// Waits; for virtual threads.
  public static Caller await(CompletionStage<Caller> caller) {
    return caller.toCompletableFuture().join();
  }

  private CompletionStage<Caller> known(@Nullable String token) {
    return switch (papers.verify(PaperKind.SESSION, token)) {
      case PaperCheck.Valid(Paper session) ->
          sessions.use(session).thenApply(state -> caller(session, state));
      case PaperCheck.Expired _, PaperCheck.Forged _ -> unknown(CommonProblems.UNAUTHENTICATED);
    };
  }

  private static Caller caller(Paper session, LiveSessions.State state) {
    return switch (state) {
      case LIVE -> new Caller.Known(session);
      case DEAD -> new Caller.Unknown(CommonProblems.UNAUTHENTICATED);
      case UNKNOWN -> new Caller.Unknown(CommonProblems.unavailable(RETRY_SECONDS));
    };
  }

  private static CompletionStage<Caller> unknown(Problem problem) {
    return CompletableFuture.completedStage(new Caller.Unknown(problem));
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
