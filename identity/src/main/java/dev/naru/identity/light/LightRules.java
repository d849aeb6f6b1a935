package dev.naru.identity.light;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/// Which light a provider deserves. The light is what people see happening to them, never what the
/// provider claims: it is not green while more than 2 % of the checks fail.
///
/// Each limit is two limits: it is reached at `enter`, and left only below `leave`, so that a value
/// that trembles around it does not make the light flicker.
final class LightRules {
  /// One limit.
  ///
  /// @param light shown from this limit on
  /// @param value what is compared
  /// @param enter reached at this value
  /// @param leave left below this value
  private record Limit(Light light, ToDoubleFunction<Measured> value, double enter, double leave) {
    boolean isReached(Measured measured, Light current) {
      double threshold = light.isWorseThan(current) ? enter : leave;
      return value.applyAsDouble(measured) >= threshold;
    }

    /// A share of failures, of a number of failures at least, so that one bad luck in a quiet
    /// minute does not close a provider.
    static Limit ofFailures(
        Light light,
        Function<Measured, Measured.Ended> when,
        double enter,
        double leave,
        int least) {
      return new Limit(
          light,
          measured -> {
            Measured.Ended ended = when.apply(measured);
            return ended.failures() < least ? 0 : ended.failureRatio();
          },
          enter,
          leave);
    }
  }

  private static final List<Limit> LIMITS =
      List.of(
          // After two seconds people ask themselves whether something is wrong; after five they
          // press the button again.
          new Limit(Light.DELAYED, Measured::medianSeconds, 2.0, 1.5),
          new Limit(Light.CONGESTED, Measured::medianSeconds, 5.0, 4.0),
          // One in twenty waits as long as others reload; 8 s is close to the limit of a check.
          new Limit(Light.DELAYED, Measured::p95Seconds, 5.0, 4.0),
          new Limit(Light.CONGESTED, Measured::p95Seconds, 8.0, 6.5),
          // 2 %: in 2021 a green light stood beside a failing provider. Half: more fail than pass.
          Limit.ofFailures(Light.DELAYED, Measured::minute, 0.02, 0.01, 1),
          Limit.ofFailures(Light.CONGESTED, Measured::minute, 0.10, 0.06, 3),
          Limit.ofFailures(Light.UNAVAILABLE, Measured::minute, 0.50, 0.30, 5),
          // A busy minute that went well must not hide the seconds that do not.
          Limit.ofFailures(Light.CONGESTED, Measured::recent, 0.10, 0.06, 3),
          Limit.ofFailures(Light.UNAVAILABLE, Measured::recent, 0.50, 0.30, 5),
          // A provider that hangs fails nobody until the time limit: its silence speaks first.
          new Limit(Light.DELAYED, Measured::overdueSeconds, 1.0, 0.5),
          new Limit(Light.CONGESTED, Measured::overdueSeconds, 2.5, 0.5),
          // Above 1 a check waits for another to end; at 2 it waits about twice its own time.
          new Limit(Light.DELAYED, Measured::load, 1.0, 0.8),
          new Limit(Light.CONGESTED, Measured::load, 2.0, 1.6));

  private LightRules() {}

  /// @param current the light shown until now
  static Light judge(Light current, Measured measured) {
    return switch (measured.breaker()) {
      case OPEN -> Light.UNAVAILABLE;
      // The old failures have been answered for: they must not keep away those who would try.
      case PROBING -> Light.CONGESTED;
      case CLOSED -> byLimits(current, measured);
    };
  }

  private static Light byLimits(Light current, Measured measured) {
    Light worst = measured.minute().checks() == 0 ? withoutEvidence(current) : Light.SMOOTH;
    for (Limit limit : LIMITS) {
      if (limit.light().isWorseThan(worst) && limit.isReached(measured, current)) {
        worst = limit.light();
      }
    }
    return worst;
  }

  /// A minute without a single check proves nothing: a provider that was bad invites people to try,
  /// but turns green only when they got through.
  private static Light withoutEvidence(Light current) {
    return current.isWorseThan(Light.DELAYED) ? Light.DELAYED : current;
  }
}
