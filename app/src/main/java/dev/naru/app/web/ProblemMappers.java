package dev.naru.app.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.naru.common.problem.Problem;
import dev.naru.common.text.LocalText;
import dev.naru.common.web.CommonProblems;
import dev.naru.common.web.ProblemResponses;
import dev.naru.database.valkey.ValkeyAway;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.concurrent.RejectedExecutionException;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What becomes of exceptions: the one place where a bug turns into an answer.
public class ProblemMappers {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemMappers.class);
  private static final LocalText JSON =
      new LocalText("올바른 JSON이 아닙니다.", "is not the JSON that this call takes.");

  /// A body that is not the JSON of the call, with the field that is wrong.
  @ServerExceptionMapper
  public Response unreadable(JsonProcessingException e, HttpHeaders headers) {
    return ProblemResponses.of(CommonProblems.malformed(field(e), JSON), headers);
  }

  /// The same; the framework has a wordless answer of its own for these.
  @ServerExceptionMapper
  public Response mismatched(MismatchedInputException e, HttpHeaders headers) {
    return unreadable(e, headers);
  }

  /// What the framework refuses: unknown addresses, methods, media types, too large bodies.
  @ServerExceptionMapper
  public Response refused(WebApplicationException e, HttpHeaders headers) {
    if (e.getCause() instanceof JsonProcessingException cause) {
      return unreadable(cause, headers);
    }
    int status = e.getResponse().getStatus();
    if (status >= 500) {
      return bug(e, headers);
    }
    return ProblemResponses.of(
        switch (status) {
          case 404 ->
              new Problem(
                  "not-found",
                  404,
                  new LocalText("없는 주소입니다", "There is nothing at this address"),
                  new LocalText("첫 페이지에서 다시 시작하세요.", "Start again from the first page."));
          case 413 ->
              new Problem(
                  "too-large",
                  413,
                  new LocalText("요청이 너무 큽니다", "The request is too large"),
                  new LocalText("16 KB까지 보낼 수 있습니다.", "At most 16 KB can be sent."));
          case 400 -> CommonProblems.malformed("body", JSON);
          default ->
              new Problem(
                  "not-possible",
                  status,
                  new LocalText("할 수 없는 요청입니다", "This request is not possible here"),
                  new LocalText(
                      "주소, 방법, 형식을 확인하세요 (/openapi).",
                      "Check address, method and media type (/openapi)."));
        },
        headers);
  }

  /// Anything else is a bug: logged here, told without a word of its inside.
  @ServerExceptionMapper
  public Response bug(Throwable e, HttpHeaders headers) {
    if (e instanceof RejectedExecutionException) {
      return ProblemResponses.of(CommonProblems.overloaded(1), headers);
    }
    if (isDatabaseAway(e)) {
      LOG.warn("A request failed because the database is away");
      return ProblemResponses.of(CommonProblems.unavailable(2), headers);
    }
    LOG.error("A request failed", e);
    return ProblemResponses.of(
        new Problem(
            "internal",
            500,
            new LocalText("처리하지 못했습니다", "Something went wrong on our side"),
            new LocalText(
                "오류를 기록했습니다. 잠시 후 같은 요청을 다시 보내세요. 두 번 처리되지 않습니다.",
                "The error was recorded. Send the same request again in a moment: it is never done"
                    + " twice.")),
        headers);
  }

  /// Class 08 is a broken connection, 57P a server that ends; the pool's own word is a transient
  /// exception.
  private static boolean isDatabaseAway(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLTransientException || cause instanceof ValkeyAway) {
        return true;
      }
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return sql.getSQLState().startsWith("08") || sql.getSQLState().startsWith("57P");
      }
    }
    return false;
  }

  private static String field(JsonProcessingException e) {
    if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      String name = mapping.getPath().getLast().getFieldName();
      if (name != null && name.length() <= 60) {
        return name;
      }
    }
    return "body";
  }
}
