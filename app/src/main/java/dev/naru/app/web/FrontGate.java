package dev.naru.app.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.naru.app.RateLimits;
import dev.naru.common.paper.Paper;
import dev.naru.common.paper.PaperCheck;
import dev.naru.common.paper.PaperKind;
import dev.naru.common.paper.Papers;
import dev.naru.common.problem.Problem;
import dev.naru.common.rate.RateLimiter;
import dev.naru.common.text.Language;
import dev.naru.common.text.LocalText;
import dev.naru.common.web.Callers;
import dev.naru.common.web.ProblemResponses;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Refuses who asks too often, before anything else is done for them. Only the status of the line
/// ([StatusRoute]) passes uncounted: it costs less than a refusal.
///
/// A session counts for itself only if its paper is genuine: who invents sessions is a stranger.
@Singleton
public class FrontGate {
  /// After the status, before everything else.
  private static final int ORDER = StatusRoute.ORDER + 1;

  /// Pages and their parts count for the address only: browsers fetch a dozen at once. However it
  /// is spelt (`/./api/`, `/%61pi/`), an address means here what it means to who answers it.
  private static final String API = "/api/";

  private static final String BEARER = "Bearer ";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RateLimits limits;
  private final Papers papers;
  private final RateLimiter sessions;
  private final RateLimiter strangers;
  private final RateLimiter addresses;

  @Inject
  public FrontGate(RateLimits limits, Papers papers, RandomGenerator random) {
    this.limits = limits;
    this.papers = papers;
    this.sessions = new RateLimiter(limits.session(), random.nextLong(), System::nanoTime);
    this.strangers = new RateLimiter(limits.stranger(), random.nextLong(), System::nanoTime);
    this.addresses = new RateLimiter(limits.address(), random.nextLong(), System::nanoTime);
  }

  void register(@Observes Router router) {
    router.route().order(ORDER).handler(this::pass);
  }

  private void pass(RoutingContext context) {
    Problem refusal = refusal(context);
    if (refusal == null) {
      context.next();
    } else {
      refuse(context, refusal);
    }
  }

  private @Nullable Problem refusal(RoutingContext context) {
    HttpServerRequest request = context.request();
    Long address = ClientAddress.key(request, limits.trustedProxies());
    long early = address == null ? 0 : addresses.take(address);
    if (early > 0) {
      return tooMany("address", early);
    }
    if (!context.normalizedPath().startsWith(API)) {
      return null;
    }
    String token = token(request);
    if (papers.verify(PaperKind.SESSION, token) instanceof PaperCheck.Valid(Paper session)) {
      early =
          sessions.take(
              session.session().getMostSignificantBits()
                  ^ session.session().getLeastSignificantBits());
      return early > 0 ? tooMany("session", early) : null;
    }
    boolean isCounted = token != null || !request.method().equals(HttpMethod.GET);
    early = address == null || !isCounted ? 0 : strangers.take(address);
    return early > 0 ? tooMany("address", early) : null;
  }

  private static @Nullable String token(HttpServerRequest request) {
    String bearer = request.getHeader("Authorization");
    if (bearer != null) {
      return bearer.startsWith(BEARER) ? bearer.substring(BEARER.length()) : bearer;
    }
    Cookie cookie = request.getCookie(Callers.COOKIE);
    return cookie == null ? null : cookie.getValue();
  }

  /// @param who session or address
  private static Problem tooMany(String who, long earlyNanos) {
    LocalText detail =
        who.equals("session")
            ? new LocalText(
                "이 접속에서 짧은 시간에 너무 많은 요청을 보냈습니다. 자주 요청해도 순서는 빨라지지 않으며, 대기 번호는 그대로입니다. 잠시 후 다시 시도하세요.",
                "Your session sent too many requests in a short time. Asking more often moves nobody"
                    + " forward, and your place is kept. Wait a moment, then try again.")
            : new LocalText(
                "같은 인터넷 주소에서 짧은 시간에 너무 많은 요청이 왔습니다. 대기 번호와 예약은 그대로입니다. 잠시 후 다시 시도하세요.",
                "Too many requests came from your internet address in a short time. Places and"
                    + " appointments are kept. Wait a moment, then try again.");
    return new Problem(
            "too-many-requests", 429, new LocalText("요청이 너무 잦습니다", "Too many requests"), detail)
        .with("limit", who)
        .with("retryAfter", 1 + TimeUnit.NANOSECONDS.toSeconds(earlyNanos));
  }

  private static void refuse(RoutingContext context, Problem problem) {
    Language language = Language.preferred(context.request().getHeader("Accept-Language"));
    try {
      context
          .response()
          .setStatusCode(problem.status())
          .putHeader("Content-Type", "application/problem+json")
          .putHeader("Cache-Control", "no-store")
          .putHeader("Retry-After", String.valueOf(problem.fields().get("retryAfter")))
          .end(Buffer.buffer(JSON.writeValueAsBytes(ProblemResponses.body(problem, language))));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers can be written", e);
    }
  }
}
