package dev.naru.identity.helping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.common.paper.Paper;
import dev.naru.common.paper.PaperKind;
import dev.naru.common.person.PersonKey;
import dev.naru.database.Database;
import dev.naru.database.TestPostgres;
import dev.naru.identity.HandTime;
import dev.naru.identity.helping.HelpingRules.Verdict;
import dev.naru.identity.provider.TestChecks;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// Two nodes on a real database.
final class HelpingsTest {
  private static final Database DATABASE = TestPostgres.with("identity");
  private static final AtomicLong PEOPLE = new AtomicLong();
  private static final String CAMPAIGN = "flu";
  private static final HelpingLimits LIMITS =
      new HelpingLimits(Duration.ofMinutes(10), Duration.ofHours(1), 3, 5, 4);
  private static final int FAMILY = 2;
  private static final Duration LASTS = Duration.ofHours(12);
  private static final Long ADDRESS = 1L;

  private final HandTime time = new HandTime();
  private final Desk desk = new Desk();
  private final Helpings here = node();
  private final Helpings there = node();

  /// Any campaign allows it until the test says otherwise.
  static final class Desk implements HelpingDesk {
    final Set<PersonKey> staff = ConcurrentHashMap.newKeySet();
    int family = FAMILY;
    boolean isAllowed = true;
    Instant ends = Instant.parse("2099-01-01T00:00:00Z");

    @Override
    public @Nullable HelpingTerms terms(String campaign) {
      return isAllowed ? new HelpingTerms(family, LASTS, ends) : null;
    }

    @Override
    public boolean isStaff(String campaign, PersonKey person) {
      return staff.contains(person);
    }

    @Override
    public boolean isAllowedAnywhere() {
      return isAllowed;
    }
  }

  private Helpings node() {
    return new Helpings(
        DATABASE.dataSource(), desk, LIMITS, TestChecks.KEYS, time, new SecureRandom());
  }

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  private Paper session() {
    return session(CAMPAIGN);
  }

  private Paper session(String campaign) {
    PersonKey person = new PersonKey(PEOPLE.incrementAndGet(), 0, 0, 0);
    return new Paper(
        PaperKind.SESSION,
        campaign,
        person,
        UUID.randomUUID(),
        7,
        0,
        0,
        time.instant().plusSeconds(40_000));
  }

  private String code(Paper person) {
    HelpingCode code = here.makeCode(person);
    assertThat(code).isNotNull();
    return code == null ? "" : code.digits();
  }

  private Helping begun(Paper helper, Paper person) {
    HelpingResult result = here.begin(helper, code(person), null);
    assertThat(result).isInstanceOf(HelpingResult.Begun.class);
    return ((HelpingResult.Begun) result).helping();
  }

