package dev.naru.identity.light;

import java.util.List;
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
  /// @param failures how many failures it takes at least, so that one bad luck in a quiet minute
  ///   does not close a provider; 0 for limits that are not about failures
  private record Limit(
      Light light, ToDoubleFunction<Measured> value, double enter, double leave, int failures) {
    boolean isReached(Measured measured, Light current) {
      double threshold = light.isWorseThan(current) ? enter : leave;
      return measured.failures() >= failures && value.applyAsDouble(measured) >= threshold;
    }
  }

  private static final List<Limit> LIMITS =
      List.of(
          // After two seconds people ask themselves whether something is wrong; after five they
          // press the button again.
          new Limit(Light.DELAYED, Measured::medianSeconds, 2.0, 1.5, 0),
          new Limit(Light.CONGESTED, Measured::medianSeconds, 5.0, 4.0, 0),
          // One in twenty waits as long as others reload; 8 s is close to the limit of a check.
          new Limit(Light.DELAYED, Measured::p95Seconds, 5.0, 4.0, 0),
          new Limit(Light.CONGESTED, Measured::p95Seconds, 8.0, 6.5, 0),
          // 2 %: in 2021 a green light stood beside a failing provider. Half: more fail than pass.
          new Limit(Light.DELAYED, Measured::failureRatio, 0.02, 0.01, 1),
          new Limit(Light.CONGESTED, Measured::failureRatio, 0.10, 0.06, 3),
          new Limit(Light.UNAVAILABLE, Measured::failureRatio, 0.50, 0.30, 5),
          // Above 1 a check waits for another to end; at 2 it waits about twice its own time.
          new Limit(Light.DELAYED, Measured::load, 1.0, 0.8, 0),
          new Limit(Light.CONGESTED, Measured::load, 2.0, 1.6, 0));

  private LightRules() {}

  /// @param current the light shown until now
  static Light judge(Light current, Measured measured) {
    Light worst = measured.checks() == 0 ? withoutEvidence(current) : Light.SMOOTH;
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
