package dev.naru.identity.check;

import dev.naru.common.paper.Paper;
import dev.naru.common.paper.PaperKind;
import dev.naru.common.paper.Papers;
import dev.naru.common.text.LocalText;
import dev.naru.identity.provider.Purpose;
import dev.naru.identity.session.Claim;
import dev.naru.identity.session.RandomIds;
import dev.naru.identity.session.SessionRegistry;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// An identity check from its start to the session, on one device. Nothing here blocks.
public final class Checks {
  private static final Completed USED =
      new Unfinished.NotVerified(
          new LocalText("이 본인 확인은 이미 쓰였습니다.", "This check was used already."));

  private final Identification identification;
  private final Papers papers;
  private final SessionRegistry sessions;
  private final RandomGenerator random;

  /// @param random for device ids: nobody may be able to guess the next; safe for several threads
  public Checks(
      Identification identification,
      Papers papers,
      SessionRegistry sessions,
      RandomGenerator random) {
    this.identification = identification;
    this.papers = papers;
    this.sessions = sessions;
    this.random = random;
  }

  /// Begins a check.
  ///
  /// @param known the device that begins it, which alone may finish it; null for a new one
  /// @return never completed exceptionally
  public CompletionStage<Begun> start(String providerId, String campaign, @Nullable UUID known) {
    UUID device = known == null ? RandomIds.next(random) : known;
    return identification.start(providerId, campaign, Purpose.SESSION, device);
  }

  /// Finishes a check. Who got no session because it could not be stored, or because another device
  /// has it, may do so again on the same device with the same answers. Who got it gets the same one
  /// again, unless the answers are good once, such as a code.
  ///
  /// @param request the request paper's token
  /// @param device of the device cookie; null when the caller keeps no cookies
  /// @param answers for the provider
  public CompletionStage<Completed> complete(
      String providerId, String request, @Nullable UUID device, Map<String, String> answers) {
    return identification
        .complete(providerId, request, Purpose.SESSION, device, answers)
        .thenCompose(this::identified);
  }

  private CompletionStage<Completed> identified(Identified identified) {
    return switch (identified) {
      case Unfinished unfinished -> CompletableFuture.completedFuture(unfinished);
      case Identified.Person person ->
          sessions
              .claim(person.sealed(), person.request().session(), person.eligibility().times())
              .thenCompose(claim -> claimed(person, claim));
    };
  }

  private CompletionStage<Completed> claimed(Identified.Person person, Claim claim) {
    return switch (claim) {
      case Claim.Elsewhere(long secondsLeft) ->
          CompletableFuture.completedFuture(new Completed.SessionElsewhere(secondsLeft));
      case Claim.NotStored _ -> CompletableFuture.completedFuture(new Completed.NotStored());
      case Claim.Granted(var session, var expires) ->
          identification
              .spend(person.check())
              .handle(
                  (first, failure) -> {
                    if (failure != null) {
                      return new Completed.NotStored();
                    }
                    return first ? verified(person, session, expires) : USED;
                  });
    };
  }

  private Completed verified(Identified.Person person, UUID session, Instant expires) {
    return new Completed.Verified(
        paper(person, session, expires),
        person.eligibility().times().paper().toSeconds(),
        person.data().maskedName(),
        person.eligibility());
  }

  private String paper(Identified.Person person, UUID session, Instant expires) {
    return papers.issue(
        new Paper(
            PaperKind.SESSION,
            person.request().campaign(),
            person.sealed().person(),
            session,
            person.eligibility().decision().cohort(),
            0,
            0,
            expires));
  }
}
