package dev.naru.waitingroom.line;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.naru.common.text.LocalText;
import dev.naru.waitingroom.draw.Draw;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// The status of a line as `GET /api/v1/campaigns/{c}/line` answers it, the same for everybody.
/// Times are ISO 8601 with offset, in whole seconds.
///
/// @param phase see [Phase]
/// @param serverTime when this was written
/// @param draw absent until the opening
/// @param serving the last place called: whoever has it or a smaller one may enter
/// @param joined the last number given
/// @param perMinute how many are called in a minute; 0 when nobody is
/// @param expect from which a wait is estimated; absent when nobody is called
/// @param notice what everybody should know now
/// @param asOf when the figures were true; falls behind serverTime when the database is away
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LineStatus(
    String campaign,
    int line,
    String phase,
    String serverTime,
    String lobbyOpensAt,
    String opensAt,
    String closesAt,
    Lobby lobby,
    @Nullable Drawn draw,
    long serving,
    long joined,
    int perMinute,
    @Nullable Expect expect,
    PollSeconds pollSeconds,
    @Nullable LocalText notice,
    String asOf) {

  /// The figures are read every second; three missed reads are no hiccup any more.
  static final Duration STALE = Duration.ofSeconds(3);

  private static final LocalText AWAY =
      new LocalText(
          "시스템에 일시적인 문제가 있어 잠시 멈췄습니다. 지금은 아무도 입장하지 않으며, 대기 순서는 그대로 유지됩니다." + " 이 화면을 그대로 두세요.",
          "The line has stopped for a moment because of a technical problem. Nobody is let in"
              + " meanwhile and everybody keeps their place. Just leave this page open.");

  /// The lobby.
  ///
  /// @param size how many are or were in it
  /// @param commitment SHA-256 of the seed, in hex
  /// @param beaconSource where the beacon will come from, when one was announced
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Lobby(long size, String commitment, @Nullable String beaconSource) {}

  /// What the draw was made from, see docs/draw.md.
  ///
  /// @param seed in hex
  /// @param size of the lobby when it was frozen
  /// @param beacon the public value mixed in, if any
  /// @param drawnAt when
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Drawn(String seed, long size, @Nullable String beacon, String drawnAt) {}

  /// Between which paces the line will go on, as far as anybody can tell: whoever has n places
  /// before them is called in n / fast to n / slow minutes. Places a minute.
  public record Expect(int slow, int fast) {
    /// @return null when nobody is called now
    static @Nullable Expect of(LineState state) {
      return state.perMinute() == 0
          ? null
          : new Expect(state.range().expectedSlow(), state.range().expectedFast());
    }
  }

  /// How often to ask.
  ///
  /// @param near for somebody who may be called within two minutes
  /// @param far for everybody else
  public record PollSeconds(int near, int far) {
    /// The figures change once a second; twice that costs half the requests and nobody notices.
    static final int NEAR = 2;

    /// Asking about twenty times over the whole wait is often enough to see it shrink. Never more
    /// than a minute apart, because a notice should reach everybody within one.
    static PollSeconds of(LineState state, Instant now) {
      long wait =
          state.draw() == null
              ? Duration.between(now, state.window().opens()).toSeconds()
              : state.secondsFor(state.joined() - state.serving());
      return new PollSeconds(NEAR, Math.clamp(wait / 20, 5, 60));
    }
  }

  static LineStatus of(LineState state, Instant now) {
    ZoneId zone = state.zone();
    return new LineStatus(
        state.campaign(),
        state.window().line(),
        state.phase(now).code(),
        time(now, zone),
        time(state.window().lobbyOpens(), zone),
        time(state.window().opens(), zone),
        time(state.window().closes(), zone),
        new Lobby(state.lobbySize(), state.commitment(), state.beaconSource()),
        drawn(state),
        state.serving(),
        state.joined(),
        state.perMinute(),
        Expect.of(state),
        PollSeconds.of(state, now),
        now.isAfter(state.asOf().plus(STALE)) ? AWAY : state.orders().notice(),
        time(state.asOf(), zone));
  }

  private static @Nullable Drawn drawn(LineState state) {
    Draw draw = state.draw();
    Instant drawnAt = state.drawnAt();
    return draw == null || drawnAt == null
        ? null
        : new Drawn(draw.seed().hex(), draw.size(), draw.beacon(), time(drawnAt, state.zone()));
  }

  private static String time(Instant time, ZoneId zone) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
        time.truncatedTo(ChronoUnit.SECONDS).atZone(zone));
  }
}
