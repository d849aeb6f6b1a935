package dev.naru.app.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.naru.app.Node;
import dev.naru.common.problem.Problem;
import dev.naru.common.text.Language;
import dev.naru.common.text.LocalText;
import dev.naru.common.web.CommonProblems;
import dev.naru.waitingroom.control.Orders;
import dev.naru.waitingroom.line.LineState;
import dev.naru.waitingroom.line.Lines;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What an operator does at a line, over HTTP: on the management port, and only with the token of
/// the installation (`naru line token`).
///
/// `GET /operator/campaigns/{c}/lines/{n}` answers how it stands with the last orders; `PATCH` on
/// the same address gives an order: `{"by": …, "floor"?, "ceiling"?, "door"?, "notice"?}`; what is
/// left out stays, null takes it back.
@Singleton
public class OperatorRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(OperatorRoutes.class);
  private static final String PATH = "/operator/campaigns/:campaign/lines/:line";
  private static final int LARGEST_BODY = 4_096;
  private static final int JOURNAL = 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Problem TOKEN =
      new Problem(
          "operator-token",
          401,
          new LocalText("운영자 토큰이 필요합니다", "The operator's token is needed"),
          new LocalText(
              "naru line token 명령이 출력하는 토큰을 Authorization: Bearer 헤더로 보내세요.",
              "Send what `naru line token` prints as Authorization: Bearer."));

  private static final Problem UNKNOWN =
      new Problem(
          "line-unknown",
          404,
          new LocalText("없는 대기열입니다", "There is no such line"),
          new LocalText(
              "캠페인 이름과 예약 창 번호(0부터)를 확인하세요.",
              "Check the campaign's id and the number of the window, from 0."));

  private static final Problem AWAY = CommonProblems.unavailable(5);

  void register(@Observes ManagementInterface management, Node node) {
    management
        .router()
        .route("/operator/*")
        .handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY));
    management.router().get(PATH).handler(context -> apart(context, () -> show(node, context)));
    management.router().patch(PATH).handler(context -> apart(context, () -> order(node, context)));
  }

  /// Orders wait for the database, which the event loop must not.
  private static void apart(RoutingContext context, Runnable work) {
    Thread.ofVirtual()
        .name("naru-operator")
        .start(
            () -> {
              try {
                work.run();
              } catch (RuntimeException e) {
                LOG.warn("An operator's request failed: {}", e.getMessage());
                refuse(context, AWAY);
              }
            });
  }

  private static boolean isOperator(Node node, RoutingContext context) {
    String header = context.request().getHeader("Authorization");
    return header != null
        && MessageDigest.isEqual(
            header.getBytes(UTF_8), ("Bearer " + node.operatorToken()).getBytes(UTF_8));
  }

  private static void show(Node node, RoutingContext context) {
    if (!isOperator(node, context)) {
      refuse(context, TOKEN);
      return;
    }
    Lines lines = node.waitingRoom().lines();
    String campaign = parameter(context, "campaign");
    Integer line = line(context);
    LineState state = line == null ? null : lines.of(campaign, line);
    if (line == null || state == null) {
      refuse(context, UNKNOWN);
    } else {
      answer(context, 200, OperatorView.of(state, lines.journal(campaign, line, JOURNAL)));
    }
  }

  private static void order(Node node, RoutingContext context) {
    Integer line = line(context);
    if (!isOperator(node, context)) {
      refuse(context, TOKEN);
      return;
    }
    try {
      JsonNode body = JSON.readTree(context.body().asString());
      OperatorOrder order = OperatorOrder.of(body);
      Orders orders =
          line == null
              ? null
              : node.waitingRoom()
                  .lines()
                  .order(parameter(context, "campaign"), line, order.by(), order.change())
                  .orElse(null);
      if (orders == null) {
        refuse(context, UNKNOWN);
      } else {
        LOG.info(
            "{} ordered for line {} of {}: {}",
            order.by(),
            line,
            parameter(context, "campaign"),
            orders);
        answer(context, 200, OperatorView.of(orders));
      }
    } catch (JsonProcessingException | IllegalArgumentException e) {
      String expected = String.valueOf(e.getMessage());
      refuse(context, CommonProblems.malformed("body", new LocalText(expected, expected)));
    }
  }

  private static String parameter(RoutingContext context, String name) {
    String value = context.pathParam(name);
    return value == null ? "" : value;
  }

  private static @Nullable Integer line(RoutingContext context) {
    String text = parameter(context, "line");
    return text.matches("[0-9]{1,4}") ? Integer.valueOf(text) : null;
  }

  private static void refuse(RoutingContext context, Problem problem) {
    Language language = Language.preferred(context.request().getHeader("Accept-Language"));
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", problem.type());
    body.put("title", problem.title().in(language));
    body.put("status", problem.status());
    body.put("detail", problem.detail().in(language));
    body.putAll(problem.fields());
    answer(context, problem.status(), body);
  }

  private static void answer(RoutingContext context, int status, Object body) {
    HttpServerResponse response = context.response();
    try {
      response
          .setStatusCode(status)
          .putHeader("Content-Type", status < 400 ? "application/json" : "application/problem+json")
          .putHeader("Cache-Control", "no-store")
          .end(JSON.writeValueAsString(body));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records can be written", e);
    }
  }
}
