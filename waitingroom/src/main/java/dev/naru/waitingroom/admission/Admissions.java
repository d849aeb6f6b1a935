package dev.naru.waitingroom.admission;

import dev.naru.common.batch.Batcher;
import dev.naru.common.paper.Paper;
import dev.naru.common.paper.PaperCheck;
import dev.naru.common.paper.PaperKind;
import dev.naru.common.paper.Papers;
import dev.naru.waitingroom.control.AdmissionControl;
import dev.naru.waitingroom.line.CampaignLines;
import dev.naru.waitingroom.line.LineCalendar;
import dev.naru.waitingroom.line.LineHome;
import dev.naru.waitingroom.line.LineKey;
import dev.naru.waitingroom.line.LineState;
import dev.naru.waitingroom.line.Lines;
import dev.naru.waitingroom.line.StoreAwayException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets called people in: a pass for a ticket whose place was called. Once called, somebody may
/// enter until the window closes, again after their pass has ended.
public final class Admissions implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Admissions.class);

  /// As bookings keep it (adr/0041).
  private static final Duration RHYTHM = Duration.ofMillis(3);

  /// The pace is hundreds a second; this is more than ever gathers during one commit.
  private static final int LARGEST_BATCH = 500;

  /// The door refuses the excess, so that the queue never holds more than a few seconds' worth.
  private static final int QUEUE = 10_000;

  /// Longer than the pool waits for a connection (5 s), shorter than browsers wait (30 s and up).
  private static final int PATIENCE_SECONDS = 10;

  private final AdmissionStore store;
  private final Lines lines;
  private final LineCalendar calendar;
  private final Papers papers;
  private final SessionLife sessions;
  private final InstantSource clock;
  private final Map<LineKey, EntryBucket> buckets = new ConcurrentHashMap<>();
  private final Batcher<AdmissionStore.Request, Optional<AdmissionRules.Entry>> entries;

  public Admissions(
      LineHome home,
      Lines lines,
      LineCalendar calendar,
      Papers papers,
      SessionLife sessions,
      InstantSource clock) {
    this.store = AdmissionStore.in(home);
    this.lines = lines;
    this.calendar = calendar;
    this.papers = papers;
    this.sessions = sessions;
    this.clock = clock;
    this.entries = new Batcher<>("naru-admit", LARGEST_BATCH, QUEUE, RHYTHM, this::write);
  }

  /// Asks to enter. Does not block.
  ///
  /// @param campaign id, as in the address
  /// @param session a verified, live session
  /// @param token the ticket, whatever the caller sent
  /// @return completed after the pass is on record; never exceptionally
  public CompletionStage<AdmissionResult> enter(
      String campaign, Paper session, @Nullable String token) {
    CampaignLines known = calendar.of(campaign);
    if (known == null) {
      return CompletableFuture.completedStage(new AdmissionResult.CampaignUnknown());
    }
    if (!session.campaign().equals(campaign)) {
      return CompletableFuture.completedStage(new AdmissionResult.OtherCampaign());
    }
    PaperCheck check = papers.verify(PaperKind.TICKET, token);
    AdmissionResult refusal = AdmissionRules.refuseTicket(session, check);
    if (refusal != null || !(check instanceof PaperCheck.Valid(Paper ticket))) {
      return CompletableFuture.completedStage(
          refusal == null ? new AdmissionResult.TicketInvalid() : refusal);
    }
    return atTheDoor(session, ticket);
  }

  private CompletionStage<AdmissionResult> atTheDoor(Paper session, Paper ticket) {
    Instant now = clock.instant();
    LineState line = lines.of(ticket.campaign(), ticket.line());
    if (line == null) {
      return CompletableFuture.completedStage(new AdmissionResult.WindowClosed());
    }
    AdmissionResult refusal = AdmissionRules.refuseTurn(line, ticket.number(), now);
    if (refusal != null) {
      return CompletableFuture.completedStage(refusal);
    }
    EntryBucket bucket = buckets.computeIfAbsent(line.key(), _ -> new EntryBucket());
    if (!bucket.take(now, line.entering())) {
      return CompletableFuture.completedStage(turnedAway(line));
    }
    return entries
        .submit(
            new AdmissionStore.Request(
                line.key(),
                line.campaign(),
                session.person(),
                ticket.number(),
                session.session(),
                now,
                AdmissionRules.end(line, now)))
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .handle(
            (entry, failure) -> {
              if (failure != null
                  || entry.isEmpty()
                  || !(entry.get() instanceof AdmissionRules.Entry.New)) {
                bucket.giveBack();
              }
              if (failure instanceof RejectedExecutionException) {
                return turnedAway(line);
              }
              if (failure != null && !(failure instanceof TimeoutException)) {
                LOG.error("An admission failed", failure);
              }
              return failure != null || entry.isEmpty()
                  ? new AdmissionResult.Away()
                  : answer(session, ticket, entry.get(), now);
            });
  }

  private AdmissionResult turnedAway(LineState line) {
    lines.turnedAway(line.key());
    return new AdmissionResult.Busy(AdmissionControl.COME_BACK_SECONDS);
  }

  private AdmissionResult answer(
      Paper session, Paper ticket, AdmissionRules.Entry entry, Instant now) {
    return switch (entry) {
      case AdmissionRules.Entry.New(Instant expires) -> admitted(session, ticket, expires);
      case AdmissionRules.Entry.Same(Instant expires) -> admitted(session, ticket, expires);
      case AdmissionRules.Entry.Elsewhere(Instant expires) ->
          new AdmissionResult.PassElsewhere(expires.getEpochSecond() - now.getEpochSecond());
    };
  }

  private AdmissionResult admitted(Paper session, Paper ticket, Instant expires) {
    Paper pass =
        new Paper(
            PaperKind.PASS,
            session.campaign(),
            session.person(),
            session.session(),
            session.cohort(),
            ticket.number(),
            ticket.line(),
            expires);
    return new AdmissionResult.Admitted(papers.issue(pass), expires);
  }

  /// As with joins, a store that does not answer fails the batch as a whole.
  private List<Optional<AdmissionRules.Entry>> write(List<AdmissionStore.Request> batch) {
    try {
      return store.enter(batch, sessions).stream().map(Optional::of).toList();
    } catch (StoreAwayException e) {
      LOG.warn("{} admissions could not be written: {}", batch.size(), e.getMessage());
      return Collections.nCopies(batch.size(), Optional.empty());
    }
  }

  /// Writes down who still waits at the door, then stops.
  @Override
  public void close() {
    entries.close();
  }
}
