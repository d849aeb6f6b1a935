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
import dev.naru.identity.provider.Purpose;
import dev.naru.identity.provider.Start;
import dev.naru.identity.provider.VerifiedPerson;
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

/// Finds out who somebody is, whatever for. Nothing is kept between the two calls: the request
/// paper says who began the check, for which campaign, with which provider and for which purpose,
/// and has a random number that all of the provider's own secrets hang on. Nothing here blocks.
public final class Identification {
  /// Long enough to find the phone and type a code, as the longest of the providers' own limits.
  private static final Duration REQUEST_TIME = Duration.ofMinutes(10);

  private final ProviderBoard providers;
  private final Papers papers;
  private final PersonKeys keys;
  private final CheckKeys checkKeys;
  private final People people;
  private final EligibilityDesk desk;
  private final InstantSource clock;
  private final RandomGenerator random;

  /// @param checkKeys what checks at providers are bound with
  /// @param random for the numbers of checks: nobody may be able to guess the next; safe for
  ///   several threads
  public Identification(
      ProviderBoard providers,
      Papers papers,
      PersonKeys keys,
      CheckKeys checkKeys,
      People people,
      EligibilityDesk desk,
      InstantSource clock,
      RandomGenerator random) {
    this.providers = providers;
    this.papers = papers;
    this.keys = keys;
    this.checkKeys = checkKeys;
    this.people = people;
    this.desk = desk;
    this.clock = clock;
    this.random = random;
  }

  /// Begins a check.
  ///
  /// @param holder the device that begins it, or the session of who begins it for a caller: which
  ///   alone may finish it
  /// @return never completed exceptionally
  public CompletionStage<Begun> start(
      String providerId, String campaign, Purpose purpose, UUID holder) {
    MeasuredProvider provider = find(providerId, purpose);
    if (provider == null) {
      return done(new Begun.ProviderUnknown());
    }
    if (!desk.knows(campaign)) {
      return done(new Begun.CampaignUnknown());
    }
    Instant expires = Instant.ofEpochSecond(clock.instant().getEpochSecond()).plus(REQUEST_TIME);
    String request =
        papers.issue(
            new Paper(
                kind(purpose), campaign, nobody(), holder, 0, number(providerId), 0, expires));
    return provider
        .start(new Check(request, providerId, purpose, expires, checkKeys))
        .handle(
            (start, broken) ->
                broken == null
                    ? new Begun.Started(start, request, holder)
                    : new Begun.ProviderUnavailable());
  }

  /// Goes on with a check.
  ///
  /// @param request the request paper's token
  /// @param holder who began it; null when the caller cannot say
  /// @param answers for the provider
  public CompletionStage<Identified> complete(
      String providerId,
      String request,
      Purpose purpose,
      @Nullable UUID holder,
      Map<String, String> answers) {
    MeasuredProvider provider = find(providerId, purpose);
    if (provider == null) {
      return done(new Unfinished.ProviderUnknown());
    }
    return switch (papers.verify(kind(purpose), request)) {
      case PaperCheck.Forged _ -> done(new Unfinished.RequestForged());
      case PaperCheck.Expired _ -> done(new Unfinished.RequestExpired());
      case PaperCheck.Valid(Paper paper) when paper.number() != number(providerId) ->
          done(new Unfinished.RequestForged());
      case PaperCheck.Valid(Paper paper) when isElsewhere(provider, holder, paper) ->
          done(new Unfinished.OtherDevice());
      case PaperCheck.Valid(Paper paper) when !desk.knows(paper.campaign()) ->
          done(new Unfinished.CampaignUnknown());
      case PaperCheck.Valid(Paper paper) -> {
        Check check = new Check(request, providerId, purpose, paper.expires(), checkKeys);
        yield provider.complete(check, answers).thenApply(answer -> answered(check, paper, answer));
      }
    };
  }

  /// Notes that a check has had its session. Until then it may be completed again with the same
  /// answers, afterwards no more if these are good once.
  ///
  /// @return false when that was noted before; completed exceptionally when it could not be
  public CompletionStage<Boolean> spend(Check check) {
    MeasuredProvider provider = find(check.provider(), check.purpose());
    return provider == null ? done(true) : provider.spend(check);
  }

  private @Nullable MeasuredProvider find(String id, Purpose purpose) {
    MeasuredProvider provider = providers.find(id);
    return provider == null || (purpose == Purpose.HELPING && !provider.isByTelephone())
        ? null
        : provider;
  }

  /// A check for one purpose never ends as one for the other.
  private static PaperKind kind(Purpose purpose) {
    return switch (purpose) {
      case SESSION -> PaperKind.REQUEST;
      case HELPING -> PaperKind.CALL;
    };
  }

  /// Who comes back from a provider's page has a cookie: without it, somebody else's result could
  /// be slipped in with a link.
  private static boolean isElsewhere(
      MeasuredProvider provider, @Nullable UUID holder, Paper request) {
    return holder == null
        ? provider.next() == Start.Next.REDIRECT
        : !holder.equals(request.session());
  }

  /// Nobody is known yet when a check begins; each has a number that cannot be guessed.
  private PersonKey nobody() {
    return new PersonKey(
        random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
  }

  private Identified answered(Check check, Paper request, ProviderAnswer answer) {
    return switch (answer) {
      case ProviderAnswer.Malformed(var field, var expected) ->
          new Unfinished.Malformed(field, expected);
      case ProviderAnswer.Pending(var next) -> new Unfinished.Pending(next);
      case ProviderAnswer.NotVerified(var reason, var _) -> new Unfinished.NotVerified(reason);
      case ProviderAnswer.Unavailable _ -> new Unfinished.ProviderUnavailable();
      case ProviderAnswer.Verified(var person) -> identified(check, request, person);
    };
  }

  private Identified identified(Check check, Paper request, VerifiedPerson verified) {
    PersonKey person = keys.of(verified.ci());
    CampaignEligibility answer =
        desk.of(
            request.campaign(),
            new Applicant(person, verified.birthDate(), verified.nationality()));
    if (answer == null) {
      return new Unfinished.CampaignUnknown();
    }
    PersonData data = new PersonData(verified.name(), verified.birthDate(), verified.phone());
    return new Identified.Person(
        check, request, data, people.seal(person, data, answer.keepUntil()), answer);
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
