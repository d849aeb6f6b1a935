package dev.naru.identity.helping;

import dev.naru.common.paper.Paper;
import dev.naru.identity.check.Begun;
import dev.naru.identity.check.Identification;
import dev.naru.identity.check.Identified;
import dev.naru.identity.check.Unfinished;
import dev.naru.identity.provider.CheckKeys;
import dev.naru.identity.provider.Purpose;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Identity checks that a member of staff begins for somebody who calls and has no device, and that
/// the caller confirms by telephone (adr/0039). Such a check gives one helping and nothing else: no
/// session of the caller begins or ends. Everything blocks.
public final class CallerChecks {
  private final Jdbi jdbi;
  private final Helpings helpings;
  private final HelpingDesk desk;
  private final HelpingLimits limits;
  private final CheckKeys keys;
  private final Identification identification;
  private final InstantSource clock;

  public CallerChecks(
      DataSource database,
      Helpings helpings,
      HelpingDesk desk,
      HelpingLimits limits,
      CheckKeys keys,
      Identification identification,
      InstantSource clock) {
    this.jdbi = Jdbi.create(database);
    this.helpings = helpings;
    this.desk = desk;
    this.limits = limits;
    this.keys = keys;
    this.identification = identification;
    this.clock = clock;
  }

  /// What came of beginning a check.
  public sealed interface Started {
    /// They may not.
    record Refused(HelpingResult why) implements Started {}

    /// What came of it at the provider. One that goes on is in the journal.
    record Asked(Begun begun) implements Started {}
  }

  /// Begins a check for a caller.
  ///
  /// @param own the session of a member of staff for the campaign, in which alone it goes on
  public Started start(Paper own, String provider) {
    HelpingTerms terms = desk.terms(own.campaign());
    if (terms == null || !isStaff(own)) {
      return new Started.Refused(refusal(terms));
    }
    Begun begun =
        identification
            .start(provider, own.campaign(), Purpose.HELPING, own.session())
            .toCompletableFuture()
            .join();
    if (!(begun instanceof Begun.Started)) {
      return new Started.Asked(begun);
    }
    long wait =
        attempt(
            own,
            (store, attempt) -> {
              long seconds = attempt.waitAfterCalls();
              if (seconds == 0) {
                store.noteCall(own.campaign(), own.person(), provider);
              }
              return seconds;
            });
    return wait > 0
        ? new Started.Refused(new HelpingResult.TooManyCalls(wait))
        : new Started.Asked(begun);
  }

  /// Goes on with a check for a caller. Whoever helped the caller before no longer does.
  ///
  /// @param own the session of the member of staff who began it
  /// @param request the request paper's token
  /// @param answers for the provider
  /// @param address a number that stands for where they ask from; null when it does not count
  public HelpingResult complete(
      Paper own,
      String provider,
      String request,
      Map<String, String> answers,
      @Nullable Long address) {
    HelpingTerms terms = desk.terms(own.campaign());
    if (terms == null || !isStaff(own)) {
      return refusal(terms);
    }
    long wait = attempt(own, (_, attempt) -> attempt.waitAfterTries(address));
    if (wait > 0) {
      return new HelpingResult.TooManyTries(wait);
    }
    Identified identified =
        identification
            .complete(provider, request, Purpose.HELPING, own.session(), answers)
            .toCompletableFuture()
            .join();
    return switch (identified) {
      case Unfinished.NotVerified wrong -> {
        attempt(
            own,
            (_, attempt) -> {
              attempt.wrong(address);
              return wrong;
            });
        yield new HelpingResult.Open(wrong);
      }
      case Unfinished open -> new HelpingResult.Open(open);
      // A session is for several campaigns when its person has verified for each.
      case Identified.Person person when !person.request().campaign().equals(own.campaign()) ->
          new HelpingResult.Open(new Unfinished.RequestForged());
      case Identified.Person person ->
          helpings.begun(
              attempt(
                  own,
                  (store, attempt) -> confirmed(store, attempt, terms, provider, request, person)));
    };
  }

  /// The id of the helping hangs on the check, so that a check that is sent again, because its
  /// answer was lost or because the caller has ended the helping, never begins a second: the check
  /// need not be spent.
  private Attempt.Outcome confirmed(
      HelpingStore store,
      Attempt attempt,
      HelpingTerms terms,
      String provider,
      String request,
      Identified.Person person) {
    byte[] check = keys.mac("helping call", request);
    store.lock(check);
    ByteBuffer bits = ByteBuffer.wrap(check);
    UUID id = Helpings.id(bits.getLong(), bits.getLong());
    HelpingStore.Earlier earlier = store.earlier(id).orElse(null);
    if (earlier != null) {
      return new Attempt.Outcome(
          earlier.isOver() ? new HelpingResult.Over() : new HelpingResult.Begun(earlier.helping()));
    }
    store.know(person.sealed());
    int cohort = person.eligibility().decision().cohort();
    return attempt.judged(terms, id, person.sealed().person(), cohort, provider);
  }

  private boolean isStaff(Paper own) {
    return desk.isStaff(own.campaign(), own.person());
  }

  private static HelpingResult refusal(@Nullable HelpingTerms terms) {
    return terms == null ? new HelpingResult.Forbidden() : new HelpingResult.NotStaff();
  }

  private <T> T attempt(Paper own, BiFunction<HelpingStore, Attempt, T> work) {
    Instant now = clock.instant();
    return HelpingStore.inTransaction(
        jdbi, now, store -> work.apply(store, new Attempt(store, desk, limits, keys, own, now)));
  }
}
