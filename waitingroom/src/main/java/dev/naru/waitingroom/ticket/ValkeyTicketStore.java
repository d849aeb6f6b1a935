package dev.naru.waitingroom.ticket;

import dev.naru.common.person.PersonKey;
import dev.naru.database.valkey.Valkey;
import dev.naru.database.valkey.ValkeyAway;
import dev.naru.waitingroom.line.LineKey;
import dev.naru.waitingroom.line.StoreAwayException;
import dev.naru.waitingroom.line.ValkeyStore;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// A batch of joins is one script for each line: the server runs nothing in between, and answers
/// after it has flushed what the script did to its disk.
final class ValkeyTicketStore extends ValkeyStore implements TicketStore {
  /// Numbers per round trip of an export.
  private static final int FETCH = 10_000;

  /// What the script says instead of a lobby's size.
  private static final int NOT_FROZEN = -1;

  private static final int LOST = -2;

  /// Arguments: now in microseconds, whether the opening has passed, the highest number that this
  /// node knows of, then the persons. A server that has fallen behind what it once said (it was
  /// replaced by a copy, or lost the end of its file) gives no number.
  private static final String JOIN =
      """
      local line = redis.call('HMGET', KEYS[1], 'next', 'lobby')
      local next = tonumber(line[1] or 0)
      if next <= tonumber(ARGV[3]) then
        return {-2}
      end
      local lobby = line[2]
      if not lobby and ARGV[2] == '1' then
        lobby = string.format('%.0f', next - 1)
        redis.call('HSET', KEYS[1], 'lobby', lobby, 'drawnAt', ARGV[1])
      end
      local known = redis.call('HMGET', KEYS[2], unpack(ARGV, 4))
      local given, fresh, answer = {}, {}, {tonumber(lobby or -1)}
      for i = 4, #ARGV do
        local person = ARGV[i]
        local number = known[i - 3] or given[person]
        if not number then
          number = string.format('%.0f', next)
          next = next + 1
          given[person] = number
          fresh[#fresh + 1] = person
          fresh[#fresh + 1] = number
        end
        answer[i - 2] = tonumber(number)
      end
      if #fresh > 0 then
        redis.call('HSET', KEYS[2], unpack(fresh))
        redis.call('HSET', KEYS[1], 'next', string.format('%.0f', next))
      end
      return answer
      """;

  private final InstantSource clock;
  private final Map<LineKey, Long> highest = new ConcurrentHashMap<>();

  ValkeyTicketStore(Valkey valkey, InstantSource clock) {
    super(valkey);
    this.clock = clock;
  }

  @Override
  public List<Given> join(List<Request> batch) throws StoreAwayException {
    Map<LineKey, List<Integer>> lines = new LinkedHashMap<>();
    IntStream.range(0, batch.size())
        .forEach(i -> lines.computeIfAbsent(batch.get(i).line(), _ -> new ArrayList<>()).add(i));
    Given[] given = new Given[batch.size()];
    try {
      for (Map.Entry<LineKey, List<Integer>> line : lines.entrySet()) {
        List<Integer> indices = line.getValue();
        List<Given> numbers =
            join(line.getKey(), indices.stream().map(batch::get).toList(), clock.instant());
        for (int i = 0; i < numbers.size(); i++) {
          given[indices.get(i)] = numbers.get(i);
        }
      }
    } catch (ValkeyAway e) {
      throw new StoreAwayException(e);
    }
    return List.of(given);
  }

  private List<Given> join(LineKey line, List<Request> batch, Instant now)
      throws StoreAwayException {
    boolean opened = !now.isBefore(batch.getFirst().opens());
    List<byte[]> values = new ArrayList<>(batch.size() + 3);
    values.add(bytes(micros(now)));
    values.add(bytes(opened ? 1 : 0));
    values.add(bytes(highest.getOrDefault(line, 0L)));
    batch.forEach(request -> values.add(request.person().bytes()));
    Response answer = run(JOIN, List.of(line(line), numbers(line)), values);
    long lobby = number(answer.get(0));
    if (lobby == LOST) {
      throw new StoreAwayException(
          new IllegalStateException("the Valkey has lost numbers that it gave; none is given"));
    }
    List<Given> given = new ArrayList<>(batch.size());
    long last = 0;
    for (int i = 1; i < answer.size(); i++) {
      long number = number(answer.get(i));
      given.add(new Given(number, lobby == NOT_FROZEN || number <= lobby));
      last = Math.max(last, number);
    }
    highest.merge(line, last, Math::max);
    return given;
  }

  @Override
  public OptionalLong numberOf(LineKey line, PersonKey person) throws StoreAwayException {
    try {
      Response number = answer(send(Command.HGET, numbers(line), person.bytes()));
      return number == null ? OptionalLong.empty() : OptionalLong.of(number(number));
    } catch (ValkeyAway e) {
      throw new StoreAwayException(e);
    }
  }

  /// The server has them in no order and may tell one twice: all are in memory for a moment, 16 MB
  /// for two million.
  @Override
  public void eachNumber(LineKey line, Numbers numbers) throws StoreAwayException, IOException {
    LongStream.Builder all = LongStream.builder();
    try {
      String cursor = "0";
      do {
        CompletableFuture<Response> asked =
            send(Command.HSCAN, numbers(line), cursor, "COUNT", FETCH);
        Response page = required(asked);
        Response pairs = page.get(1);
        for (int i = 1; i < pairs.size(); i += 2) {
          all.add(number(pairs.get(i)));
        }
        cursor = page.get(0).toString();
      } while (!cursor.equals("0"));
    } catch (ValkeyAway e) {
      throw new StoreAwayException(e);
    }
    for (long number : all.build().sorted().distinct().toArray()) {
      numbers.accept(number);
    }
  }
}
