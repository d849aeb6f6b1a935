package dev.naru.rehearsal.run;

import dev.naru.rehearsal.crowd.CrowdReport;
import dev.naru.rehearsal.forecast.Quantiles;
import dev.naru.rehearsal.http.Call;
import dev.naru.rehearsal.http.CallReport;
import dev.naru.rehearsal.report.RunRecord.Goal;
import dev.naru.rehearsal.report.RunRecord.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a rehearsal has to show. Correct books, no errors, no gain for cheats, honest ranges and a
/// forecast that came true are always among it, as far as there were any, and that somebody booked:
/// nothing is wrong with books in which nothing stands. The rest is up to whoever rehearses.
///
/// @param p99 99 of 100 calls of each kind take at most this
/// @param longestWait 99 of 100 people wait at most this in the line; null: any
/// @param bookedShare at least this share of those who came have an appointment, 0 to 1; 0:
///   somebody
/// @param finish everybody has left this long after the opening; null: any
public record Goals(
    Duration p99, @Nullable Duration longestWait, double bookedShare, @Nullable Duration finish) {

  /// A second for every call; nothing is asked of the rest.
  public static final Goals USUAL = new Goals(Duration.ofSeconds(1), null, 0, null);

  /// Calls whose time depends on an identity provider, which is not what is rehearsed.
  private static final List<String> ELSEWHERE = List.of(Call.COMPLETE.label(), Call.TRICK.label());

  /// Of the people, called inside the range that the page had shown them.
  private static final double PROMISES_KEPT = 0.9;

  /// A forecast is right within a quarter of itself, and within half a minute, which nobody notices
  /// in a line.
  private static final double FORECAST_SHARE = 0.25;

  private static final double FORECAST_SECONDS = 30;

  /// Judges a run.
  ///
  /// @param books what a comparison with the server's export found; null when there was none
  /// @param cheats whether there were any among the people
  public List<Goal> judge(CrowdReport crowd, @Nullable Books books, boolean cheats) {
    List<Goal> goals = new ArrayList<>();
    books(goals, books);
    goals.add(
        none(
            "contradictions",
            "The server never contradicts itself",
            crowd.inconsistencies().size()));
    goals.add(
        none(
            "errors",
            "No answer that should not exist",
            crowd.outcome().errors() + serverErrors(crowd)));
    goals.add(none("gave-up", "Nobody loses patience with the server", crowd.outcome().gaveUp()));
    cheats(goals, crowd, cheats);
    latencies(goals, crowd);
    people(goals, crowd);
    promises(goals, crowd.overTime().promises());
    forecast(goals, crowd);
    return goals;
  }

  private static void books(List<Goal> goals, @Nullable Books books) {
    String lost = "Every acknowledged booking is in the server's export";
    String doubled = "Nobody has two active appointments for one dose";
    String oversold = "No slot holds more than its capacity";
    if (books == null) {
      for (String[] goal :
          new String[][] {{"lost", lost}, {"doubled", doubled}, {"oversold", oversold}}) {
        goals.add(new Goal(goal[0], goal[1], "0", "no export to compare with", Verdict.UNKNOWN));
      }
      return;
    }
    goals.add(none("lost", lost, books.lost()));
    goals.add(none("doubled", doubled, books.doubled()));
    goals.add(none("oversold", oversold, books.oversold()));
  }

  private static void cheats(List<Goal> goals, CrowdReport crowd, boolean cheats) {
    if (cheats) {
      goals.add(
          goal(
              "cheats",
              "No trick gains anything",
              "0",
              crowd.tried().gained() + " of " + crowd.tried().attempts() + " attempts",
              crowd.tried().gained() == 0 && crowd.tried().attempts() > 0));
    }
  }

  private void latencies(List<Goal> goals, CrowdReport crowd) {
    String worst = "";
    long most = 0;
    for (Map.Entry<String, CallReport> call : crowd.calls().entrySet()) {
      if (!ELSEWHERE.contains(call.getKey()) && call.getValue().p99Micros() >= most) {
        worst = call.getKey();
        most = call.getValue().p99Micros();
      }
    }
    goals.add(
        new Goal(
            "p99",
            "Every call is quick",
            "p99 at most " + p99.toMillis() + " ms",
            most == 0
                ? "nothing was called"
                : String.format(Locale.ROOT, "%.1f ms (%s)", most / 1_000.0, worst),
            most == 0 ? Verdict.UNKNOWN : verdict(most <= p99.toNanos() / 1_000)));
  }

  private void people(List<Goal> goals, CrowdReport crowd) {
    double share = crowd.people() == 0 ? 0 : (double) crowd.outcome().booked() / crowd.people();
    goals.add(
        goal(
            "booked",
            "People have an appointment",
            bookedShare > 0 ? percent(bookedShare) : "somebody",
            percent(share),
            bookedShare > 0 ? share >= bookedShare : share > 0));
    Duration longest = longestWait;
    if (longest != null) {
      goals.add(
          goal(
              "wait",
              "99 of 100 people wait no longer",
              longest.toSeconds() + " s",
              String.format(Locale.ROOT, "%.0f s", crowd.overTime().waitP99()),
              crowd.outcome().admitted() > 0
                  && crowd.overTime().waitP99() <= longest.toMillis() / 1_000.0));
    }
    Duration end = finish;
    if (end != null) {
      double taken = crowd.seconds() - Math.max(0, crowd.overTime().openedSecond());
      goals.add(
          goal(
              "finish",
              "From the opening until everybody has left",
              end.toSeconds() + " s",
              String.format(Locale.ROOT, "%.0f s", taken) + (crowd.complete() ? "" : ", stopped"),
              crowd.complete() && taken <= end.toMillis() / 1_000.0));
    }
  }

  private static void promises(List<Goal> goals, CrowdReport.Promises promises) {
    if (promises.made() > 0) {
      double kept = (double) promises.kept() / promises.made();
      goals.add(
          goal(
              "range",
              "People are called within the wait that the page promises",
              percent(PROMISES_KEPT),
              percent(kept) + " of " + promises.made(),
              kept >= PROMISES_KEPT));
    }
  }

  /// Only of a crowd that came to the end: otherwise those who waited longest are missing.
  private static void forecast(List<Goal> goals, CrowdReport crowd) {
    Quantiles forecast = crowd.overTime().forecast();
    if (forecast != null && crowd.complete() && crowd.outcome().admitted() > 0) {
      double half = crowd.overTime().waitP50();
      double most = crowd.overTime().waitP99();
      goals.add(
          goal(
              "forecast",
              "Half, and 99 of 100, wait as long as was to be expected",
              String.format(Locale.ROOT, "%.0f and %.0f s", forecast.p50(), forecast.p99()),
              String.format(Locale.ROOT, "%.0f and %.0f s", half, most),
              isNear(half, forecast.p50()) && isNear(most, forecast.p99())));
    }
  }

  private static boolean isNear(double measured, double expected) {
    return Math.abs(measured - expected) <= Math.max(FORECAST_SECONDS, FORECAST_SHARE * expected);
  }

  /// 500 and the like, which people may have got over by asking again.
  private static long serverErrors(CrowdReport crowd) {
    return crowd.calls().values().stream()
        .flatMap(call -> call.answers().entrySet().stream())
        .filter(answer -> answer.getKey().startsWith("500"))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", share * 100);
  }

  private static Goal none(String id, String what, long found) {
    return goal(id, what, "0", String.valueOf(found), found == 0);
  }

  private static Goal goal(String id, String what, String goal, String measured, boolean held) {
    return new Goal(id, what, goal, measured, verdict(held));
  }

  private static Verdict verdict(boolean held) {
    return held ? Verdict.HELD : Verdict.MISSED;
  }
}
