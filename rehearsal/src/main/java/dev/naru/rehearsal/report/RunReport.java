package dev.naru.rehearsal.report;

import dev.naru.rehearsal.report.RunRecord.Call;
import dev.naru.rehearsal.report.RunRecord.Goal;
import dev.naru.rehearsal.report.RunRecord.Group;
import dev.naru.rehearsal.report.RunRecord.Quantiles;
import dev.naru.rehearsal.report.RunRecord.Series;
import dev.naru.rehearsal.report.RunRecord.Totals;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The page of one rehearsal.
final class RunReport {
  private RunReport() {}

  static String html(RunRecord run) {
    Page page = new Page(run.about().title());
    page.summary("en", english(run)).summary("ko", korean(run));
    page.heading("Verdicts").table("Goals", GOAL_HEAD, goals(run.goals()));
    page.heading("What happened").plots(RunPlots.overTime(run));
    if (!run.people().isEmpty()) {
      page.heading("What people saw").plots(RunPlots.people(run));
    }
    page.heading("How quick the answers were").plots(RunPlots.latencies(run));
    page.table(
        "Latency of each call, from the moment at which it was meant to be made",
        CALL_HEAD,
        calls(run.calls()));
    page.table("Answers", List.of("call", "answer", "times"), answers(run.calls()));
    page.heading("Totals").table("Counts", List.of("what", "number"), pairs(run.totals()));
    again(page, run);
    return page.html();
  }

  private static final List<String> GOAL_HEAD = List.of("what", "goal", "measured", "verdict");
  private static final List<String> CALL_HEAD =
      List.of("call", "times", "p50", "p90", "p99", "p99.9", "longest");

  private static List<String> english(RunRecord run) {
    List<String> sentences = new ArrayList<>();
    sentences.add(
        "%s of %s people booked within %s; %s of %s goals held."
            .formatted(
                number(run, Totals.BOOKED),
                number(run, Totals.PEOPLE),
                Unit.TIME.text(run.seconds()),
                held(run),
                run.goals().size()));
    if (run.stopped() != null) {
      sentences.add("The run was stopped early: " + run.stopped() + ".");
    }
    return sentences;
  }

  private static List<String> korean(RunRecord run) {
    List<String> sentences = new ArrayList<>();
    sentences.add(
        "요약: %s명 가운데 %s명이 %s 안에 예약을 마쳤습니다. 목표 %s개 중 %s개를 지켰습니다."
            .formatted(
                number(run, Totals.PEOPLE),
                number(run, Totals.BOOKED),
                koreanTime(run.seconds()),
                run.goals().size(),
                held(run)));
    sentences.add(
        "초과 예약 %s건, 중복 예약 %s건, 잃은 예약 %s건, 성공한 부정 시도 %s건."
            .formatted(
                number(run, Totals.OVERSOLD),
                number(run, Totals.DOUBLED),
                number(run, Totals.LOST),
                number(run, Totals.CHEATS_SUCCEEDED)));
    if (run.stopped() != null) {
      sentences.add("예행연습이 끝나기 전에 멈췄습니다: " + run.stopped());
    }
    return sentences;
  }

  /// A time as Korean readers say it.
  static String koreanTime(double seconds) {
    long all = Math.round(seconds);
    if (all < 60) {
      return all + "초";
    }
    return all < 3_600
        ? (all / 60) + "분 " + (all % 60) + "초"
        : (all / 3_600) + "시간 " + (all / 60 % 60) + "분";
  }

  private static long held(RunRecord run) {
    return run.goals().stream().filter(goal -> goal.verdict() == RunRecord.Verdict.HELD).count();
  }

  private static String number(RunRecord run, String total) {
    Long value = run.totals().get(total);
    return value == null ? "–" : String.format(Locale.ROOT, "%,d", value);
  }

  private static List<List<String>> goals(List<Goal> goals) {
    return goals.stream()
        .map(goal -> List.of(goal.what(), goal.goal(), goal.measured(), verdict(goal)))
        .toList();
  }

  static String verdict(Goal goal) {
    return switch (goal.verdict()) {
      case HELD -> "held";
      case MISSED -> "missed";
      case UNKNOWN -> "unknown";
    };
  }

  private static List<List<String>> calls(List<Call> calls) {
    return calls.stream()
        .map(
            call -> {
              Quantiles all = call.all();
              return List.of(
                  call.name(),
                  String.format(Locale.ROOT, "%,d", all.count()),
                  micros(all.p50()),
                  micros(all.p90()),
                  micros(all.p99()),
                  micros(all.p999()),
                  micros(all.max()));
            })
        .toList();
  }

  static String micros(long latency) {
    return Unit.MICROS.text((double) latency);
  }

  private static List<List<String>> answers(List<Call> calls) {
    List<List<String>> rows = new ArrayList<>();
    for (Call call : calls) {
      call.answers()
          .forEach(
              (answer, times) ->
                  rows.add(
                      List.of(
                          call.name(),
                          "“" + answer + "”",
                          String.format(Locale.ROOT, "%,d", times))));
    }
    return rows;
  }

  private static List<List<String>> pairs(Map<String, Long> totals) {
    return totals.entrySet().stream()
        .map(total -> List.of(total.getKey(), String.format(Locale.ROOT, "%,d", total.getValue())))
        .toList();
  }

  private static void again(Page page, RunRecord run) {
    page.heading("Again").verbatim(run.about().command());
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("started", "at " + run.about().startedAt()));
    rows.add(List.of("server", run.about().server()));
    rows.add(List.of("campaign", run.about().campaign()));
    rows.add(List.of("seed", Long.toString(run.about().seed())));
    run.about().versions().forEach((what, value) -> rows.add(List.of(what, value)));
    run.about().machine().forEach((what, value) -> rows.add(List.of(what, value)));
    page.table("The run", List.of("what", "value"), rows);
  }

  /// The series of one group.
  static List<Series> of(RunRecord run, Group group) {
    return run.series().stream().filter(series -> series.group() == group).toList();
  }
}
