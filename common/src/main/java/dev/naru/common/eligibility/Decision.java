package dev.naru.common.eligibility;

import dev.naru.common.text.LocalText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether a person may take part in a campaign now, and if not, which rule refused. One record for
/// every door: the identity check, the line and booking answer with the same.
public sealed interface Decision {
  /// What papers say of somebody who may not book whatever the day: see [Reason#cohort()].
  int NO_COHORT = -1;

  /// Those of foreigners begin here in campaigns that have windows of their own for them.
  int FIRST_FOREIGN_COHORT = 10;

  /// The person's cohort: the last digit of the day of birth, 0 without rotation,
  /// [#FIRST_FOREIGN_COHORT] more for foreigners with windows of their own; negative for those who
  /// may not book at all.
  int cohort();

  /// The person's own booking windows that are not over yet, earliest first.
  List<BookingWindow> windows();

  /// Whether it is an admission.
  default boolean eligible() {
    return this instanceof Admitted;
  }

  /// The rule that refused; null for an admission.
  default @Nullable Reason reason() {
    return null;
  }

  /// May join the line, or book once admitted.
  ///
  /// @param window that is theirs now: its lobby or its booking is open
  record Admitted(int cohort, BookingWindow window, List<BookingWindow> windows)
      implements Decision {
    public Admitted {
      windows = List.copyOf(windows);
    }
  }

  /// May not, now or at all.
  ///
  /// @param reason the rule that refused: the first one, in the order of [Reason]
  /// @param list what people call the list that decided; null when none did
  record Refused(int cohort, Reason reason, @Nullable LocalText list, List<BookingWindow> windows)
      implements Decision {
    public Refused {
      windows = List.copyOf(windows);
    }

    /// The sentence that the person is told.
    public LocalText told() {
      return list == null ? reason.text() : reason.about(list);
    }
  }

  /// A refusal that no list decided.
  static Refused refused(int cohort, Reason reason, List<BookingWindow> windows) {
    return new Refused(cohort, reason, null, windows);
  }
}
