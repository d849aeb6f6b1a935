package dev.naru.common.eligibility;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whom a campaign, a window or a product is for, beside ages and days of birth.
///
/// @param origin of people by their nationality
/// @param only names of lists; unless empty, one has to be on at least one of them
/// @param not names of lists that one must not be on
public record Audience(Origin origin, List<String> only, List<String> not) {
  /// Nobody is kept out.
  public static final Audience EVERYBODY = new Audience(Origin.ANY, List.of(), List.of());

  /// Nationals, foreigners or both.
  public enum Origin {
    ANY,
    DOMESTIC,
    FOREIGN
  }

  public Audience {
    only = List.copyOf(only);
    not = List.copyOf(not);
  }

  /// Whether lists have to be asked.
  public boolean asksLists() {
    return !only.isEmpty() || !not.isEmpty();
  }

  /// The list that keeps a person out. A list that is missing keeps everybody out, whichever way it
  /// is asked: nobody gets in because something is not there.
  ///
  /// @return null when none does
  public @Nullable KeptOut keptOutBy(Membership lists) {
    for (String list : not) {
      switch (lists.of(list)) {
        case MISSING -> {
          return new KeptOut(Reason.LIST_MISSING, list);
        }
        case ON -> {
          return new KeptOut(Reason.LISTED, list);
        }
        case OFF -> {}
      }
    }
    String missed = null;
    for (String list : only) {
      switch (lists.of(list)) {
        case MISSING -> {
          return new KeptOut(Reason.LIST_MISSING, list);
        }
        case ON -> {
          return null;
        }
        case OFF -> missed = missed == null ? list : missed;
      }
    }
    return missed == null ? null : new KeptOut(Reason.NOT_LISTED, missed);
  }

  /// Why somebody is kept out.
  ///
  /// @param list name of the one that decided
  public record KeptOut(Reason reason, String list) {
    /// The refusal that this is.
    public Decision.Refused refused(int cohort, Membership lists, List<BookingWindow> windows) {
      return new Decision.Refused(cohort, reason, lists.nameOf(list), windows);
    }
  }
}
