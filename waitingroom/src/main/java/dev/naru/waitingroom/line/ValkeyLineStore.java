package dev.naru.waitingroom.line;

import dev.naru.database.valkey.Valkey;
import dev.naru.waitingroom.control.BookingLoad;
import dev.naru.waitingroom.line.ControlMemory.Counters;
import dev.naru.waitingroom.line.ControlMemory.Said;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What moves in a Valkey, seeds and orders in PostgreSQL. A change is read, decided and written if
/// nothing that it depends on has changed in between, which `moves` tells.
final class ValkeyLineStore extends ValkeyStore implements LineStore {
  /// Two nodes may tick at once for a moment; more is none of ours.
  private static final int TRIES = 10;

  /// Arguments: moves as read, drawnAt, serving, credit, tickedAt, control. The lobby is frozen
  /// here if it is not yet: nobody joins between the counting and the writing.
  private static final String MOVE =
      """
      local line = redis.call('HMGET', KEYS[1], 'moves', 'next', 'lobby', 'drawnAt')
      if line[1] ~= ARGV[1] then
        return false
      end
      local lobby, drawnAt = line[3], line[4]
      if not lobby then
        lobby = string.format('%.0f', tonumber(line[2]) - 1)
        drawnAt = ARGV[2]
      end
      redis.call('HSET', KEYS[1], 'lobby', lobby, 'drawnAt', drawnAt, 'serving', ARGV[3],
        'credit', ARGV[4], 'tickedAt', ARGV[5], 'control', ARGV[6])
      redis.call('HINCRBY', KEYS[1], 'moves', 1)
      return {lobby, drawnAt}
      """;

  private static final String BEACON =
      """
      local line = redis.call('HMGET', KEYS[1], 'lobby', 'source', 'beacon')
      if line[1] and (not line[2] or line[3]) then
        return 0
      end
      redis.call('HSET', KEYS[1], 'beacon', ARGV[1])
      return redis.call('HINCRBY', KEYS[1], 'moves', 1)
      """;

  private static final String ANNOUNCE =
      """
      local line = redis.call('HMGET', KEYS[1], 'lobby', 'source', 'beacon')
      if line[1] or line[2] or line[3] then
        return 0
      end
      redis.call('HSET', KEYS[1], 'source', ARGV[1])
      return redis.call('HINCRBY', KEYS[1], 'moves', 1)
      """;

  private final PostgresLineStore rows;

  ValkeyLineStore(PostgresLineStore rows, Valkey valkey) {
    super(valkey);
    this.rows = rows;
  }

  @Override
  public boolean keeps(LineRow row) {
    return row.key().keeper() != null;
  }

  @Override
  public List<LineRow> read(Collection<String> campaigns) {
    List<LineRow> stored = rows.read(campaigns);
    if (stored.stream().anyMatch(LineRow::isFresh)) {
      stored.stream().filter(LineRow::isFresh).forEach(this::take);
      stored = rows.read(campaigns);
    }
    List<@Nullable CompletableFuture<Response>> asked = new ArrayList<>();
    for (LineRow row : stored) {
      asked.add(keeps(row) ? send(Command.HGETALL, line(row.key())) : null);
    }
    List<LineRow> standing = new ArrayList<>();
    for (int i = 0; i < stored.size(); i++) {
      CompletableFuture<Response> answer = asked.get(i);
      standing.add(
          answer == null ? stored.get(i) : standing(stored.get(i), required(answer)).row());
    }
    return standing;
  }

  /// Makes a line that has no number yet one of this home. The Valkey knows it first: what
  /// PostgreSQL says is kept there is there, or has been lost.
  private void take(LineRow row) {
    LineKey key = new LineKey(row.key().id(), UUID.randomUUID());
    required(send(Command.HSET, line(key), "next", 1, "serving", 0, "credit", 0, "moves", 0));
    if (row.beacon() != null) {
      required(send(Command.HSET, line(key), "beacon", row.beacon()));
    }
    if (row.beaconSource() != null) {
      required(send(Command.HSET, line(key), "source", row.beaconSource()));
    }
    if (!rows.handOver(row, key)) {
      answer(send(Command.DEL, line(key)));
    }
  }

  private record Standing(LineRow row, String moves) {}

