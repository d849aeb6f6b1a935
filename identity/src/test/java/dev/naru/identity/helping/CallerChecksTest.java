package dev.naru.identity.helping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.common.eligibility.Applicant;
import dev.naru.common.eligibility.Decision;
import dev.naru.common.eligibility.Reason;
import dev.naru.common.paper.Paper;
import dev.naru.common.paper.PaperKeys;
import dev.naru.common.paper.PaperKind;
import dev.naru.common.paper.Papers;
import dev.naru.common.person.PersonKey;
import dev.naru.common.person.PersonKeys;
import dev.naru.common.person.Sealer;
import dev.naru.common.text.LocalText;
import dev.naru.database.Database;
import dev.naru.database.TestPostgres;
import dev.naru.identity.HandTime;
import dev.naru.identity.check.Begun;
import dev.naru.identity.check.CampaignEligibility;
import dev.naru.identity.check.Checks;
import dev.naru.identity.check.Completed;
import dev.naru.identity.check.EligibilityDesk;
import dev.naru.identity.check.Identification;
import dev.naru.identity.check.Unfinished;
import dev.naru.identity.light.Guarding;
import dev.naru.identity.light.ProviderBoard;
import dev.naru.identity.person.People;
import dev.naru.identity.provider.About;
import dev.naru.identity.provider.Check;
import dev.naru.identity.provider.IdentityProvider;
import dev.naru.identity.provider.ProviderAnswer;
import dev.naru.identity.provider.Start;
import dev.naru.identity.provider.TestChecks;
import dev.naru.identity.provider.VerifiedPerson;
import dev.naru.identity.provider.phone.PhoneCodeProvider;
import dev.naru.identity.provider.phone.PhoneLimits;
import dev.naru.identity.session.EmbeddedSessionRegistry;
import dev.naru.identity.session.SessionTimes;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Members of staff and people on the telephone, on a real database.
final class CallerChecksTest {
  private static final Database DATABASE = TestPostgres.with("identity");
  private static final AtomicInteger PEOPLE = new AtomicInteger();
  private static final String CAMPAIGN = "flu";
  private static final int COHORT = 5;
  private static final HelpingLimits LIMITS =
      new HelpingLimits(Duration.ofMinutes(10), Duration.ofHours(1), 3, 5, 4);

  private final HandTime time = new HandTime();
  private final Map<String, String> codes = new ConcurrentHashMap<>();
  private final HelpingsTest.Desk desk = new HelpingsTest.Desk();
  private final Papers papers = new Papers(new PaperKeys(Map.of(1, new byte[32]), 1), time);
  private final PersonKeys keys = new PersonKeys(new byte[32]);
  private final People people = new People(DATABASE.dataSource(), Sealer.open(Sealer.newKeySet()));
  private final Helpings helpings =
      new Helpings(DATABASE.dataSource(), desk, LIMITS, TestChecks.KEYS, time, new SecureRandom());
  private final Identification identification =
      new Identification(
          new ProviderBoard(
              List.of(new Asking("phone", true), new Asking("page", false), texting()),
              time,
              Guarding.USUAL),
          papers,
          keys,
          TestChecks.KEYS,
          people,
          new Doors(),
          time,
          new SecureRandom());
  private final CallerChecks calls =
      new CallerChecks(
          DATABASE.dataSource(), helpings, desk, LIMITS, TestChecks.KEYS, identification, time);
  private final EmbeddedSessionRegistry sessions =
      EmbeddedSessionRegistry.open(DATABASE.dataSource(), time, new SecureRandom());
  private final Checks checks = new Checks(identification, papers, sessions, new SecureRandom());
  private final Paper staff = member();
  private final String caller = "ci-caller-" + PEOPLE.incrementAndGet();

  @AfterEach
  void closeSessions() {
    sessions.close();
  }

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  /// Believes the `ci` that is given, has to wait for `soon`, and knows no `nobody`.
  private record Asking(String id, boolean isByTelephone) implements IdentityProvider {
    @Override
    public LocalText name() {
      return new LocalText(id, id);
    }

    @Override
    public Start.Next next() {
      return Start.Next.FORM;
    }

    @Override
    public int capacity() {
      return 100;
    }

    @Override
    public CompletionStage<Start> start(Check check) {
      return CompletableFuture.completedStage(Start.form(List.of("ci")));
    }

