package dev.naru.app.command;

import dev.naru.rehearsal.crowd.CrowdProgress;
import dev.naru.rehearsal.report.RunRecord;
import dev.naru.rehearsal.report.RunRecord.Goal;
import java.util.List;
import java.util.Locale;

/// What a rehearsal says on the terminal: a block that is drawn over itself each second, or a line
/// every ten where that would only fill a file.
final class RehearsalScreen {
  private static final int QUIET_EVERY = 10;
  private static final int BAR = 40;

  private final int people;
  private final boolean terminal = Progress.isTerminal();
  private int shown;
  private int drawn;

  RehearsalScreen(int people) {
    this.people = people;
  }

  void show(CrowdProgress now) {
    if (terminal) {
      List<String> lines = block(now);
      StringBuilder text = new StringBuilder(drawn == 0 ? "" : "\033[" + drawn + "A");
      lines.forEach(line -> text.append("\033[2K").append(line).append('\n'));
      drawn = lines.size();
      System.out.print(text);
      System.out.flush();
    } else if (shown++ % QUIET_EVERY == 0) {
      System.out.println(line(now));
    }
  }

  private List<String> block(CrowdProgress now) {
    int done = people == 0 ? 0 : (int) ((long) now.left() * BAR / people);
    return List.of(
        String.format(
            Locale.ROOT,
            "%-9s %s%s %,d of %,d have left   %02d:%02d",
            phase(now),
            "#".repeat(done),
            ".".repeat(BAR - done),
            now.left(),
            people,
            (int) now.seconds() / 60,
            (int) now.seconds() % 60),
        String.format(
            Locale.ROOT,
            "people    arrived %,d  verified %,d  lobby %,d  waiting %,d  admitted %,d  booked %,d",
            now.arrived(),
            now.verified(),
            now.inLobby(),
            now.waiting(),
            now.admitted(),
            now.booked()),
        String.format(
            Locale.ROOT,
            "requests  %,.0f a second  %,d in all  %d under way   %s",
            now.requestsPerSecond(),
            now.requests(),
            now.inFlight(),
            now.quantiles()),
        String.format(
            Locale.ROOT,
            "not well  refused %s  no slot %,d  left the line %,d  gave up %,d  errors %,d",
            now.refused().isEmpty() ? "0" : now.refused().toString(),
            now.noSlot(),
            now.abandoned(),
            now.gaveUp(),
            now.errors()));
  }

  private String line(CrowdProgress now) {
    return String.format(
        Locale.ROOT,
        "%5.0f s %s: arrived %,d of %,d, lobby %,d, waiting %,d, booked %,d, left %,d; %,.0f"
            + " requests/s, %s; gave up %,d, errors %,d",
        now.seconds(),
        phase(now),
        now.arrived(),
        people,
        now.inLobby(),
        now.waiting(),
        now.booked(),
        now.left(),
        now.requestsPerSecond(),
        now.quantiles(),
        now.gaveUp(),
        now.errors());
  }

  private static String phase(CrowdProgress now) {
    if (now.inLobby() > 0) {
      return "lobby";
    }
    if (now.waiting() > 0) {
      return "line";
    }
    return now.admitted() > 0 ? "booking" : "arrival";
  }

  void verdicts(RunRecord record) {
    System.out.println();
    for (Goal goal : record.goals()) {
      System.out.println(
          String.format(
              Locale.ROOT,
              "  %-7s  %-52s  goal %s; measured %s",
              goal.verdict().name().toLowerCase(Locale.ROOT),
              goal.what(),
              goal.goal(),
              goal.measured()));
    }
    System.out.println();
    record
        .totals()
        .forEach(
            (name, count) ->
                System.out.println(String.format(Locale.ROOT, "  %,12d  %s", count, name)));
  }
}