  private static Standing standing(LineRow row, Response line) {
    String moves = text(line, "moves");
    if (moves == null) {
      throw new IllegalStateException(
          "the Valkey has lost line %d of %s; nobody is given a number or let in"
              .formatted(row.line(), row.campaign()));
    }
    String lobby = text(line, "lobby");
    return new Standing(
        new LineRow(
            row.key(),
            row.campaign(),
            row.line(),
            row.seed(),
            text(line, "beacon"),
            text(line, "source"),
            number(line, "next") - 1,
            lobby == null ? null : Long.valueOf(lobby),
            time(line, "drawnAt"),
            new Pace(number(line, "serving"), number(line, "credit"), time(line, "tickedAt")),
            ControlMemory.ofJson(text(line, "control")),
            row.orders()),
        moves);
  }

  private static @Nullable String text(Response line, String field) {
    @Nullable Response value = line.get(field);
    return value == null ? null : value.toString();
  }

  private static long number(Response line, String field) {
    String text = text(line, field);
    return text == null ? 0 : Long.parseLong(text);
  }

  private static @Nullable Instant time(Response line, String field) {
    String text = text(line, field);
    return text == null ? null : ofMicros(Long.parseLong(text));
  }

  @Override
  public void create(String campaign, int line, RandomGenerator random) {
    rows.create(campaign, line, random);
  }

  @Override
  public boolean setBeacon(String campaign, int line, String beacon) {
    return change(BEACON, campaign, line, beacon);
  }

  @Override
  public boolean announceBeacon(String campaign, int line, String source) {
    return change(ANNOUNCE, campaign, line, source);
  }

  private boolean change(String script, String campaign, int line, String value) {
    Optional<LineRow> row =
        read(List.of(campaign)).stream().filter(each -> each.line() == line).findFirst();
    return row.isPresent()
        && number(run(script, List.of(line(row.get().key())), values(bytes(value)))) > 0;
  }

  @Override
  public LineRow change(LineRow row, Instant now, Change change) {
    for (int i = 0; i < TRIES; i++) {
      CompletableFuture<Response> line = send(Command.HGETALL, line(row.key()));
      CompletableFuture<Response> load = send(Command.HGETALL, load(row.campaign()));
      Response stored = required(line);
      Standing before = standing(row, stored);
      LineRow after =
          change.of(
              before.row(),
              new Counters(
                  number(stored, "entered"), number(stored, "turnedAway"), said(required(load))));
      LineRow written = write(before, after);
      if (written != null) {
        return written;
      }
    }
    throw new IllegalStateException("other nodes move line " + row.key() + " all the time");
  }

  /// @return null when something has changed in between
  private @Nullable LineRow write(Standing before, LineRow after) {
    ControlMemory control = after.control();
    Instant drawnAt = after.drawnAt();
    Instant tickedAt = after.pace().tickedAt();
    if (control == null || drawnAt == null || tickedAt == null) {
      throw new IllegalStateException("a line that moves is drawn and controlled");
    }
    Response answer =
        answer(
            start(
                MOVE,
                List.of(line(after.key())),
                values(
                    bytes(before.moves()),
                    bytes(micros(drawnAt)),
                    bytes(after.pace().serving()),
                    bytes(after.pace().credit()),
                    bytes(micros(tickedAt)),
                    bytes(control.json()))));
    return answer == null
        ? null
        : after.frozen(number(answer.get(0)), ofMicros(number(answer.get(1))));
  }

  private static String load(String campaign) {
    return "naru:line:load:" + campaign;
  }

  @Override
  public void report(UUID node, String campaign, BookingLoad load, Instant now) {
    String said =
        String.join(
            " ",
            Long.toString(micros(now)),
            Long.toString(load.answered()),
            Long.toString(load.served()),
            Long.toString(load.refused()),
            Double.toString(load.latencyMillis()));
    CompletableFuture<Response> written = send(Command.HSET, load(campaign), node.toString(), said);
    answer(send(Command.EXPIRE, load(campaign), FORGOTTEN.toSeconds()));
    answer(written);
  }

  @Override
  public void turnedAway(LineKey line, long times) {
    required(send(Command.HINCRBY, line(line), "turnedAway", times));
  }

  private static Map<String, Said> said(Response nodes) {
    Map<String, Said> said = new HashMap<>();
    for (String node : nodes.getKeys()) {
      String[] words = nodes.get(node).toString().split(" ", -1);
      said.put(
          node,
          new Said(
              ofMicros(Long.parseLong(words[0])).toEpochMilli(),
              Long.parseLong(words[1]),
              Long.parseLong(words[2]),
              Long.parseLong(words[3]),
              Double.parseDouble(words[4])));
    }
    return said;
  }
}
