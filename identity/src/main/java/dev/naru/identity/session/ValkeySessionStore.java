package dev.naru.identity.session;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import dev.naru.common.person.PersonKey;
import dev.naru.common.web.LiveSessions.State;
import dev.naru.database.valkey.Script;
import dev.naru.database.valkey.Valkey;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Sessions in a Valkey. Each person has a hash, `naru:session:` and the 32 bytes of their key,
/// with the one session that counts: `session` and `device` (16 bytes each), `lease` (seconds),
/// `until` and `expires` (seconds since 1970 by the server's clock). The hash is gone when its last
/// paper has run out.
///
/// Each decision is one script: the server runs nothing in between, whatever node asked. Stages
/// complete on the event loop that asked, because the connection's thread has others to serve; with
/// [dev.naru.database.valkey.ValkeyAway] when there is no answer.
final class ValkeySessionStore {
  /// Arguments: device, session if it is a new one, seconds of the lease and of the paper. Answers
  /// with the session and when its paper runs out, or with nothing and the seconds that are left.
  static final Script CLAIM =
      Script.of(
          """
          local held = redis.call('HMGET', KEYS[1], 'session', 'device', 'until', 'expires')
          local now = tonumber(redis.call('TIME')[1])
          local paper = now + tonumber(ARGV[4])
          local session, lease, expires = ARGV[2], now + tonumber(ARGV[3]), paper
          if held[1] then
            if held[2] == ARGV[1] then
              session = held[1]
              lease = math.max(lease, tonumber(held[3]))
              expires = math.max(expires, tonumber(held[4]))
            elseif tonumber(held[3]) > now then
              return {false, tonumber(held[3]) - now}
            end
          end
          redis.call('HSET', KEYS[1], 'session', session, 'device', ARGV[1], 'lease', ARGV[3],
            'until', string.format('%.0f', lease), 'expires', string.format('%.0f', expires))
          redis.call('EXPIREAT', KEYS[1], expires)
          return {session, paper}
          """);

  /// Argument: session. Writes once a second at most, and answers 1 when it counts.
  static final Script USE =
      Script.of(
          """
          local held = redis.call('HMGET', KEYS[1], 'session', 'lease', 'until')
          if held[1] ~= ARGV[1] then
            return 0
          end
          local lease = tonumber(redis.call('TIME')[1]) + tonumber(held[2])
          if lease > tonumber(held[3]) then
            redis.call('HSET', KEYS[1], 'until', string.format('%.0f', lease))
          end
          return 1
          """);

  /// Argument: session. Frees the person, unless another session counts by now.
  static final Script CLOSE =
      Script.of(
          """
          if redis.call('HGET', KEYS[1], 'session') == ARGV[1] then
            redis.call('DEL', KEYS[1])
          end
          return 1
          """);

  private static final byte[] PREFIX = "naru:session:".getBytes(US_ASCII);

  private final Valkey valkey;

  ValkeySessionStore(Valkey valkey) {
    this.valkey = valkey;
  }

  CompletionStage<Claim> claim(PersonKey person, UUID device, UUID fresh, SessionTimes times) {
    return ask(
            CLAIM,
            person,
            bytes(device),
            bytes(fresh),
            seconds(times.lease().toSeconds()),
            seconds(times.paper().toSeconds()))
        .thenApplyAsync(ValkeySessionStore::claim, here());
  }

  private static Claim claim(Response answer) {
    @Nullable Response session = answer.get(0);
    long seconds = number(answer.get(1));
    return session == null
        ? new Claim.Elsewhere(seconds)
        : new Claim.Granted(uuid(session.toBytes()), Instant.ofEpochSecond(seconds));
  }

  CompletionStage<State> use(PersonKey person, UUID session) {
    return ask(USE, person, bytes(session))
        .thenApplyAsync(answer -> number(answer) == 1 ? State.LIVE : State.DEAD, here());
  }

  CompletionStage<State> look(PersonKey person, UUID session) {
    Request held = Request.cmd(Command.HGET).arg(key(person)).arg("session");
    return valkey
        .send(held)
        .thenApplyAsync(
            (@Nullable Response answer) ->
                answer != null && session.equals(uuid(answer.toBytes())) ? State.LIVE : State.DEAD,
            here());
  }

  CompletionStage<Boolean> close(PersonKey person, UUID session) {
    return ask(CLOSE, person, bytes(session)).thenApplyAsync(_ -> true, here());
  }

  private static long number(Response answer) {
    return requireNonNull(answer.toLong(), "the script answers with a number");
  }

  private CompletionStage<Response> ask(Script script, PersonKey person, byte[]... values) {
    return valkey.run(script, List.of(key(person)), List.of(values));
  }

  private static Executor here() {
    Context context = Vertx.currentContext();
    return context == null ? Runnable::run : task -> context.runOnContext(_ -> task.run());
  }

  private static byte[] key(PersonKey person) {
    byte[] bytes = person.bytes();
    return ByteBuffer.allocate(PREFIX.length + bytes.length).put(PREFIX).put(bytes).array();
  }

  private static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  private static UUID uuid(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong());
  }

  private static byte[] seconds(long number) {
    return Long.toString(number).getBytes(US_ASCII);
  }
}
