package dev.naru.waitingroom.ticket;

import dev.naru.common.batch.Batcher;
import dev.naru.common.eligibility.BookingWindow;
import dev.naru.common.eligibility.Decision;
import dev.naru.common.paper.Paper;
import dev.naru.common.paper.PaperKind;
import dev.naru.common.paper.Papers;
import dev.naru.waitingroom.line.CampaignLines;
import dev.naru.waitingroom.line.LineCalendar;
import dev.naru.waitingroom.line.LineHome;
import dev.naru.waitingroom.line.LineState;
import dev.naru.waitingroom.line.Lines;
import dev.naru.waitingroom.line.StoreAwayException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives numbers. A number belongs to a person: whoever asks again, from any device, gets the same.
public final class Tickets implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Tickets.class);

  /// As bookings keep it (adr/0041).
  private static final Duration RHYTHM = Duration.ofMillis(3);

  /// `naru bench line`, two cores shared with other work: batches of 500 gave 12,000 joins a
  /// second, of 2,000 gave 36,000.
  private static final int LARGEST_BATCH = 2_000;

  /// Not much more than half a second of joins: who would wait longer is better told to come back.
  private static final int QUEUE = 20_000;

  /// Longer than the pool waits for a connection (5 s), shorter than browsers wait (30 s and up).
  private static final int PATIENCE_SECONDS = 10;

  private final TicketStore store;
  private final Lines lines;
  private final LineCalendar calendar;
  private final Papers papers;
  private final Batcher<TicketStore.Request, Optional<TicketStore.Given>> joins;

  public Tickets(
      LineHome home, Lines lines, LineCalendar calendar, Papers papers, InstantSource clock) {
    this.store = TicketStore.in(home, clock);
    this.lines = lines;
    this.calendar = calendar;
    this.papers = papers;
    this.joins = new Batcher<>("naru-join", LARGEST_BATCH, QUEUE, RHYTHM, this::write);
  }

  /// Joins the line that is the person's now. Does not block.
  ///
  /// @param campaign id, as in the address
  /// @param session a verified, live session
  /// @return completed after the number is durable; never exceptionally
  public CompletionStage<JoinResult> join(String campaign, Paper session) {
    CampaignLines campaignLines = calendar.of(campaign);
    if (campaignLines == null) {
      return CompletableFuture.completedStage(new JoinResult.CampaignUnknown());
    }
    if (!session.campaign().equals(campaign)) {
      return CompletableFuture.completedStage(new JoinResult.OtherCampaign());
    }
    return switch (calendar.decide(session)) {
      case Decision.Refused refused ->
          CompletableFuture.completedStage(
              new JoinResult.NotEligible(refused, campaignLines.zone()));
      case Decision.Admitted admitted -> join(session, admitted.window());
    };
  }

  private CompletionStage<JoinResult> join(Paper session, BookingWindow window) {
    LineState line = lines.of(session.campaign(), window.line());
    if (line == null) {
      return CompletableFuture.completedStage(new JoinResult.Busy());
    }
    if (line.isClosed()) {
      return CompletableFuture.completedStage(new JoinResult.Closed());
    }
    return joins
        .submit(new TicketStore.Request(line.key(), window.opens(), session.person()))
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .handle(
            (given, failure) -> {
              if (failure instanceof RejectedExecutionException) {
                return new JoinResult.Busy();
              }
              if (failure != null && !(failure instanceof TimeoutException)) {
                LOG.error("A join failed", failure);
              }
              return failure != null || given.isEmpty()
                  ? new JoinResult.Away()
                  : joined(session, window, given.get());
            });
  }

  private JoinResult joined(Paper session, BookingWindow window, TicketStore.Given given) {
    Paper ticket =
        new Paper(
            PaperKind.TICKET,
            session.campaign(),
            session.person(),
            session.session(),
            session.cohort(),
            given.number(),
            window.line(),
            window.closes());
    LineState line = lines.of(session.campaign(), window.line());
    return new JoinResult.Joined(
        papers.issue(ticket),
        window.line(),
        given.number(),
        given.lobby(),
        line == null ? null : line.placeOf(given.number()));
  }

  /// A store that does not answer fails the batch as a whole: trying each half of it again would
  /// only make everybody wait longer.
  private List<Optional<TicketStore.Given>> write(List<TicketStore.Request> batch) {
    try {
      return store.join(batch).stream().map(Optional::of).toList();
    } catch (StoreAwayException e) {
      LOG.warn("{} joins could not be written: {}", batch.size(), e.getMessage());
      return Collections.nCopies(batch.size(), Optional.empty());
    }
  }

  /// A person's place in a line.
  ///
  /// @param line the window's number
  /// @param number from 1
  /// @param lobby whether the number takes or took part in the draw
  /// @param place null until the draw
  /// @param called whether they may enter
  public record Place(int line, long number, boolean lobby, @Nullable Long place, boolean called) {}

  /// The place of a person in the line that is theirs now. Blocks for one indexed query: call it
  /// from a virtual thread.
  ///
  /// @return null when they have none
  /// @throws StoreAwayException when the store does not answer
  public @Nullable Place placeOf(Paper session) throws StoreAwayException {
    if (!(calendar.look(session) instanceof Decision.Admitted admitted)) {
      return null;
    }
    LineState line = lines.of(session.campaign(), admitted.window().line());
    if (line == null) {
      return null;
    }
    OptionalLong number = store.numberOf(line.key(), session.person());
    return number.isEmpty() ? null : place(line, number.getAsLong());
  }

  private static Place place(LineState line, long number) {
    Long place = line.placeOf(number);
    return new Place(
        line.window().line(),
        number,
        line.isLobby(number),
        place,
        place != null && place <= line.serving());
  }

  /// Writes all tickets of a drawn line as CSV: `line,number,place`, no persons.
  ///
  /// @return how many; 0 and nothing written when the line is unknown or not drawn yet
  /// @throws StoreAwayException when the store does not answer
  /// @throws IOException when `out` does not take it
  public long export(String campaign, int line, Appendable out)
      throws StoreAwayException, IOException {
    LineState state = lines.of(campaign, line);
    if (state == null || state.draw() == null) {
      return 0;
    }
    out.append("line,number,place\n");
    long[] count = {0};
    store.eachNumber(
        state.key(),
        number -> {
          out.append(line + "," + number + "," + state.placeOf(number) + "\n");
          count[0]++;
        });
    return count[0];
  }

  /// Writes down what still waits, then stops.
  @Override
  public void close() {
    joins.close();
  }
}
