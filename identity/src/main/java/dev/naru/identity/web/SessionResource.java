package dev.naru.identity.web;

import dev.naru.common.paper.Paper;
import dev.naru.common.problem.Problem;
import dev.naru.common.web.Caller;
import dev.naru.common.web.Callers;
import dev.naru.common.web.CommonProblems;
import dev.naru.common.web.ProblemResponses;
import dev.naru.identity.helping.Helpings;
import dev.naru.identity.session.SessionRegistry;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/// Logging out.
@Path("/api/v1/me/session")
public class SessionResource {
  private final SessionRegistry sessions;
  private final Helpings helpings;
  private final Callers callers;
  private final Cookies cookies;

  @Inject
  public SessionResource(
      SessionRegistry sessions, Helpings helpings, Callers callers, Cookies cookies) {
    this.sessions = sessions;
    this.helpings = helpings;
    this.callers = callers;
    this.cookies = cookies;
  }

  /// Idempotent: whoever has no session is logged out already. Who helps others does so no more.
  @DELETE
  @RunOnVirtualThread
  public Response logOut(@Context HttpHeaders headers) {
    return switch (Callers.await(callers.ownChanging(headers))) {
      case Caller.Unknown(Problem problem) when problem.equals(CommonProblems.UNAUTHENTICATED) ->
          loggedOut(headers);
      case Caller.Unknown(Problem problem) -> ProblemResponses.of(problem, headers);
      case Caller.Known(Paper session) -> {
        helpings.endAll(session.person());
        yield sessions.close(session).toCompletableFuture().join()
            ? loggedOut(headers)
            : ProblemResponses.of(IdentityProblems.NOT_STORED, headers);
      }
    };
  }

  private Response loggedOut(HttpHeaders headers) {
    return Response.noContent().cookie(cookies.noSession(headers)).build();
  }
}
