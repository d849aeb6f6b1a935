package dev.naru.waitingroom.line;

import dev.naru.common.text.LocalText;
import dev.naru.waitingroom.control.Door;
import dev.naru.waitingroom.control.Orders;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// What operators ordered: only added to, never changed.
final class OrderStore {
  private static final String LAST =
      """
      SELECT floor, ceiling, door, notice_ko, notice_en FROM waitingroom.line_order
      WHERE line = :line ORDER BY id DESC LIMIT 1
      """;

  private final Jdbi jdbi;

  OrderStore(DataSource database) {
    this.jdbi = Jdbi.create(database);
  }

  /// Adds an order to those before. The line's row is locked meanwhile: two operators at the same
  /// moment both count, one after the other.
  ///
  /// @return all that counts now; empty when there is no such line
  Optional<Orders> give(
      String campaign, int line, String by, Instant now, UnaryOperator<Orders> change) {
    return jdbi.inTransaction(
        handle -> {
          Optional<Integer> id =
              handle
                  .createQuery(
                      """
                      SELECT id FROM waitingroom.line
                      WHERE campaign = :campaign AND line = :line FOR UPDATE
                      """)
                  .bind("campaign", campaign)
                  .bind("line", line)
                  .mapTo(Integer.class)
                  .findOne();
          if (id.isEmpty()) {
            return Optional.empty();
          }
          Orders before =
              handle
                  .createQuery(LAST)
                  .bind("line", id.get())
                  .map((row, _) -> orders(row))
                  .findOne()
                  .orElse(Orders.NONE);
          Orders after = change.apply(before);
          handle
              .createUpdate(
                  """
                  INSERT INTO waitingroom.line_order
                    (line, given_at, given_by, floor, ceiling, door, notice_ko, notice_en)
                  VALUES (:line, :now, :by, :floor, :ceiling, :door, :ko, :en)
                  """)
              .bind("line", id.get())
              .bind("now", now.atOffset(ZoneOffset.UTC))
              .bind("by", by)
              .bind("floor", after.floor())
              .bind("ceiling", after.ceiling())
              .bind("door", after.door().name())
              .bind("ko", after.notice() == null ? null : after.notice().ko())
              .bind("en", after.notice() == null ? null : after.notice().en())
              .execute();
          return Optional.of(after);
        });
  }

  /// The orders of a line, the latest first.
  List<LineOrder> journal(String campaign, int line, int most) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT o.* FROM waitingroom.line_order o
                    JOIN waitingroom.line l ON l.id = o.line
                    WHERE l.campaign = :campaign AND l.line = :line
                    ORDER BY o.id DESC LIMIT :most
                    """)
                .bind("campaign", campaign)
                .bind("line", line)
                .bind("most", most)
                .map(
                    (row, _) ->
                        new LineOrder(
                            row.getObject("given_at", OffsetDateTime.class).toInstant(),
                            row.getString("given_by"),
                            orders(row)))
                .list());
  }

  /// The orders in a row that has them, or nulls when there are none.
  static Orders orders(ResultSet row) throws SQLException {
    String door = row.getString("door");
    if (door == null) {
      return Orders.NONE;
    }
    String ko = row.getString("notice_ko");
    @Nullable LocalText notice = ko == null ? null : new LocalText(ko, row.getString("notice_en"));
    return new Orders(
        row.getObject("floor", Integer.class),
        row.getObject("ceiling", Integer.class),
        Door.valueOf(door),
        notice);
  }
}
