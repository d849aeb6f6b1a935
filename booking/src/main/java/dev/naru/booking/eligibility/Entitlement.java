package dev.naru.booking.eligibility;

import dev.naru.booking.campaign.Campaign;
import dev.naru.booking.campaign.Product;
import dev.naru.common.eligibility.Applicant;
import dev.naru.common.eligibility.Audience;
import dev.naru.common.eligibility.BookingWindow;
import dev.naru.common.eligibility.Decision;
import dev.naru.common.eligibility.Membership;
import dev.naru.common.eligibility.Reason;
import dev.naru.common.paper.Paper;
import dev.naru.common.person.PersonKey;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Asks the rules about people, with the lists and the clock as they are now, and counts which rule
/// refused at which door. From memory: never blocks.
public final class Entitlement {
  /// Where somebody is refused.
  public enum Door {
    CHECK,
    LINE,
    BOOKING
  }

  /// On which lists people are; answers from memory.
  @FunctionalInterface
  public interface Lists {
    Membership of(Campaign campaign, PersonKey person);
  }

  private final Lists lists;
  private final InstantSource clock;
  private final Map<Door, Map<Reason, LongAdder>> refusals = new EnumMap<>(Door.class);

  public Entitlement(Lists lists, InstantSource clock) {
    this.lists = lists;
    this.clock = clock;
    for (Door door : Door.values()) {
      Map<Reason, LongAdder> byReason = new EnumMap<>(Reason.class);
      for (Reason reason : Reason.values()) {
        byReason.put(reason, new LongAdder());
      }
      refusals.put(door, byReason);
    }
  }

  /// Decides when somebody is verified.
  public Decision atTheCheck(Campaign campaign, Applicant applicant) {
    return counted(
        Door.CHECK,
        EligibilityRules.atTheCheck(
            campaign, applicant, lists.of(campaign, applicant.person()), clock.instant()));
  }

  /// Decides when somebody joins the line.
  public Decision atTheLine(Campaign campaign, Paper session) {
    return counted(Door.LINE, of(campaign, session));
  }

  /// Only looks: nobody was refused anything.
  public Decision of(Campaign campaign, Paper session) {
    return session.campaign().equals(campaign.id())
        ? EligibilityRules.decide(
            campaign, session.cohort(), lists(campaign, session), clock.instant())
        : Decision.refused(session.cohort(), Reason.OTHER_CAMPAIGN, List.of());
  }

  /// Decides when somebody wants to see or take what is free.
  ///
  /// @param window that is open
  /// @return null when they may
  public Decision.@Nullable Refused refusesAtBooking(
      Campaign campaign, Paper session, BookingWindow window) {
    if (session.campaign().equals(campaign.id())
        && EligibilityRules.admits(campaign, window, session.cohort(), lists(campaign, session))) {
      return null;
    }
    return switch (counted(Door.BOOKING, of(campaign, session))) {
      case Decision.Refused refused -> refused;
      // The clock or a list has moved on since.
      case Decision.Admitted admitted when admitted.window().equals(window) -> null;
      case Decision.Admitted admitted ->
          Decision.refused(session.cohort(), Reason.NOT_YET, admitted.windows());
    };
  }

  /// Decides whether somebody is given a product.
  ///
  /// @return null when they are
  public Decision.@Nullable Refused refusesProduct(
      Campaign campaign, Paper session, Product product) {
    Membership membership = lists(campaign, session);
    Audience.KeptOut keptOut = product.audience().keptOutBy(membership);
    if (keptOut == null) {
      return null;
    }
    Decision.Refused refused = keptOut.refused(session.cohort(), membership, List.of());
    counted(Door.BOOKING, refused);
    return refused;
  }

  /// Whether no list keeps somebody from a product in a window. Only looks: nobody was refused
  /// anything.
  public boolean listsAllow(
      Campaign campaign, BookingWindow window, Product product, PersonKey person) {
    Membership membership = lists.of(campaign, person);
    return Stream.of(campaign.requirements().audience(), window.audience(), product.audience())
        .allMatch(audience -> audience.keptOutBy(membership) == null);
  }

  /// Whether somebody is on a list of the campaign; nobody is on one that was not imported.
  public boolean isOn(Campaign campaign, PersonKey person, String list) {
    return lists.of(campaign, person).of(list) == Membership.Standing.ON;
  }

  private Membership lists(Campaign campaign, Paper session) {
    return lists.of(campaign, session.person());
  }

  private Decision counted(Door door, Decision decision) {
    if (decision instanceof Decision.Refused refused) {
      adder(door, refused.reason()).increment();
    }
    return decision;
  }

  /// How often a rule has refused somebody at a door since the start.
  public long refusals(Door door, Reason reason) {
    return adder(door, reason).sum();
  }

  private LongAdder adder(Door door, Reason reason) {
    LongAdder adder = refusals.getOrDefault(door, Map.of()).get(reason);
    if (adder == null) {
      throw new IllegalStateException("all doors and reasons are counted from the start");
    }
    return adder;
  }
}
