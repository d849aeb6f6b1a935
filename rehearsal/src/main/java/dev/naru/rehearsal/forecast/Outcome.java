package dev.naru.rehearsal.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What came of one window, by place in line. Seconds count from the opening; NaN means never.
final class Outcome {
  private static final int MINUTE = 60;

  private final int lobby;
  private final int longestLine;
  private final int longestLineAt;
  private final int[] districts;
  private final float[] joined;
  private final float[] called;
  private final float[] booked;
  private final int minutes;

  Outcome(
      int lobby,
      int longestLine,
      int longestLineAt,
      int[] districts,
      float[] joined,
      float[] called,
      float[] booked) {
    this.lobby = lobby;
    this.longestLine = longestLine;
    this.longestLineAt = longestLineAt;
    this.districts = districts;
    this.joined = joined;
    this.called = called;
    this.booked = booked;
    this.minutes = minutes();
  }

  int people() {
    return joined.length;
  }

  int lobby() {
    return lobby;
  }

  int longestLine() {
    return longestLine;
  }

  int longestLineAt() {
    return longestLineAt;
  }

  /// How many were not called, or had no time left to book.
  long notServed() {
    long sum = 0;
    for (float when : booked) {
      sum += Float.isNaN(when) ? 1 : 0;
    }
    return sum;
  }

  /// From joining, or from the opening for those in the lobby, to being called.
  Quantiles waits() {
    float[] waits = new float[joined.length];
    for (int place = 0; place < waits.length; place++) {
      waits[place] = called[place] - joined[place];
    }
    return Quantiles.of(waits);
  }

  /// In seconds, of those who were called.
  double meanWait() {
    double sum = 0;
    int count = 0;
    for (int place = 0; place < joined.length; place++) {
      if (!Float.isNaN(called[place])) {
        sum += called[place] - joined[place];
        count++;
      }
    }
    return count == 0 ? 0 : sum / count;
  }

  /// When people had booked.
  Quantiles bookings() {
    return Quantiles.of(booked.clone());
  }

  /// When the people of each district had booked, by the index of the district.
  List<Quantiles> bookingsByDistrict(int count) {
    int[] sizes = new int[count];
    for (int district : districts) {
      sizes[district]++;
    }
    float[][] times = new float[count][];
    for (int district = 0; district < count; district++) {
      times[district] = new float[sizes[district]];
    }
    for (int place = 0; place < districts.length; place++) {
      int district = districts[place];
      times[district][--sizes[district]] = booked[place];
    }
    return Arrays.stream(times).map(Quantiles::of).toList();
  }

  private int minutes() {
    double last = 0;
    for (int place = 0; place < joined.length; place++) {
      last = Math.max(last, Float.isNaN(booked[place]) ? joined[place] : booked[place]);
    }
    return (int) (last / MINUTE) + 1;
  }

  List<Long> arrivals() {
    return perMinute(joined, lobby);
  }

  List<Long> calls() {
    return perMinute(called, 0);
  }

  List<Long> bookingsPerMinute() {
    return perMinute(booked, 0);
  }

  /// Quantiles of the wait of those who joined in each minute; null when nobody did. Those of the
  /// lobby are not among them.
  List<@Nullable Quantiles> waitsByMinute() {
    List<@Nullable Quantiles> byMinute = new ArrayList<>();
    int place = lobby;
    for (int minute = 0; minute < minutes; minute++) {
      int from = place;
      while (place < joined.length && joined[place] < (minute + 1) * MINUTE) {
        place++;
      }
      float[] waits = new float[place - from];
      for (int i = from; i < place; i++) {
        waits[i - from] = called[i] - joined[i];
      }
      byMinute.add(waits.length == 0 ? null : Quantiles.of(waits));
    }
    return byMinute;
  }

  private List<Long> perMinute(float[] seconds, int from) {
    long[] counts = new long[minutes];
    for (int place = from; place < seconds.length; place++) {
      if (!Float.isNaN(seconds[place])) {
        counts[(int) (seconds[place] / MINUTE)]++;
      }
    }
    return Arrays.stream(counts).boxed().toList();
  }
}
