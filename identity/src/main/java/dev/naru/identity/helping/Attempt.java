package dev.naru.identity.helping;

import dev.naru.common.paper.Paper;
import dev.naru.common.person.PersonKey;
import dev.naru.identity.provider.CheckKeys;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One attempt to act for somebody, in a transaction.
final class Attempt {
  private final HelpingStore store;
  private final HelpingDesk desk;
  private final HelpingLimits limits;
  private final CheckKeys keys;
  private final Paper own;
  private final Instant now;

  /// @param own the helper's own session for the campaign
  Attempt(
      HelpingStore store,
      HelpingDesk desk,
      HelpingLimits limits,
      CheckKeys keys,
      Paper own,
      Instant now) {
    this.store = store;
    this.desk = desk;
    this.limits = limits;
    this.keys = keys;
    this.own = own;
    this.now = now;
  }

  /// @param replaced helpings that this one has ended, with the time that they would have had
  record Outcome(HelpingResult result, Map<UUID, Instant> replaced) {
    Outcome(HelpingResult result) {
      this(result, Map.of());
    }
  }

  /// How long no code is looked at after too many wrong ones. Tries of one helper, and from one
  /// address, are decided one after the other.
  ///
  /// @return seconds; 0 when a code is looked at now
  long waitAfterTries(@Nullable Long address) {
    long wait = waitFor(helper(), limits.perHelper());
    return address == null ? wait : Math.max(wait, waitFor(place(address), limits.perAddress()));
  }

  private long waitFor(byte[] who, int most) {
    store.lock(who);
    return wait(store.tries(who, now.minus(limits.window())), most);
  }

  /// How long a member of staff has to wait before they begin another check of a caller. Their
  /// checks are decided one after the other.
  ///
  /// @return seconds; 0 when they may now
  long waitAfterCalls() {
    store.lock(helper());
    return wait(store.calls(own.person(), now.minus(limits.window())), limits.calls());
  }

  private long wait(HelpingStore.Count count, int most) {
    return count.oldest() == null || count.count() < most
        ? 0
        : Math.max(1, count.oldest().plus(limits.window()).getEpochSecond() - now.getEpochSecond());
  }

  /// Counts a wrong code.
  void wrong(@Nullable Long address) {
    store.forgetTries(now.minus(limits.window()));
    Stream.of(helper(), address == null ? new byte[0] : place(address))
        .filter(who -> who.length > 0)
        .forEach(store::addTry);
  }

  private byte[] helper() {
    return keys.mac("helping helper", HexFormat.of().formatHex(own.person().bytes()));
  }

  private byte[] place(long address) {
    return keys.mac("helping address", Long.toString(address));
  }

  /// Begins to act for a person who has agreed, unless the campaign keeps the helper from it.
  ///
  /// @param cohort the person's
  /// @param provider at which a caller has agreed; null when it was with a code
  Outcome judged(
      HelpingTerms terms, UUID id, PersonKey person, int cohort, @Nullable String provider) {
    boolean isStaff = desk.isStaff(own.campaign(), own.person());
    int others = store.othersHelped(own.campaign(), own.person(), person);
    boolean isSelf = own.person().equals(person);
    return switch (HelpingRules.judge(terms, isSelf, isStaff, others)) {
      case SELF -> new Outcome(new HelpingResult.Self());
      case STAFF_ONLY -> new Outcome(new HelpingResult.StaffOnly());
      case TOO_MANY -> new Outcome(new HelpingResult.TooManyPeople(terms.family()));
      case MAY -> {
        Instant longest = now.plus(terms.lasts());
        Instant until = longest.isBefore(terms.ends()) ? longest : terms.ends();
        yield begun(
            new Helping(
                id,
                own.campaign(),
                person,
                own.person(),
                isStaff,
                cohort,
                now,
                Instant.ofEpochSecond(until.getEpochSecond())),
            provider);
      }
    };
  }

  /// A code's row is locked before its person, everywhere: two that begin at the same instant, in
  /// whatever way, wait for each other and not for ever.
  private Outcome begun(Helping helping, @Nullable String provider) {
    store.removeCode(helping.campaign(), helping.person());
    store.lock(
        keys.mac(
            "helping person",
            helping.campaign(),
            HexFormat.of().formatHex(helping.person().bytes())));
    Map<UUID, Instant> replaced =
        store.endOf(helping.campaign(), helping.person(), HelpingEvent.REPLACED);
    store.begin(helping, provider);
    return new Outcome(new HelpingResult.Begun(helping), replaced);
  }
}
