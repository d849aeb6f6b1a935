package dev.naru.identity.web;

import dev.naru.common.paper.Paper;
import dev.naru.common.problem.Problem;
import dev.naru.common.web.Caller;
import dev.naru.common.web.Callers;
import dev.naru.common.web.CommonProblems;
import dev.naru.common.web.ProblemResponses;
import dev.naru.identity.session.SessionRegistry;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Logging out.
@Path("/api/v1/me/session")
public class SessionResource {
  private final SessionRegistry sessions;
  private final Callers callers;
  private final Cookies cookies;

  @Inject
  public SessionResource(SessionRegistry sessions, Callers callers, Cookies cookies) {
    this.sessions = sessions;
    this.callers = callers;
    this.cookies = cookies;
  }

  /// Idempotent: whoever has no session is logged out already.
  @DELETE
  @NonBlocking
  public CompletionStage<Response> logOut(@Context HttpHeaders headers) {
    return callers.changing(headers).thenCompose(caller -> logOut(caller, headers));
  }

  private CompletionStage<Response> logOut(Caller caller, HttpHeaders headers) {
    return switch (caller) {
      case Caller.Unknown(Problem problem) when problem.equals(CommonProblems.UNAUTHENTICATED) ->
          CompletableFuture.completedFuture(loggedOut(headers));
      case Caller.Unknown(Problem problem) ->
          CompletableFuture.completedFuture(ProblemResponses.of(problem, headers));
      case Caller.Known(Paper session) ->
          sessions
              .close(session)
              .thenApply(
                  stored ->
                      stored
                          ? loggedOut(headers)
                          : ProblemResponses.of(IdentityProblems.NOT_STORED, headers));
    };
  }

  private Response loggedOut(HttpHeaders headers) {
    return Response.noContent().cookie(cookies.noSession(headers)).build();
  }
}
