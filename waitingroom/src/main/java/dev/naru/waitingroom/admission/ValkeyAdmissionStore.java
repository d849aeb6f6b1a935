package dev.naru.waitingroom.admission;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.naru.common.person.PersonKey;
import dev.naru.database.valkey.Valkey;
import dev.naru.database.valkey.ValkeyAway;
import dev.naru.waitingroom.line.LineKey;
import dev.naru.waitingroom.line.StoreAwayException;
import dev.naru.waitingroom.line.ValkeyStore;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A batch is read, decided and written, for each line, and decided anew when another node has
/// written about one of its people in between.
final class ValkeyAdmissionStore extends ValkeyStore implements AdmissionStore {
  /// A pair of devices on two nodes collides once; more is somebody who tries to.
  private static final int TRIES = 10;

  /// Arguments: for each person the key, what was read, what is to be written. All or nothing.
  private static final String WRITE =
      """
      if redis.call('EXISTS', KEYS[1]) == 0 then
        return -1
      end
      local first = 0
      for i = 1, #ARGV, 3 do
        if (redis.call('HGET', KEYS[2], ARGV[i]) or '') ~= ARGV[i + 1] then
          return 0
        end
      end
      for i = 1, #ARGV, 3 do
        redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 2])
        if ARGV[i + 1] == '' then
          first = first + 1
        end
      end
      redis.call('HINCRBY', KEYS[1], 'entered', first)
      return 1
      """;

  ValkeyAdmissionStore(Valkey valkey) {
    super(valkey);
  }

  /// A pass on record, as text: session, end in seconds since 1970, number, and when the person
  /// entered for the first time, in milliseconds since 1970.
  private record Pass(UUID session, long expires, long number, long enteredAt) {
    static Pass of(String text) {
      String[] words = text.split(" ", -1);
      return new Pass(
          UUID.fromString(words[0]),
          Long.parseLong(words[1]),
          Long.parseLong(words[2]),
          Long.parseLong(words[3]));
    }

    String text() {
      return session + " " + expires + " " + number + " " + enteredAt;
    }

    AdmissionRules.Held held() {
      return new AdmissionRules.Held(session, Instant.ofEpochSecond(expires));
    }
  }

  @Override
  public List<AdmissionRules.Entry> enter(List<Request> batch, SessionLife sessions)
      throws StoreAwayException {
    Map<LineKey, List<Integer>> lines = new LinkedHashMap<>();
    IntStream.range(0, batch.size())
        .forEach(i -> lines.computeIfAbsent(batch.get(i).line(), _ -> new ArrayList<>()).add(i));
    AdmissionRules.Entry[] entries = new AdmissionRules.Entry[batch.size()];
    try {
      for (Map.Entry<LineKey, List<Integer>> line : lines.entrySet()) {
        List<Integer> indices = line.getValue();
        List<AdmissionRules.Entry> decided =
            enter(line.getKey(), indices.stream().map(batch::get).toList(), sessions);
        for (int i = 0; i < decided.size(); i++) {
          entries[indices.get(i)] = decided.get(i);
        }
      }
    } catch (ValkeyAway e) {
      throw new StoreAwayException(e);
    }
    return List.of(entries);
  }

  private List<AdmissionRules.Entry> enter(LineKey line, List<Request> batch, SessionLife sessions)
      throws StoreAwayException {
    for (int i = 0; i < TRIES; i++) {
      Map<PersonKey, String> read = read(line, batch);
      Map<PersonKey, Pass> passes = new HashMap<>();
      read.forEach((person, text) -> passes.put(person, Pass.of(text)));
      Map<PersonKey, Pass> changed = new LinkedHashMap<>();
      List<AdmissionRules.Entry> entries =
          batch.stream().map(request -> enter(request, sessions, passes, changed)).toList();
      if (changed.isEmpty() || write(line, read, changed)) {
        return entries;
      }
    }
    throw new StoreAwayException(
        new IllegalStateException("other nodes write about the same people all the time"));
  }

  private static AdmissionRules.Entry enter(
      Request request,
      SessionLife sessions,
      Map<PersonKey, Pass> passes,
      Map<PersonKey, Pass> changed) {
    Pass before = passes.get(request.person());
    AdmissionRules.Entry entry =
        AdmissionRules.enter(
            before == null ? null : before.held(),
            request.session(),
            request.now(),
            request.end(),
            session -> sessions.isLive(request.campaign(), request.person(), session));
    if (entry instanceof AdmissionRules.Entry.New(Instant expires)) {
      Pass pass =
          new Pass(
              request.session(),
              expires.getEpochSecond(),
              request.number(),
              before == null ? request.now().toEpochMilli() : before.enteredAt());
      passes.put(request.person(), pass);
      changed.put(request.person(), pass);
    }
    return entry;
  }

  private Map<PersonKey, String> read(LineKey line, List<Request> batch) {
    List<PersonKey> persons = batch.stream().map(Request::person).distinct().toList();
    List<Object> words = new ArrayList<>();
    words.add(passes(line));
    persons.forEach(person -> words.add(person.bytes()));
    Response answer = required(send(Command.HMGET, words.toArray()));
    Map<PersonKey, String> read = new HashMap<>();
    for (int i = 0; i < persons.size(); i++) {
      @Nullable Response pass = answer.get(i);
      if (pass != null) {
        read.put(persons.get(i), pass.toString(UTF_8));
      }
    }
    return read;
  }

  /// @return false when somebody else has written about one of them meanwhile
  private boolean write(LineKey line, Map<PersonKey, String> read, Map<PersonKey, Pass> changed)
      throws StoreAwayException {
    List<byte[]> values = new ArrayList<>(3 * changed.size());
    changed.forEach(
        (person, pass) -> {
          values.add(person.bytes());
          values.add(bytes(read.getOrDefault(person, "")));
          values.add(bytes(pass.text()));
        });
    long answer = number(run(WRITE, List.of(line(line), passes(line)), values));
    if (answer < 0) {
      throw new StoreAwayException(
          new IllegalStateException("the Valkey has lost the line; nobody is let in"));
    }
    return answer == 1;
  }
}
