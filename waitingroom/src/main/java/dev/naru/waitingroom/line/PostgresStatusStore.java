package dev.naru.waitingroom.line;

import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/// In the tables `beat` and `status`.
final class PostgresStatusStore implements StatusStore {
  private static final String HOLD =
      """
      INSERT INTO waitingroom.beat AS b (node, until) VALUES (:node, now() + :millis * interval '1 millisecond')
      ON CONFLICT (only_one) DO UPDATE SET node = excluded.node, until = excluded.until
      WHERE b.node = excluded.node OR b.until < now()
      """;

  private final Jdbi jdbi;

  PostgresStatusStore(DataSource database) {
    this.jdbi = Jdbi.create(database);
  }

  @Override
  public boolean hold(UUID node) {
    return jdbi.withHandle(
            handle ->
                handle.createUpdate(HOLD).bind("node", node).bind("millis", BEAT_MILLIS).execute())
        == 1;
  }

  @Override
  public void release(UUID node) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate("DELETE FROM waitingroom.beat WHERE node = :node")
                .bind("node", node)
                .execute());
  }

  @Override
  public void write(UUID node, Map<String, byte[]> pages) {
    jdbi.useTransaction(
        handle -> {
          if (isHeld(handle, node)) {
            PreparedBatch batch =
                handle.prepareBatch(
                    """
                    INSERT INTO waitingroom.status (campaign, page) VALUES (:campaign, :page)
                    ON CONFLICT (campaign) DO UPDATE SET page = excluded.page
                    """);
            pages.forEach(
                (campaign, page) -> batch.bind("campaign", campaign).bind("page", page).add());
            batch.execute();
          }
        });
  }

  private static boolean isHeld(Handle handle, UUID node) {
    return handle
        .createQuery("SELECT true FROM waitingroom.beat WHERE node = :node FOR SHARE")
        .bind("node", node)
        .mapTo(Boolean.class)
        .findOne()
        .isPresent();
  }

  @Override
  public Map<String, byte[]> read() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT campaign, page FROM waitingroom.status")
                .map((row, _) -> Map.entry(row.getString(1), row.getBytes(2)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }
}