    @Override
    public CompletionStage<ProviderAnswer> complete(Check check, Map<String, String> answers) {
      String ci = answers.getOrDefault("ci", "");
      return CompletableFuture.completedStage(
          switch (ci) {
            case "soon" -> new ProviderAnswer.Pending(Start.poll(check.seal("soon")));
            case "nobody" -> ProviderAnswer.NotVerified.byProvider(new LocalText("없음", "nobody"));
            default ->
                new ProviderAnswer.Verified(
                    new VerifiedPerson(ci, "박복순", LocalDate.of(1940, 5, 5), "01000000000"));
          });
    }
  }

  /// Sends real codes to nobody but the test.
  private IdentityProvider texting() {
    return new PhoneCodeProvider(
        new About("sms", new LocalText("문자", "Text message"), 100),
        (phone, text) -> codes.put(phone, text.replaceAll("\\D", "")),
        PhoneLimits.USUAL,
        DATABASE.dataSource(),
        new SecureRandom(),
        time,
        Executors.newVirtualThreadPerTaskExecutor());
  }

  /// Who may book does not matter: whom a code helps may be refused at the door too.
  private static final class Doors implements EligibilityDesk {
    @Override
    public boolean knows(String campaign) {
      return true;
    }

    @Override
    public CampaignEligibility of(String campaign, Applicant applicant) {
      return new CampaignEligibility(
          Decision.refused(COHORT, Reason.TOO_YOUNG, List.of()),
          ZoneOffset.UTC,
          SessionTimes.USUAL,
          Instant.parse("2099-01-01T00:00:00Z"));
    }
  }

  private Paper member() {
    Paper own = session(CAMPAIGN, UUID.randomUUID(), keys.of("staff-" + PEOPLE.incrementAndGet()));
    desk.staff.add(own.person());
    return own;
  }

  private Paper session(String campaign, UUID id, PersonKey person) {
    return new Paper(
        PaperKind.SESSION, campaign, person, id, 7, 0, 0, time.instant().plusSeconds(40_000));
  }

  private String begun(Paper own) {
    return begun(own, "phone");
  }

  private String begun(Paper own, String provider) {
    CallerChecks.Started started = calls.start(own, provider);
    assertThat(started).isInstanceOf(CallerChecks.Started.Asked.class);
    Begun begun = ((CallerChecks.Started.Asked) started).begun();
    assertThat(begun).isInstanceOf(Begun.Started.class);
    return ((Begun.Started) begun).request();
  }

  private HelpingResult complete(Paper own, String request, String ci) {
    return calls.complete(own, "phone", request, Map.of("ci", ci), null);
  }

  private Helping helped(Paper own, String ci) {
    HelpingResult result = complete(own, begun(own), ci);
    assertThat(result).isInstanceOf(HelpingResult.Begun.class);
    return ((HelpingResult.Begun) result).helping();
  }

