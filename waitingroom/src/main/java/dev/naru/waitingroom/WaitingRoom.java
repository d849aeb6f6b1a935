package dev.naru.waitingroom;

import dev.naru.common.paper.Papers;
import dev.naru.waitingroom.admission.Admissions;
import dev.naru.waitingroom.admission.SessionLife;
import dev.naru.waitingroom.control.BookingSignal;
import dev.naru.waitingroom.draw.SeedSealer;
import dev.naru.waitingroom.line.LineCalendar;
import dev.naru.waitingroom.line.LineHome;
import dev.naru.waitingroom.line.Lines;
import dev.naru.waitingroom.line.StatusBoard;
import dev.naru.waitingroom.ticket.Tickets;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The line station: people join, are drawn, are called at a pace, and enter.
public final class WaitingRoom implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WaitingRoom.class);
  private static final long SECOND_MILLIS = 1_000;

  private final Lines lines;
  private final StatusBoard statuses;
  private final Tickets tickets;
  private final Admissions admissions;
  private final AtomicBoolean moving = new AtomicBoolean();
  private @Nullable ScheduledFuture<?> beat;
  private volatile boolean closed;

  private WaitingRoom(Lines lines, StatusBoard statuses, Tickets tickets, Admissions admissions) {
    this.lines = lines;
    this.statuses = statuses;
    this.tickets = tickets;
    this.admissions = admissions;
  }

  /// A station that moves on only when [#tick] is called, with the first tick done.
  ///
  /// @param home where the lines are kept
  /// @param random a cryptographic generator: the secret seeds come from it
  /// @param sealer keeps the seeds secret until the opening
  /// @param booking how busy booking is, by which the pace is set
  /// @throws RuntimeException when it does not answer
  public static WaitingRoom open(
      LineHome home,
      Papers papers,
      SessionLife sessions,
      InstantSource clock,
      RandomGenerator random,
      LineCalendar calendar,
      SeedSealer sealer,
      BookingSignal booking) {
    Lines lines = new Lines(home, calendar, clock, random, sealer, booking);
    lines.tick();
    return of(home, lines, papers, sessions, clock, calendar);
  }

  /// A station beside others that only looks at the lines, and gives orders.
  public static WaitingRoom beside(
      LineHome home,
      Papers papers,
      InstantSource clock,
      RandomGenerator random,
      LineCalendar calendar,
      SeedSealer sealer) {
    Lines lines = new Lines(home, calendar, clock, random, sealer, _ -> null);
    lines.look();
    return of(home, lines, papers, (_, _, _) -> true, clock, calendar);
  }

  private static WaitingRoom of(
      LineHome home,
      Lines lines,
      Papers papers,
      SessionLife sessions,
      InstantSource clock,
      LineCalendar calendar) {
    StatusBoard statuses = new StatusBoard(home, lines.node(), lines, calendar, clock);
    statuses.render();
    return new WaitingRoom(
        lines,
        statuses,
        new Tickets(home, lines, calendar, papers, clock),
        new Admissions(home, lines, calendar, papers, sessions, clock));
  }

  /// Ticks once a second from now on, until it is closed.
  public WaitingRoom run(ScheduledExecutorService scheduler) {
    beat = scheduler.scheduleAtFixedRate(this::beat, 0, SECOND_MILLIS, TimeUnit.MILLISECONDS);
    return this;
  }

  /// What is asked of the lines' home may hang for as long as that does. It runs beside the beat,
  /// so that the status goes on and says so.
  private void beat() {
    if (moving.compareAndSet(false, true)) {
      Thread.ofVirtual()
          .name("naru-line")
          .start(
              () -> {
                try {
                  turn();
                } finally {
                  if (closed) {
                    giveBack();
                  }
                  moving.set(false);
                }
              });
    } else {
      render();
    }
  }

  /// Of several nodes one moves the lines and writes the status; the others look at both. When that
  /// one is gone, another takes its place within three seconds.
  private void turn() {
    try {
      if (statuses.hold()) {
        lines.tick();
        statuses.publish();
      } else {
        lines.look();
        statuses.follow();
      }
    } catch (RuntimeException e) {
      LOG.warn("The lines did not move on: {}", e.getMessage());
      render();
    }
  }

  /// Moves all lines on, whoever else does, then writes the status anew. When their home does not
  /// answer, nothing moves, and the status says so.
  public void tick() {
    try {
      lines.tick();
    } catch (RuntimeException e) {
      LOG.warn("The lines did not move on: {}", e.getMessage());
    }
    render();
  }

  /// A beat that throws would be the last one.
  private void render() {
    try {
      statuses.render();
    } catch (RuntimeException e) {
      LOG.error("The status could not be written", e);
    }
  }

  /// The lines themselves: commitments and beacons.
  public Lines lines() {
    return lines;
  }

  /// What everybody sees.
  public StatusBoard statuses() {
    return statuses;
  }

  /// Joining, places, the export.
  public Tickets tickets() {
    return tickets;
  }

  /// Entering.
  public Admissions admissions() {
    return admissions;
  }

  /// Stops ticking; what was asked before is still written down.
  @Override
  public void close() {
    ScheduledFuture<?> running = beat;
    if (running != null) {
      running.cancel(false);
      closed = true;
      if (moving.compareAndSet(false, true)) {
        giveBack();
      }
    }
    tickets.close();
    admissions.close();
  }

  private void giveBack() {
    try {
      statuses.release();
    } catch (RuntimeException e) {
      LOG.info("Another node will take the beat when it ends: {}", e.getMessage());
    }
  }
}
