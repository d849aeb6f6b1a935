package dev.naru.waitingroom.line;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.naru.database.valkey.Valkey;
import dev.naru.database.valkey.ValkeyAway;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// What all stores in a Valkey share: the names of keys, and waiting for an answer.
///
/// Each line is a hash: `next` (number), `lobby` (its size, absent until it is frozen), `drawnAt`
/// and `tickedAt` (microseconds since 1970), `serving`, `credit`, `control`, `beacon`, `source`,
/// `entered`, and `moves`, which changes with everything that the calling depends on. Beside it one
/// hash has the number of each person and one the pass.
public abstract class ValkeyStore {
  private final Valkey valkey;

  protected ValkeyStore(Valkey valkey) {
    this.valkey = valkey;
  }

  /// The hash of a line.
  ///
  /// @throws IllegalStateException when the line is kept elsewhere
  protected static String line(LineKey line) {
    if (line.keeper() == null) {
      throw new IllegalStateException("the line is kept in PostgreSQL");
    }
    return "naru:line:" + line.keeper();
  }

  /// From each person to their number.
  protected static String numbers(LineKey line) {
    return line(line) + ":numbers";
  }

  /// From each person to their latest pass.
  protected static String passes(LineKey line) {
    return line(line) + ":passes";
  }

  protected static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  protected static byte[] bytes(long number) {
    return bytes(Long.toString(number));
  }

  /// Microseconds since 1970, as PostgreSQL keeps times too.
  protected static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  protected static Instant ofMicros(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /// Sends a command without waiting.
  ///
  /// @param words text or bytes
  protected final CompletableFuture<Response> send(Command command, Object... words) {
    Request request = Request.cmd(command);
    for (Object word : words) {
      request.arg(word instanceof byte[] bytes ? bytes : bytes(word.toString()));
    }
    return valkey.send(request);
  }

  /// Runs a script and waits for its answer.
  ///
  /// @throws ValkeyAway within two seconds when there is none
  protected final Response run(String script, List<String> keys, List<byte[]> values) {
    return required(start(script, keys, values));
  }

  /// Starts a script without waiting. Its text is sent each time: a thousand bytes before the keys
  /// of two thousand people, and no server can have forgotten it.
  protected final CompletableFuture<Response> start(
      String script, List<String> keys, List<byte[]> values) {
    Request request = Request.cmd(Command.EVAL).arg(script).arg(keys.size());
    keys.forEach(key -> request.arg(bytes(key)));
    values.forEach(request::arg);
    return valkey.send(request);
  }

  /// Waits for an answer.
  ///
  /// @return null when there is nothing
  protected static @Nullable Response answer(CompletableFuture<Response> asked) {
    try {
      return asked.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof ValkeyAway away) {
        throw away;
      }
      throw e;
    }
  }

  /// As [#answer], of a command that always answers.
  protected static Response required(CompletableFuture<Response> asked) {
    Response answer = answer(asked);
    if (answer == null) {
      throw new IllegalStateException("a command without an answer");
    }
    return answer;
  }

  /// A number that the server said.
  protected static long number(Response answer) {
    Long number = answer.toLong();
    if (number == null) {
      throw new IllegalStateException("not a number: " + answer);
    }
    return number;
  }

  protected static List<byte[]> values(byte[]... values) {
    return Arrays.asList(values);
  }
}
