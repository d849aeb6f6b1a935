package dev.naru.identity.provider.remote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.naru.identity.provider.ProviderTrouble;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// OAuth client credentials: a token that is kept while it is good and renewed a minute early. One
/// that is refused before its time was withdrawn; nobody else is to find that out again.
public final class AccessToken {
  private static final long EARLY_SECONDS = 60;
  private static final long LONGEST_SECONDS = 24 * 3600;

  /// Asks for a token.
  @FunctionalInterface
  public interface Source {
    /// @return `access_token`, and in `expires_in` its seconds
    JsonNode ask() throws IOException;
  }

  /// A call that needs a token.
  @FunctionalInterface
  public interface Call {
    Remote.Reply with(String token) throws IOException;
  }

  /// Whether an answer refuses the token.
  @FunctionalInterface
  public interface Refusal {
    boolean isIn(Remote.Reply reply) throws IOException;
  }

  private record Access(String token, Instant until) {}

  private final Source source;
  private final Refusal refusal;
  private final InstantSource clock;
  private final AtomicReference<@Nullable Access> access = new AtomicReference<>();

  public AccessToken(Source source, Refusal refusal, InstantSource clock) {
    this.source = source;
    this.refusal = refusal;
    this.clock = clock;
  }

  /// Makes a call; once more with a fresh token when the one that was kept is refused.
  public Remote.Reply use(Call call) throws IOException {
    Access kept = get();
    Remote.Reply reply = call.with(kept.token());
    if (!refusal.isIn(reply)) {
      return reply;
    }
    // Somebody else may have got a fresh one meanwhile.
    access.compareAndSet(kept, null);
    return call.with(get().token());
  }

  private Access get() throws IOException {
    Instant now = clock.instant();
    Access kept = access.get();
    if (kept != null && now.isBefore(kept.until())) {
      return kept;
    }
    JsonNode answer = source.ask();
    String token = answer.path("access_token").asText();
    if (token.isEmpty()) {
      throw new ProviderTrouble("gave no access token");
    }
    long seconds = Math.clamp(answer.path("expires_in").asLong(), 0, LONGEST_SECONDS);
    Access fresh = new Access(token, now.plusSeconds(seconds - EARLY_SECONDS));
    access.set(fresh);
    return fresh;
  }
}
