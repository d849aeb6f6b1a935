package dev.naru.rehearsal.forecast;

import dev.naru.rehearsal.people.ArrivalCurve;
import java.time.Duration;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/// When people come after an opening.
public sealed interface Arrivals {
  /// When the one comes who has a share of all before (those of the lobby apart).
  ///
  /// @param window from opening to closing
  /// @param lobby which share of all is there before the opening
  /// @return from 0 to 1, to seconds after the opening; does not fall
  DoubleUnaryOperator over(Duration window, double lobby);

  /// In a few words.
  String description();

  /// Ever fewer: a share of all is there when the first part of the window is over, those of the
  /// lobby included. In August 2021 40% of a day's bookings fell in the first 30 minutes.
  ///
  /// @param first part of the window
  /// @param share of all, above 0 and below 1
  record Decay(Duration first, double share) implements Arrivals {
    public static final Decay AUGUST_2021 = new Decay(Duration.ofMinutes(30), 0.4);

    public Decay {
      if (!(share > 0 && share < 1) || first.toSeconds() < 1) {
        throw new IllegalArgumentException("a share lies between 0 and 1, and time is above 0");
      }
    }

    @Override
    public DoubleUnaryOperator over(Duration window, double lobby) {
      if (lobby >= share) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "the lobby holds %.0f%% of all, so more than %.0f%% are there in the first %d minutes",
                lobby * 100,
                share * 100,
                first.toMinutes()));
      }
      double seconds = window.toSeconds();
      double part = first.toSeconds() / seconds;
      double later = (share - lobby) / (1 - lobby);
      if (part >= later) {
        return quantile -> quantile * seconds;
      }
      double decay = new ArrivalCurve(window, part, later).decay();
      return quantile -> seconds * ArrivalCurve.partAt(decay, quantile);
    }

    @Override
    public String description() {
      return String.format(
          Locale.ROOT,
          "%.0f%% of all within the first %d minutes, then ever fewer",
          share * 100,
          first.toMinutes());
    }
  }

  /// Everybody at the opening: the worst that can happen.
  record AtOnce() implements Arrivals {
    @Override
    public DoubleUnaryOperator over(Duration window, double lobby) {
      return quantile -> 0;
    }

    @Override
    public String description() {
      return "everybody at the opening";
    }
  }

  /// As many in each second of the window.
  record Even() implements Arrivals {
    @Override
    public DoubleUnaryOperator over(Duration window, double lobby) {
      double seconds = window.toSeconds();
      return quantile -> quantile * seconds;
    }

    @Override
    public String description() {
      return "evenly over the window";
    }
  }

  /// As others came somewhere else.
  record Measured(Trace trace) implements Arrivals {
    @Override
    public DoubleUnaryOperator over(Duration window, double lobby) {
      return trace.within(window);
    }

    @Override
    public String description() {
      return "as measured from " + trace.from();
    }
  }
}
