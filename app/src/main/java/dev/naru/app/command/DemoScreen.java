package dev.naru.app.command;

import dev.naru.rehearsal.crowd.CrowdProgress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.function.BooleanSupplier;

/// What the demo says on the terminal.
final class DemoScreen {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
  static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final int PAUSE_MILLIS = 1_000;

  /// Not on a terminal, a line each second would only fill a file.
  private static final int QUIET_EVERY = 10;

  private final URI server;
  private final Instant opens;
  private final ZoneId zone;
  private final boolean terminal;
  private int shown;

  DemoScreen(URI server, Instant opens, ZoneId zone) {
    this.server = server;
    this.opens = opens;
    this.zone = zone;
    this.terminal = Progress.isTerminal();
  }

  /// @param lives whether the server's process is still there
  /// @return false when the server did not come up
  boolean waitUntilServed(BooleanSupplier lives) {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve("/api/v1/campaigns")).timeout(START_LIMIT).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      long began = System.nanoTime();
      while (lives.getAsBoolean() && System.nanoTime() - began < START_LIMIT.toNanos()) {
        try {
          if (client.send(request, BodyHandlers.discarding()).statusCode() == 200) {
            return true;
          }
        } catch (IOException e) {
          Thread.sleep(100);
        }
      }
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  void greet(int people) {
    System.out.printf(
        """

        Naru is at  %s

          Booking opens at %s (Korean time); the lobby is open now.
          %,d invented people come too.
          Try: verify with any name and a birth date of somebody 18 to 54, join, and wait.
               Reload, or close the page and come back: the number stays.
               As the same person in a second browser you are refused while the first is in use;
               log out in the first, and the second gets the same number.
          Also: %s/openapi   Ctrl-C ends the demo.

        """,
        server, TIME.format(opens.atZone(zone)), people, server);
  }

  void show(CrowdProgress progress, int people) {
    String line = line(progress, people);
    if (terminal) {
      System.out.print("\r" + line + "    ");
      System.out.flush();
    } else if (shown++ % QUIET_EVERY == 0) {
      System.out.println(line);
    }
  }

  private String line(CrowdProgress progress, int people) {
    return "%s  arrived %,d of %,d | lobby %,d | waiting %,d | admitted %,d | booked %,d | %,.0f requests/s"
        .formatted(
            TIME.format(Instant.now().atZone(zone)),
            progress.arrived(),
            people,
            progress.inLobby(),
            progress.waiting(),
            progress.admitted(),
            progress.booked(),
            progress.requestsPerSecond());
  }

  void end(CrowdProgress progress, int people) {
    System.out.println((terminal ? "\r" : "") + line(progress, people));
    System.out.println("The crowd has gone home; Naru goes on until Ctrl-C.");
  }

  /// @return false when interrupted
  static boolean pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