  private static String wrong(String code) {
    return "%010d".formatted((Long.parseLong(code) + 1) % 10_000_000_000L);
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
  void theRulesSayWhoMayHelp() {
    HelpingTerms family = new HelpingTerms(2, LASTS, Instant.MAX);
    HelpingTerms office = new HelpingTerms(0, LASTS, Instant.MAX);
    assertThat(HelpingRules.judge(family, false, false, 1)).isEqualTo(Verdict.MAY);
    assertThat(HelpingRules.judge(family, false, false, 2)).isEqualTo(Verdict.TOO_MANY);
    assertThat(HelpingRules.judge(family, false, true, 1_000)).isEqualTo(Verdict.MAY);
    assertThat(HelpingRules.judge(family, true, true, 0)).isEqualTo(Verdict.SELF);
    assertThat(HelpingRules.judge(office, false, false, 0)).isEqualTo(Verdict.STAFF_ONLY);
    assertThat(HelpingRules.judge(office, false, true, 0)).isEqualTo(Verdict.MAY);
  }

  @Test
  void theHelpersPaperNamesBothAndTheCohortOfThePerson() {
    Paper person = session();
    Paper helper = session();
    Helping helping = begun(helper, person);
    Paper paper = here.paper(helping);
    assertThat(paper.kind()).isEqualTo(PaperKind.HELPING);
    assertThat(paper.person()).isEqualTo(person.person());
    assertThat(paper.helper()).isEqualTo(helper.person());
    assertThat(paper.cohort()).isEqualTo(person.cohort());
    assertThat(paper.session()).isEqualTo(helping.id()).isNotEqualTo(helper.session());
    assertThat(paper.expires()).isEqualTo(time.instant().plus(LASTS));
    assertThat(there.counts(paper)).as("on every node at once").isTrue();
    assertThat(there.ofHelper(CAMPAIGN, helper.person())).containsExactly(helping);
    assertThat(there.of(CAMPAIGN, person.person()).helping()).isEqualTo(helping);
  }

  @Test
  void aHelpingEndsWithTheCampaignAtTheLatest() {
    desk.ends = time.instant().plus(Duration.ofHours(1));
    Paper person = session();
    assertThat(begun(session(), person).until()).isEqualTo(desk.ends);
    time.pass(Duration.ofHours(1));
    assertThat(here.of(CAMPAIGN, person.person()).helping()).isNull();
    assertThat(begun(session(), person).until())
        .as("one whose time is over is in nobody's way")
        .isEqualTo(desk.ends);
  }

  @Test
  void aCodeIsGoodForTenMinutes() {
    Paper person = session();
    String code = code(person);
    time.pass(LIMITS.codeTime().minusSeconds(1));
    assertThat(here.of(CAMPAIGN, person.person()).codeExpires()).isNotNull();
    assertThat(here.begin(session(), code, null)).isInstanceOf(HelpingResult.Begun.class);
    String late = code(person);
    time.pass(LIMITS.codeTime());
    assertThat(here.of(CAMPAIGN, person.person()).codeExpires()).isNull();
    assertThat(here.begin(session(), late, null)).isInstanceOf(HelpingResult.WrongCode.class);
  }

  @Test
  void aCodeIsGoodInItsCampaignOnly() {
    String code = code(session());
    assertThat(here.begin(session("measles"), code, null))
        .isInstanceOf(HelpingResult.WrongCode.class);
  }

  @Test
  void ofTwoHelpersWithTheSameCodeOneBegins() {
    for (int race = 0; race < 20; race++) {
      String code = code(session());
      List<CompletableFuture<HelpingResult>> asked = new ArrayList<>();
      for (Helpings node : List.of(here, there)) {
        Paper helper = session();
        asked.add(CompletableFuture.supplyAsync(() -> node.begin(helper, code, null)));
      }
      assertThat(asked.stream().map(CompletableFuture::join))
          .filteredOn(HelpingResult.Begun.class::isInstance)
          .hasSize(1);
    }
  }

  @Test
  void wrongCodesOfAHelperAreCountedOnAllNodesAndForgottenAfterAnHour() {
    String code = code(session());
    Paper helper = session();
    for (int i = 0; i < LIMITS.perHelper(); i++) {
      Helpings node = i % 2 == 0 ? here : there;
      assertThat(node.begin(helper, wrong(code), null)).isInstanceOf(HelpingResult.WrongCode.class);
    }
    time.pass(Duration.ofMinutes(5));
    assertThat(there.begin(helper, code, null))
        .isEqualTo(new HelpingResult.TooManyTries(Duration.ofMinutes(55).toSeconds()));
    time.pass(Duration.ofMinutes(55));
    assertThat(here.begin(helper, code(session()), null)).isInstanceOf(HelpingResult.Begun.class);
  }

  @Test
  void wrongCodesOfAnAddressAreCountedOverAllHelpers() {
    String code = code(session());
    for (int i = 0; i < LIMITS.perAddress(); i++) {
      assertThat(here.begin(session(), wrong(code), ADDRESS))
          .isInstanceOf(HelpingResult.WrongCode.class);
    }
    assertThat(here.begin(session(), code, ADDRESS)).isInstanceOf(HelpingResult.TooManyTries.class);
    assertThat(here.begin(session(), code, 2L)).isInstanceOf(HelpingResult.Begun.class);
  }

  @Test
  void guessesAtTheSameInstantAreCountedToo() {
    String code = code(session());
    Paper helper = session();
    List<CompletableFuture<HelpingResult>> asked = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Helpings node = i % 2 == 0 ? here : there;
      asked.add(CompletableFuture.supplyAsync(() -> node.begin(helper, wrong(code), ADDRESS + 7)));
    }
    assertThat(asked.stream().map(CompletableFuture::join))
        .filteredOn(HelpingResult.WrongCode.class::isInstance)
        .hasSize(LIMITS.perHelper());
  }

