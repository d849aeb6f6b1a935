package dev.naru.rehearsal.forecast;

import dev.naru.rehearsal.forecast.Forecast.Day;
import dev.naru.rehearsal.forecast.Forecast.Rotation;
import dev.naru.rehearsal.report.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// A forecast in words.
public final class ForecastText {
  private ForecastText() {}

  /// Seconds as people read them.
  public static String time(double seconds) {
    return Unit.TIME.text(Math.ceil(seconds));
  }

  /// Whose day it is.
  public static String digits(List<Integer> digits) {
    return digits.isEmpty()
        ? "all"
        : digits.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  static String dealt(Rotation rotation) {
    return rotation.digits().stream()
        .map(day -> day.stream().map(String::valueOf).collect(Collectors.joining()))
        .collect(Collectors.joining(" | "));
  }

  static List<String> english(Forecast forecast) {
    Day busiest = forecast.busiest();
    List<String> sentences = new ArrayList<>();
    sentences.add(
        String.format(
            Locale.ROOT,
            "%,d of %,d residents may book. The busiest day opens at %s: %,d people, %,d of them in"
                + " the lobby.",
            forecast.eligible(),
            forecast.residents(),
            busiest.opens(),
            busiest.people(),
            busiest.lobby()));
    sentences.add(
        String.format(
            Locale.ROOT,
            "At %,d a minute half of them wait at most %s and nobody longer than %s; 95%% have booked"
                + " after %s. If the whole day came at the opening, the last would wait %s.",
            forecast.perMinute(),
            time(busiest.waits().p50()),
            time(busiest.waits().max()),
            time(busiest.booked().p95()),
            time(forecast.everybodyAtOnce())));
    sentences.add(wanted(forecast));
    long notServed = forecast.days().stream().mapToLong(Day::notServed).sum();
    if (notServed > 0) {
      sentences.add(
          String.format(Locale.ROOT, "Not served before their window closes: %,d.", notServed));
    }
    return sentences;
  }

  /// What the wanted wait takes.
  public static String wanted(Forecast forecast) {
    Forecast.Pace wanted = forecast.wanted();
    return String.format(
        Locale.ROOT,
        "So that nobody waits longer than %s, %,d a minute have to be called%s.",
        time(wanted.waitSeconds()),
        wanted.perMinute(),
        wanted.nodes() == null ? "" : String.format(Locale.ROOT, " (nodes: %,d)", wanted.nodes()));
  }

  static List<String> korean(Forecast forecast) {
    Day busiest = forecast.busiest();
    List<String> sentences = new ArrayList<>();
    sentences.add(
        String.format(
            Locale.ROOT,
            "요약: 주민 %,d명 가운데 %,d명이 대상자입니다. 가장 붐비는 날은 %s에 열리며 %,d명이 찾아오고, 그중 %,d명이"
                + " 시작 전에 대기합니다.",
            forecast.residents(),
            forecast.eligible(),
            busiest.opens(),
            busiest.people(),
            busiest.lobby()));
    sentences.add(
        String.format(
            Locale.ROOT,
            "분당 %,d명을 들여보내면 절반은 %s 안에 차례가 오고 가장 오래 기다리는 사람은 %s을 기다립니다. 하루 대상자가 한꺼번에"
                + " 오면 마지막 사람은 %s을 기다립니다.",
            forecast.perMinute(),
            koreanTime(busiest.waits().p50()),
            koreanTime(busiest.waits().max()),
            koreanTime(forecast.everybodyAtOnce())));
    sentences.add(
        String.format(
            Locale.ROOT,
            "아무도 %s 넘게 기다리지 않게 하려면 분당 %,d명을 들여보내야 합니다%s.",
            koreanTime(forecast.wanted().waitSeconds()),
            forecast.wanted().perMinute(),
            forecast.wanted().nodes() == null
                ? ""
                : String.format(Locale.ROOT, " (서버 %,d대)", forecast.wanted().nodes())));
    return sentences;
  }

  private static String koreanTime(double seconds) {
    long all = (long) Math.ceil(seconds);
    if (all < 60) {
      return all + "초";
    }
    return all < 3_600
        ? Math.round(all / 60.0) + "분"
        : (all / 3_600) + "시간 " + (all / 60 % 60) + "분";
  }
}
