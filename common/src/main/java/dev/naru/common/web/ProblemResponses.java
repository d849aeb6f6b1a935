package dev.naru.common.web;

import dev.naru.common.problem.Problem;
import dev.naru.common.text.Language;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;

/// Writes a [Problem] as an HTTP answer: the one place where RFC 9457 is spelled out.
public final class ProblemResponses {
  private ProblemResponses() {}

  /// The answer, in the language of the request's Accept-Language; a `retryAfter` field also
  /// becomes the Retry-After header.
  public static Response of(Problem problem, HttpHeaders headers) {
    Language language = Language.preferred(headers.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE));
    Map<String, Object> body = body(problem, language);
    Response.ResponseBuilder response =
        Response.status(problem.status())
            .type("application/problem+json")
            .header(HttpHeaders.CACHE_CONTROL, "no-store")
            .header(HttpHeaders.CONTENT_LANGUAGE, language == Language.KO ? "ko" : "en")
            .entity(body);
    Object retryAfter = problem.fields().get("retryAfter");
    return retryAfter == null
        ? response.build()
        : response.header(HttpHeaders.RETRY_AFTER, retryAfter).build();
  }

  /// The members of the JSON object.
  public static Map<String, Object> body(Problem problem, Language language) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", problem.type());
    body.put("title", problem.title().in(language));
    body.put("status", problem.status());
    body.put("detail", problem.detail().in(language));
    body.putAll(problem.fields());
    return body;
  }
}
