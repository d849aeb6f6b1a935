package dev.naru.identity.check;

import dev.naru.common.eligibility.Applicant;
import dev.naru.common.paper.Paper;
import dev.naru.common.paper.PaperCheck;
import dev.naru.common.paper.PaperKind;
import dev.naru.common.paper.Papers;
import dev.naru.common.person.PersonKey;
import dev.naru.common.person.PersonKeys;
import dev.naru.identity.light.MeasuredProvider;
import dev.naru.identity.light.ProviderBoard;
import dev.naru.identity.person.People;
import dev.naru.identity.person.PersonData;
import dev.naru.identity.provider.Check;
import dev.naru.identity.provider.CheckKeys;
import dev.naru.identity.provider.ProviderAnswer;
import dev.naru.identity.provider.Start;
import dev.naru.identity.provider.VerifiedPerson;
import dev.naru.identity.session.Claim;
import dev.naru.identity.session.RandomIds;
import dev.naru.identity.session.SessionRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// An identity check from its start to the session. Nothing is kept between the two calls: the
/// request paper that the citizen carries says which device began the check, for which campaign and
/// with which provider, and has a random number that all of the provider's own secrets hang on.
/// Nothing here blocks.
public final class Checks {
  /// Long enough to find the phone and type a code, as the longest of the providers' own limits.
  private static final Duration REQUEST_TIME = Duration.ofMinutes(10);

  private final ProviderBoard providers;
  private final Papers papers;
  private final PersonKeys keys;
  private final CheckKeys checkKeys;
  private final People people;
  private final EligibilityDesk desk;
  private final SessionRegistry sessions;
  private final InstantSource clock;
  private final RandomGenerator random;

  /// @param checkKeys what checks at providers are bound with
  /// @param random for device ids: nobody may be able to guess the next; safe for several threads
  public Checks(
      ProviderBoard providers,
      Papers papers,
      PersonKeys keys,
      CheckKeys checkKeys,
      People people,
      EligibilityDesk desk,
      SessionRegistry sessions,
      InstantSource clock,
      RandomGenerator random) {
    this.providers = providers;
    this.papers = papers;
    this.keys = keys;
    this.checkKeys = checkKeys;
    this.people = people;
    this.desk = desk;
    this.sessions = sessions;
    this.clock = clock;
    this.random = random;
  }

  /// Begins a check.
  ///
  /// @param known the device that begins it, which alone may finish it; null for a new one
  /// @return never completed exceptionally
  public CompletionStage<Begun> start(String providerId, String campaign, @Nullable UUID known) {
    MeasuredProvider provider = providers.find(providerId);
    if (provider == null) {
      return done(new Begun.ProviderUnknown());
    }
    if (!desk.knows(campaign)) {
      return done(new Begun.CampaignUnknown());
    }
    UUID device = known == null ? RandomIds.next(random) : known;
    Instant expires = Instant.ofEpochSecond(clock.instant().getEpochSecond()).plus(REQUEST_TIME);
    String request =
        papers.issue(
            new Paper(
                PaperKind.REQUEST, campaign, nobody(), device, 0, number(providerId), 0, expires));
    return provider
        .start(new Check(request, providerId, expires, checkKeys))
        .handle(
            (start, broken) ->
                broken == null
                    ? new Begun.Started(start, request, device)
                    : new Begun.ProviderUnavailable());
  }

  /// Finishes a check. Doing so again on the same device gives the same session.
  ///
  /// @param request the request paper's token
  /// @param device of the device cookie; null when the caller keeps no cookies
  /// @param answers for the provider
  public CompletionStage<Completed> complete(
      String providerId, String request, @Nullable UUID device, Map<String, String> answers) {
    MeasuredProvider provider = providers.find(providerId);
    if (provider == null) {
      return done(new Completed.ProviderUnknown());
    }
    return switch (papers.verify(PaperKind.REQUEST, request)) {
      case PaperCheck.Forged _ -> done(new Completed.RequestForged());
      case PaperCheck.Expired _ -> done(new Completed.RequestExpired());
      case PaperCheck.Valid(Paper paper) when paper.number() != number(providerId) ->
          done(new Completed.RequestForged());
      case PaperCheck.Valid(Paper paper) when isElsewhere(provider, device, paper) ->
          done(new Completed.OtherDevice());
      case PaperCheck.Valid(Paper paper) when !desk.knows(paper.campaign()) ->
          done(new Completed.CampaignUnknown());
      case PaperCheck.Valid(Paper paper) ->
          provider
              .complete(new Check(request, providerId, paper.expires(), checkKeys), answers)
              .thenCompose(answer -> answered(paper, answer));
    };
  }

  /// Who comes back from a provider's page has a cookie: without it, somebody else's result could
  /// be slipped in with a link.
  private static boolean isElsewhere(
      MeasuredProvider provider, @Nullable UUID device, Paper request) {
    return device == null
        ? provider.next() == Start.Next.REDIRECT
        : !device.equals(request.session());
  }

  /// Nobody is known yet when a check begins; each has a number that cannot be guessed.
  private PersonKey nobody() {
    return new PersonKey(
        random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
  }

  private CompletionStage<Completed> answered(Paper request, ProviderAnswer answer) {
    return switch (answer) {
      case ProviderAnswer.Malformed(var field, var expected) ->
          done(new Completed.Malformed(field, expected));
      case ProviderAnswer.Pending(var next) -> done(new Completed.Pending(next));
      case ProviderAnswer.NotVerified(var reason) -> done(new Completed.NotVerified(reason));
      case ProviderAnswer.Unavailable _ -> done(new Completed.ProviderUnavailable());
      case ProviderAnswer.Verified(var person) -> verified(request, person);
    };
  }

  private CompletionStage<Completed> verified(Paper request, VerifiedPerson verified) {
    PersonKey person = keys.of(verified.ci());
    CampaignEligibility answer =
        desk.of(
            request.campaign(),
            new Applicant(person, verified.birthDate(), verified.nationality()));
    if (answer == null) {
      return done(new Completed.CampaignUnknown());
    }
    PersonData data = new PersonData(verified.name(), verified.birthDate(), verified.phone());
    return sessions
        .claim(people.seal(person, data, answer.keepUntil()), request.session(), answer.times())
        .thenApply(
            claim ->
                switch (claim) {
                  case Claim.Elsewhere(long secondsLeft) ->
                      new Completed.SessionElsewhere(secondsLeft);
                  case Claim.NotStored _ -> new Completed.NotStored();
                  case Claim.Granted(var session, var expires) ->
                      new Completed.Verified(
                          paper(request.campaign(), person, session, expires, answer),
                          answer.times().paper().toSeconds(),
                          data.maskedName(),
                          answer);
                });
  }

  private String paper(
      String campaign,
      PersonKey person,
      UUID session,
      Instant expires,
      CampaignEligibility answer) {
    int cohort = answer.decision().cohort();
    return papers.issue(
        new Paper(PaperKind.SESSION, campaign, person, session, cohort, 0, 0, expires));
  }

  /// Which provider a request paper is for; the providers of one Naru are few, so four bytes do.
  private static long number(String providerId) {
    CRC32 crc = new CRC32();
    crc.update(providerId.getBytes(StandardCharsets.UTF_8));
    return crc.getValue();
  }

  private static <T> CompletionStage<T> done(T value) {
    return CompletableFuture.completedFuture(value);
  }
}
