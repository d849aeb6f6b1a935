package dev.naru.waitingroom.admission;

import dev.naru.common.paper.Paper;
import dev.naru.common.paper.PaperCheck;
import dev.naru.waitingroom.line.LineState;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Who may enter.
final class AdmissionRules {
  private AdmissionRules() {}

  /// The ticket of the person themselves, of this campaign. Its session may be an older one: a
  /// place belongs to the person. A ticket ends with its window, so an expired one says just that.
  ///
  /// @return null when nothing speaks against it
  static @Nullable AdmissionResult refuseTicket(Paper session, PaperCheck check) {
    return switch (check) {
      case PaperCheck.Valid(Paper ticket) when isOf(ticket, session) -> null;
      case PaperCheck.Expired(Paper ticket) when isOf(ticket, session) ->
          new AdmissionResult.WindowClosed();
      case PaperCheck.Valid _, PaperCheck.Expired _, PaperCheck.Forged _ ->
          new AdmissionResult.TicketInvalid();
    };
  }

  private static boolean isOf(Paper ticket, Paper session) {
    return ticket.person().equals(session.person()) && ticket.campaign().equals(session.campaign());
  }

  /// In the open window, and called.
  ///
  /// @return null when nothing speaks against it
  static @Nullable AdmissionResult refuseTurn(LineState line, long number, Instant now) {
    if (line.isClosed() || !now.isBefore(line.window().closes())) {
      return new AdmissionResult.WindowClosed();
    }
    Long place = line.placeOf(number);
    if (now.isBefore(line.window().opens()) || place == null) {
      return new AdmissionResult.NotCalled(0, 0, untilNear(line, now));
    }
    return place <= line.serving()
        ? null
        : new AdmissionResult.NotCalled(place, line.serving(), retry(line, place));
  }

  private static int untilNear(LineState line, Instant now) {
    return Math.clamp(Duration.between(now, line.window().opens()).toSeconds(), 2, 60);
  }

  /// When the place should be called at the present pace, at most a minute ahead.
  private static int retry(LineState line, long place) {
    return Math.clamp(line.secondsFor(place - line.serving()), 2, 60);
  }

  /// A pass on record.
  ///
  /// @param session it was given to
  /// @param expires when it ends
  record Held(UUID session, Instant expires) {}

  /// What becomes of the record when a called person enters.
  sealed interface Entry {
    /// A new pass.
    record New(Instant expires) implements Entry {}

    /// The same session has one: the same again, not longer.
    record Same(Instant expires) implements Entry {}

    /// Another live session has one.
    record Elsewhere(Instant expires) implements Entry {}
  }

  /// @param held the latest pass of the person in this line, if any
  /// @param isLive whether a session still counts; one that was logged out, or lost its lease to
  ///   this one, does not shut its own person out
  /// @param end when a new pass would end
  static Entry enter(
      @Nullable Held held, UUID session, Instant now, Instant end, Predicate<UUID> isLive) {
    if (held == null || !now.isBefore(held.expires())) {
      return new Entry.New(end);
    }
    if (held.session().equals(session)) {
      return new Entry.Same(held.expires());
    }
    return isLive.test(held.session()) ? new Entry.Elsewhere(held.expires()) : new Entry.New(end);
  }

  /// When a pass given now ends: never after the window. Papers know whole seconds.
  static Instant end(LineState line, Instant now) {
    Instant end = now.plus(line.passTime());
    Instant closes = line.window().closes();
    return (end.isBefore(closes) ? end : closes).truncatedTo(ChronoUnit.SECONDS);
  }
}