  private static long count(String query) throws SQLException {
    try (Connection connection = DATABASE.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  @Test
  void aCallerIsHelpedByStaffWithoutASessionOfTheirOwn() throws SQLException {
    long before = count("SELECT count(*) FROM identity.session");
    Helping helping = helped(staff, caller);
    assertThat(helping.person()).isEqualTo(keys.of(caller));
    assertThat(helping.helper()).isEqualTo(staff.person());
    assertThat(helping.staff()).isTrue();
    assertThat(helping.cohort()).as("the caller's").isEqualTo(COHORT);
    assertThat(helpings.counts(helpings.paper(helping))).isTrue();
    assertThat(helpings.of(CAMPAIGN, helping.person()).helping()).isEqualTo(helping);
    assertThat(people.maskedName(helping.person())).contains("박*순");
    assertThat(count("SELECT count(*) FROM identity.session")).isEqualTo(before);
  }

  @Test
  void whatStaffHaveBegunAndWhatTheCallerHasConfirmedIsInTheJournal() throws SQLException {
    begun(staff);
    Helping helping = helped(staff, caller);
    String journal =
        "SELECT count(*) FROM identity.helping_event WHERE provider = 'phone' AND helper = '\\x%s'"
            .formatted(HexFormat.of().formatHex(staff.person().bytes()));
    assertThat(count(journal + " AND kind = 7 AND person IS NULL")).isEqualTo(2);
    assertThat(count(journal + " AND kind = 8 AND helping = '%s'".formatted(helping.id())))
        .isEqualTo(1);
  }

  @Test
  void theSessionThatACallerHasGoesOn() {
    UUID device = UUID.randomUUID();
    Completed own = checkOf(device);
    Helping helping = helped(staff, caller);
    assertThat(own).isInstanceOf(Completed.Verified.class);
    assertThat(checkOf(device)).as("the same device").isInstanceOf(Completed.Verified.class);
    assertThat(checkOf(UUID.randomUUID())).isInstanceOf(Completed.SessionElsewhere.class);
    assertThat(helpings.isRunning(helping.id())).isTrue();
  }

  private Completed checkOf(UUID device) {
    Begun begun = checks.start("phone", CAMPAIGN, device).toCompletableFuture().join();
    String request = ((Begun.Started) begun).request();
    return checks
        .complete("phone", request, device, Map.of("ci", caller))
        .toCompletableFuture()
        .join();
  }

  @Test
  void onlyStaffVerifyCallersAndOnlyWhereTheCampaignAllowsHelping() {
    Paper family = session(CAMPAIGN, UUID.randomUUID(), keys.of("family"));
    assertThat(calls.start(family, "phone"))
        .isEqualTo(new CallerChecks.Started.Refused(new HelpingResult.NotStaff()));
    String request = begun(staff);
    desk.staff.remove(staff.person());
    assertThat(complete(staff, request, caller)).isEqualTo(new HelpingResult.NotStaff());
    desk.isAllowed = false;
    assertThat(calls.start(staff, "phone"))
        .isEqualTo(new CallerChecks.Started.Refused(new HelpingResult.Forbidden()));
    assertThat(complete(staff, request, caller)).isEqualTo(new HelpingResult.Forbidden());
  }

  @Test
  void aProviderThatNeedsTheCallersOwnScreenCannotBeAsked() {
    assertThat(calls.start(staff, "page"))
        .isEqualTo(new CallerChecks.Started.Asked(new Begun.ProviderUnknown()));
    assertThat(calls.complete(staff, "page", begun(staff), Map.of("ci", caller), null))
        .isEqualTo(new HelpingResult.Open(new Unfinished.ProviderUnknown()));
  }

  /// Else staff could log in as those who call them, or use a code that nobody is to be told.
  @Test
  void aCheckForHelpingOpensNoSessionAndOneForASessionBeginsNoHelping() {
    String call = begun(staff);
    assertThat(
            checks
                .complete("phone", call, staff.session(), Map.of("ci", caller))
                .toCompletableFuture()
                .join())
        .isEqualTo(new Unfinished.RequestForged());
    Begun own = checks.start("phone", CAMPAIGN, staff.session()).toCompletableFuture().join();
    assertThat(complete(staff, ((Begun.Started) own).request(), caller))
        .isEqualTo(new HelpingResult.Open(new Unfinished.RequestForged()));
  }

  @Test
  void aCheckIsOfUseInItsSessionAndCampaignOnly() {
    String request = begun(staff);
    assertThat(complete(member(), request, caller))
        .isEqualTo(new HelpingResult.Open(new Unfinished.OtherDevice()));
    assertThat(complete(session("measles", staff.session(), staff.person()), request, caller))
        .isEqualTo(new HelpingResult.Open(new Unfinished.RequestForged()));
    assertThat(helpings.ofHelper(CAMPAIGN, staff.person())).isEmpty();
  }

  /// Not even the caller's word counts twice: what they ended stays ended.
  @Test
  void aCheckThatIsSentAgainBeginsNoSecondHelping() {
    String request = begun(staff);
    HelpingResult first = complete(staff, request, caller);
    assertThat(complete(staff, request, caller)).as("after a lost answer").isEqualTo(first);
    helpings.endOf(CAMPAIGN, keys.of(caller));
    assertThat(complete(staff, request, caller)).isEqualTo(new HelpingResult.Over());
    assertThat(helpings.of(CAMPAIGN, keys.of(caller)).helping()).isNull();
    assertThat(helped(staff, caller)).isNotEqualTo(((HelpingResult.Begun) first).helping());
  }

  /// A lost answer is no wrong code.
  @Test
  void aCodeThatIsSentAgainGivesTheSameHelping() {
    String phone = "0109%07d".formatted(PEOPLE.incrementAndGet());
    String request = begun(staff, "sms");
    HelpingResult asked =
        calls.complete(
            staff,
            "sms",
            request,
            Map.of("name", "박복순", "birthDate", "1940-05-05", "phone", phone),
            null);
    assertThat(asked)
        .isInstanceOfSatisfying(
            HelpingResult.Open.class,
            open -> assertThat(open.why()).isInstanceOf(Unfinished.Pending.class));
    Unfinished.Pending pending = (Unfinished.Pending) ((HelpingResult.Open) asked).why();
    Map<String, String> code =
        Map.of(
            "step",
            pending.next().given().getOrDefault("step", ""),
            "smsCode",
            codes.getOrDefault(phone, ""));
    HelpingResult first = calls.complete(staff, "sms", request, code, null);
    assertThat(first).isInstanceOf(HelpingResult.Begun.class);
    assertThat(calls.complete(staff, "sms", request, code, null)).isEqualTo(first);
    helpings.endOf(CAMPAIGN, ((HelpingResult.Begun) first).helping().person());
    assertThat(calls.complete(staff, "sms", request, code, null))
        .isEqualTo(new HelpingResult.Over());
  }

  @Test
  void wrongAnswersOfCallersCountAsWrongCodesAndWaitingDoesNot() {
    String request = begun(staff);
    for (int i = 0; i < 2 * LIMITS.perHelper(); i++) {
      assertThat(complete(staff, request, "soon")).isInstanceOf(HelpingResult.Open.class);
    }
    for (int i = 0; i < LIMITS.perHelper(); i++) {
      assertThat(complete(staff, request, "nobody")).isInstanceOf(HelpingResult.Open.class);
    }
    assertThat(complete(staff, request, caller))
        .isEqualTo(new HelpingResult.TooManyTries(Duration.ofHours(1).toSeconds()));
    assertThat(helpings.begin(staff, "1234567890", null))
        .isInstanceOf(HelpingResult.TooManyTries.class);
    assertThat(helped(member(), caller)).isNotNull();
  }

  @Test
  void staffBeginSoManyChecksInAnHour() {
    for (int i = 0; i < LIMITS.calls(); i++) {
      begun(staff);
      time.pass(Duration.ofMinutes(10));
    }
    long wait = Duration.ofHours(1).minusMinutes(10L * LIMITS.calls()).toSeconds();
    assertThat(calls.start(staff, "phone"))
        .isEqualTo(new CallerChecks.Started.Refused(new HelpingResult.TooManyCalls(wait)));
    begun(member());
    time.pass(Duration.ofSeconds(wait));
    begun(staff);
  }

  @Test
  void nobodyCallsThemselves() {
    String own = "staff-own-" + PEOPLE.incrementAndGet();
    Paper member = session(CAMPAIGN, UUID.randomUUID(), keys.of(own));
    desk.staff.add(member.person());
    assertThat(complete(member, begun(member), own)).isEqualTo(new HelpingResult.Self());
  }

  @Test
  void whoeverHelpedTheCallerBeforeNoLongerDoes() {
    Helping first = helped(staff, caller);
    Helping second = helped(member(), caller);
    assertThat(helpings.isRunning(first.id())).isFalse();
    assertThat(helpings.isRunning(second.id())).isTrue();
  }

  @Test
  void aCallerHasOneHelperHoweverManyBeginAtTheSameInstant() throws SQLException {
    for (int race = 0; race < 10; race++) {
      String ci = caller + "-" + race;
      HelpingCode code = helpings.makeCode(session(CAMPAIGN, UUID.randomUUID(), keys.of(ci)));
      assertThat(code).isNotNull();
      String digits = code == null ? "" : code.digits();
      Paper daughter =
          session(CAMPAIGN, UUID.randomUUID(), keys.of("daughter-" + PEOPLE.incrementAndGet()));
      List<CompletableFuture<HelpingResult>> asked = new ArrayList<>();
      asked.add(CompletableFuture.supplyAsync(() -> helpings.begin(daughter, digits, null)));
      for (int i = 0; i < 4; i++) {
        Paper each = member();
        String request = begun(each);
        asked.add(CompletableFuture.supplyAsync(() -> complete(each, request, ci)));
      }
      assertThat(asked.stream().map(CompletableFuture::join))
          .allMatch(
              result ->
                  result instanceof HelpingResult.Begun
                      || result instanceof HelpingResult.WrongCode);
      assertThat(helpings.of(CAMPAIGN, keys.of(ci)).helping()).isNotNull();
    }
    assertThat(
            count(
                "SELECT count(*) FROM (SELECT FROM identity.helping WHERE ended_at IS NULL"
                    + " GROUP BY campaign, person HAVING count(*) > 1)"))
        .isZero();
  }
}