  @Test
  void whatWasEndedIsOverHereAtOnceAndOnOtherNodesWhenTheyLook() {
    Paper person = session();
    Paper helper = session();
    Paper paper = here.paper(begun(helper, person));
    there.follow();
    assertThat(there.counts(paper)).isTrue();
    here.endOf(CAMPAIGN, person.person());
    assertThat(here.counts(paper)).isFalse();
    assertThat(here.isRunning(paper.session())).isFalse();
    there.follow();
    assertThat(there.counts(paper)).isFalse();
    Helpings started = node();
    started.follow();
    assertThat(started.counts(paper)).as("after a restart").isFalse();
  }

  @Test
  void aTransactionThatIsStillOpenIsSeenWhenItIsDone() throws SQLException {
    Paper paper = here.paper(begun(session(), session()));
    try (Connection connection = DATABASE.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(
          "UPDATE identity.helping SET ended_at = now(), ended_in = pg_current_xact_id()"
              + " WHERE id = '%s'".formatted(paper.session()));
      // Later transactions come and go meanwhile.
      here.endOf(CAMPAIGN, begun(session(), session()).person());
      there.follow();
      there.follow();
      assertThat(there.counts(paper)).isTrue();
      connection.commit();
      connection.setAutoCommit(true);
    }
    there.follow();
    assertThat(there.counts(paper)).isFalse();
  }

  @Test
  void loggingOutEndsAllOfAHelpers() {
    Paper helper = session();
    Paper one = here.paper(begun(helper, session()));
    Paper two = here.paper(begun(helper, session()));
    here.endAll(helper.person());
    assertThat(here.counts(one)).isFalse();
    assertThat(here.counts(two)).isFalse();
  }

  @Test
  void nobodyEndsTheHelpingOfSomebodyElse() {
    Helping helping = begun(session(), session());
    here.endOne(helping.id(), session().person());
    assertThat(here.counts(here.paper(helping))).isTrue();
    here.endOne(helping.id(), helping.helper());
    assertThat(here.counts(here.paper(helping))).isFalse();
  }

  @Test
  void aCampaignThatForbidsItFromNowOnEndsWhatRuns() {
    Paper paper = here.paper(begun(session(), session()));
    desk.isAllowed = false;
    assertThat(here.counts(paper)).isFalse();
    assertThat(here.makeCode(session())).isNull();
    assertThat(here.begin(session(), "1234567890", null))
        .isInstanceOf(HelpingResult.Forbidden.class);
  }

  @Test
  void anIdOfASessionIsNoneOfAHelping() {
    assertThat(here.isRunning(UUID.randomUUID())).isFalse();
    assertThat(here.isRunning(begun(session(), session()).id())).isTrue();
  }

  @Test
  void nothingOfACodeIsKeptInClearAndTheJournalHasBothKeys() throws SQLException {
    Paper person = session();
    Paper helper = session();
    Helping helping = begun(helper, person);
    String code = code(person);
    here.endOf(CAMPAIGN, person.person());
    HelpingCode shown = here.makeCode(person);
    assertThat(String.valueOf(shown)).doesNotContain(code).isEqualTo("HelpingCode");
    assertThat(
            count(
                "SELECT count(*) FROM identity.helping_code"
                    + " WHERE encode(code_key, 'escape') LIKE '%"
                    + code
                    + "%'"))
        .isZero();
    assertThat(
            count(
                "SELECT count(*) FROM identity.helping_event WHERE kind IN (2, 3) AND helping = '%s' AND person <> helper"
                    .formatted(helping.id())))
        .isEqualTo(2);
  }

  @Test
  void peopleWhoWereHelpedBeforeCountAndStaffHaveNoLimit() {
    Paper helper = session();
    List<Paper> people = List.of(session(), session(), session());
    begun(helper, people.get(0));
    here.endOf(CAMPAIGN, people.get(0).person());
    begun(helper, people.get(1));
    assertThat(here.begin(helper, code(people.get(2)), null))
        .isEqualTo(new HelpingResult.TooManyPeople(FAMILY));
    begun(helper, people.get(0));
    desk.staff.add(helper.person());
    assertThat(begun(helper, people.get(2)).staff()).isTrue();
  }
}
