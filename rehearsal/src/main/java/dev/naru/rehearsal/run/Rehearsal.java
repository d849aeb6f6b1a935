package dev.naru.rehearsal.run;

import dev.naru.rehearsal.crowd.Crowd;
import dev.naru.rehearsal.crowd.CrowdPlan;
import dev.naru.rehearsal.crowd.CrowdProgress;
import dev.naru.rehearsal.crowd.CrowdReport;
import dev.naru.rehearsal.crowd.Reservation;
import dev.naru.rehearsal.http.CallReport;
import dev.naru.rehearsal.report.RunRecord;
import dev.naru.rehearsal.report.RunRecord.About;
import dev.naru.rehearsal.report.RunRecord.Series;
import dev.naru.rehearsal.report.RunRecord.Totals;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A crowd goes through a running Naru; what happens is measured, judged and kept.
public final class Rehearsal implements AutoCloseable {
  /// Where the server's own list of appointments comes from.
  public interface Export {
    /// Opens a list as [Books#compare] reads it.
    ///
    /// @throws IOException when it cannot be had; the message is for people
    BufferedReader open() throws IOException;
  }

  /// What to measure beside the crowd.
  ///
  /// @param metrics address of the server's metrics; null when it is not known
  /// @param database process of a database on this machine; null when there is none
  public record Measured(@Nullable URI metrics, @Nullable Long database) {}

  private final CrowdPlan plan;
  private final Goals goals;
  private final Crowd crowd;
  private final Readings readings;
  private volatile @Nullable String stopped;

  private Rehearsal(CrowdPlan plan, Goals goals, Measured measured) {
    this.plan = plan;
    this.goals = goals;
    this.readings = new Readings(measured.metrics(), measured.database(), plan.stepSeconds());
    this.readings.start();
    this.crowd = Crowd.start(plan);
  }

  /// Lets the crowd come. Returns at once.
  public static Rehearsal start(CrowdPlan plan, Goals goals, Measured measured) {
    return new Rehearsal(plan, goals, measured);
  }

  /// Where everybody is; at most a quarter of a second old.
  public CrowdProgress progress() {
    return crowd.progress();
  }

  /// Completed when everybody has left; see [Crowd#done].
  public CompletableFuture<CrowdReport> done() {
    return crowd.done();
  }

  /// Sends everybody home now.
  ///
  /// @param why such as `Ctrl-C`
  public void stop(String why) {
    if (!crowd.done().isDone()) {
      stopped = why;
      crowd.close();
    }
  }

  /// The record of a run that has ended.
  ///
  /// @param export null when nobody said where it is
  /// @param note told of what keeps a goal from being judged
  public RunRecord record(
      CrowdReport report, About about, @Nullable Export export, Consumer<String> note) {
    readings.close();
    Books books = books(report.reservations(), export, note);
    List<Series> series = new ArrayList<>(report.overTime().series());
    series.addAll(readings.series());
    report.inconsistencies().forEach(one -> note.accept("contradiction: " + one.what()));
    report.tried().gains().forEach(gain -> note.accept("gained: " + gain));
    double opened = report.overTime().openedSecond();
    return new RunRecord(
        RunRecord.FORMAT,
        about,
        report.seconds(),
        opened > 0 ? opened : null,
        stopped,
        plan.stepSeconds(),
        series,
        report.calls().entrySet().stream().map(Rehearsal::call).toList(),
        report.overTime().people(),
        totals(report, books),
        goals.judge(report, books, plan.manners().cheats() > 0));
  }

  private static @Nullable Books books(
      List<Reservation> told, @Nullable Export export, Consumer<String> note) {
    if (export == null) {
      return null;
    }
    try (BufferedReader lines = export.open()) {
      Books books = Books.compare(lines, told);
      books.examples().forEach(note);
      return books;
    } catch (IOException | IllegalArgumentException e) {
      note.accept("the export cannot be compared: " + e.getMessage());
      return null;
    }
  }

  private static RunRecord.Call call(Map.Entry<String, CallReport> call) {
    CallReport report = call.getValue();
    return new RunRecord.Call(call.getKey(), report.all(), report.overTime(), report.answers());
  }

  private Map<String, Long> totals(CrowdReport report, @Nullable Books books) {
    CrowdProgress outcome = report.outcome();
    Map<String, Long> totals = new LinkedHashMap<>();
    totals.put(Totals.PEOPLE, (long) report.people());
    totals.put(Totals.ARRIVED, (long) outcome.arrived());
    totals.put(Totals.VERIFIED, (long) outcome.verified());
    totals.put(Totals.JOINED, (long) report.overTime().joined());
    totals.put(Totals.ADMITTED, (long) outcome.admitted());
    totals.put(Totals.BOOKED, (long) outcome.booked());
    totals.put(Totals.MOVED, (long) report.overTime().moved());
    totals.put(Totals.CANCELLED, (long) outcome.cancelled());
    totals.put(Totals.NO_SLOT, (long) outcome.noSlot());
    totals.put("left the line", (long) outcome.abandoned());
    totals.put(Totals.GAVE_UP, (long) outcome.gaveUp());
    outcome.refused().forEach((why, count) -> totals.put("refused: " + why, (long) count));
    totals.put(Totals.ERRORS, (long) outcome.errors());
    if (plan.manners().cheats() > 0) {
      totals.put(Totals.CHEATS, (long) report.tried().attempts());
      totals.put(Totals.CHEATS_SUCCEEDED, (long) report.tried().gained());
    }
    if (books != null) {
      totals.put("appointments in the export", books.rows());
      totals.put(Totals.LOST, books.lost());
      totals.put(Totals.DOUBLED, books.doubled());
      totals.put(Totals.OVERSOLD, books.oversold());
    }
    totals.put(Totals.REQUESTS, outcome.requests());
    totals.put("half waited at most, s", Math.round(report.overTime().waitP50()));
    totals.put("99 of 100 waited at most, s", Math.round(report.overTime().waitP99()));
    perJourney(totals, report);
    return totals;
  }

  /// Costs, divided by the journeys that ended with an appointment.
  private void perJourney(Map<String, Long> totals, CrowdReport report) {
    int journeys = report.outcome().booked();
    if (journeys == 0) {
      return;
    }
    totals.put(
        "requests per 100 journeys", Math.round(report.outcome().requests() * 100.0 / journeys));
    Readings.Used used = readings.used();
    micros(totals, "server CPU per journey, µs", used.server(), journeys);
    micros(totals, "database CPU per journey, µs", used.database(), journeys);
    micros(totals, "crowd CPU per journey, µs", used.crowd(), journeys);
  }

  private static void micros(Map<String, Long> totals, String name, double seconds, int journeys) {
    if (!Double.isNaN(seconds)) {
      totals.put(name, Math.round(seconds * 1e6 / journeys));
    }
  }

  @Override
  public void close() {
    crowd.close();
  }
}
