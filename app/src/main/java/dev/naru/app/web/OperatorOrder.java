package dev.naru.app.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.naru.common.text.LocalText;
import dev.naru.waitingroom.control.Door;
import dev.naru.waitingroom.control.Orders;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// An order as an operator sent it.
///
/// @param by who gives it
/// @param change from all that counted before to all that counts from now on
record OperatorOrder(String by, UnaryOperator<Orders> change) {
  private static final Set<String> FIELDS = Set.of("by", "floor", "ceiling", "door", "notice");

  /// @throws IllegalArgumentException when it is no such order; the message says why
  static OperatorOrder of(@Nullable JsonNode body) {
    if (body == null || !body.isObject()) {
      throw new IllegalArgumentException("a JSON object with by and an order");
    }
    for (Iterator<String> names = body.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!FIELDS.contains(name)) {
        throw new IllegalArgumentException("unknown field " + name);
      }
    }
    if (!body.path("by").isTextual() || body.size() < 2) {
      throw new IllegalArgumentException("by (a name) and an order are needed");
    }
    JsonNode door = body.path("door");
    JsonNode notice = body.path("notice");
    Door newDoor = door.isMissingNode() ? null : door(door.asText());
    LocalText newNotice = notice.isObject() ? notice(notice) : null;
    Integer floor = pace(body, "floor");
    Integer ceiling = pace(body, "ceiling");
    return new OperatorOrder(
        body.path("by").asText(),
        before ->
            new Orders(
                body.has("floor") ? floor : before.floor(),
                body.has("ceiling") ? ceiling : before.ceiling(),
                newDoor == null ? before.door() : newDoor,
                body.has("notice") ? newNotice : before.notice()));
  }

  private static @Nullable Integer pace(JsonNode body, String name) {
    JsonNode value = body.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isInt()) {
      throw new IllegalArgumentException(name + " is a whole number of people a minute");
    }
    return value.intValue();
  }

  private static Door door(String text) {
    return Arrays.stream(Door.values())
        .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("door is open, paused or closed"));
  }

  private static LocalText notice(JsonNode notice) {
    if (!notice.path("ko").isTextual() || !notice.path("en").isTextual()) {
      throw new IllegalArgumentException("a notice has ko and en");
    }
    return new LocalText(notice.path("ko").asText(), notice.path("en").asText());
  }
}
