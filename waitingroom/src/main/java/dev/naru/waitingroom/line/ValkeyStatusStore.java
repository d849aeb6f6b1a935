package dev.naru.waitingroom.line;

import dev.naru.database.valkey.Valkey;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The beat is a key that runs out by the server's clock, the one all nodes share.
final class ValkeyStatusStore extends ValkeyStore implements StatusStore {
  private static final String BEAT = "naru:line:beat";
  private static final String STATUS = "naru:line:status";

  private static final String HOLD =
      """
      local holder = redis.call('GET', KEYS[1])
      if holder and holder ~= ARGV[1] then
        return 0
      end
      redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
      return 1
      """;

  private static final String RELEASE =
      """
      return redis.call('GET', KEYS[1]) == ARGV[1] and redis.call('DEL', KEYS[1]) or 0
      """;

  private static final String WRITE =
      """
      if redis.call('GET', KEYS[1]) ~= ARGV[1] then
        return 0
      end
      return redis.call('HSET', KEYS[2], unpack(ARGV, 2))
      """;

  ValkeyStatusStore(Valkey valkey) {
    super(valkey);
  }

  @Override
  public boolean hold(UUID node) {
    return number(run(HOLD, List.of(BEAT), values(bytes(node.toString()), bytes(BEAT_MILLIS)))) > 0;
  }

  @Override
  public void release(UUID node) {
    run(RELEASE, List.of(BEAT), values(bytes(node.toString())));
  }

  @Override
  public void write(UUID node, Map<String, byte[]> pages) {
    if (pages.isEmpty()) {
      return;
    }
    List<byte[]> values = new ArrayList<>();
    values.add(bytes(node.toString()));
    pages.forEach(
        (campaign, page) -> {
          values.add(bytes(campaign));
          values.add(page);
        });
    run(WRITE, List.of(BEAT, STATUS), values);
  }

  @Override
  public Map<String, byte[]> read() {
    Response all = required(send(Command.HGETALL, STATUS));
    Map<String, byte[]> pages = new HashMap<>();
    all.getKeys().forEach(campaign -> pages.put(campaign, all.get(campaign).toBytes()));
    return pages;
  }
}
