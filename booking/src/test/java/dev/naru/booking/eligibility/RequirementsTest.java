package dev.naru.booking.eligibility;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.booking.campaign.Campaign;
import dev.naru.booking.campaign.CampaignFile;
import dev.naru.booking.campaign.CampaignReading;
import dev.naru.booking.campaign.CampaignTexts;
import dev.naru.booking.eligibility.Entitlement.Door;
import dev.naru.common.eligibility.Applicant;
import dev.naru.common.eligibility.BookingWindow;
import dev.naru.common.eligibility.Decision;
import dev.naru.common.eligibility.Membership;
import dev.naru.common.eligibility.Nationality;
import dev.naru.common.eligibility.Reason;
import dev.naru.common.paper.Paper;
import dev.naru.common.paper.PaperKind;
import dev.naru.common.person.PersonKey;
import dev.naru.common.text.LocalText;
import dev.naru.common.yaml.Mistake;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Lists and nationality, beside ages and days of birth.
class RequirementsTest {
  private static final String LISTS =
      """
      lists:
        - {id: done, name: {ko: 접종 완료, en: already vaccinated}}
        - {id: staff, name: {ko: 의료진, en: medical staff}}
      """;
  private static final LocalDate BIRTH = LocalDate.of(1995, 1, 1);
  private static final Instant OPEN = seoul("2026-03-02T21:00");

  private static Instant seoul(String time) {
    return LocalDateTime.parse(time).atZone(ZoneId.of("Asia/Seoul")).toInstant();
  }

  /// What is known of one person; lists that are not named are missing.
  private static Membership on(Map<String, Boolean> lists) {
    Map<String, Boolean> known = new HashMap<>(lists);
    return new Membership() {
      @Override
      public Standing of(String list) {
        Boolean is = known.get(list);
        return is == null ? Standing.MISSING : is ? Standing.ON : Standing.OFF;
      }

      @Override
      public LocalText nameOf(String list) {
        return new LocalText(list + "(명단)", list);
      }
    };
  }

  private static Campaign small(String from, String to) {
    String text = CampaignTexts.SMALL.replace(from, to) + LISTS;
    assertThat(text).isNotEqualTo(CampaignTexts.SMALL + LISTS);
    return CampaignTexts.read(text);
  }

  private static Campaign withoutTheVaccinated() {
    return small("1999-12-31}\n", "1999-12-31}\n  not: [done]\n");
  }

  private static Decision decide(Campaign campaign, Nationality nationality, Membership lists) {
    return EligibilityRules.atTheCheck(
        campaign, new Applicant(new PersonKey(1, 2, 3, 4), BIRTH, nationality), lists, OPEN);
  }

  private static Decision decide(Campaign campaign, Map<String, Boolean> lists) {
    return decide(campaign, Nationality.UNKNOWN, on(lists));
  }

  @Test
  void whoIsOnAnExcludedListIsRefusedByItsNameAndHasNoWindow() {
    Campaign campaign = withoutTheVaccinated();
    assertThat(decide(campaign, Map.of("done", false)).eligible()).isTrue();
    assertThat(decide(campaign, Map.of("done", true)))
        .isInstanceOfSatisfying(
            Decision.Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(Reason.LISTED);
              assertThat(refused.told().en()).contains("“done”");
              assertThat(refused.told().ko()).contains("‘done(명단)’");
              assertThat(refused.windows()).isEmpty();
            });
  }

  @Test
  void aListThatIsMissingLetsNobodyIn() {
    assertThat(decide(withoutTheVaccinated(), Map.of()).reason()).isEqualTo(Reason.LIST_MISSING);
    Campaign only = small("1999-12-31}\n", "1999-12-31}\n  only: [staff]\n");
    assertThat(decide(only, Map.of()).reason()).isEqualTo(Reason.LIST_MISSING);
  }

  @Test
  void oneOfSeveralListsIsEnough() {
    Campaign campaign = small("1999-12-31}\n", "1999-12-31}\n  only: [done, staff]\n");
    assertThat(decide(campaign, Map.of("done", false, "staff", true)).eligible()).isTrue();
    assertThat(decide(campaign, Map.of("done", false, "staff", false)).reason())
        .isEqualTo(Reason.NOT_LISTED);
  }

  @Test
  void aWindowForAListIsNobodyElsesAndTheOthersStayTheirs() {
    Campaign campaign = small("  days: 2\n", "  days: 2\n  only: [staff]\n");
    Decision staff = decide(campaign, Map.of("staff", true));
    assertThat(staff.windows()).extracting(BookingWindow::line).containsExactly(0, 2);
    assertThat(staff.eligible()).isTrue();

    Decision other = decide(campaign, Map.of("staff", false));
    assertThat(other.reason()).isEqualTo(Reason.NOT_YET);
    assertThat(other.windows()).extracting(BookingWindow::line).containsExactly(2);
  }

  @Test
  void foreignersAreRefusedWhereTheFileSaysSoAndSoIsWhoeverIsNotKnown() {
    Campaign campaign = small("1999-12-31}\n", "1999-12-31}\n  foreigners: refused\n");
    assertThat(decide(campaign, Nationality.DOMESTIC, on(Map.of())).eligible()).isTrue();
    Decision foreign = decide(campaign, Nationality.FOREIGN, on(Map.of()));
    Decision unknown = decide(campaign, Nationality.UNKNOWN, on(Map.of()));
    assertThat(foreign.reason()).isEqualTo(Reason.FOREIGNERS_REFUSED);
    assertThat(unknown.reason()).isEqualTo(Reason.NATIONALITY_UNKNOWN);

    for (Decision refused : List.of(foreign, unknown)) {
      assertThat(EligibilityRules.decide(campaign, refused.cohort(), on(Map.of()), OPEN).reason())
          .as("said again at the line")
          .isEqualTo(refused.reason());
    }
  }

  @Test
  void nobodysNationalityIsAskedUnlessTheFileSaysSo() {
    Campaign campaign = CampaignTexts.read(CampaignTexts.SMALL);
    for (Nationality any : Nationality.values()) {
      Decision decision = decide(campaign, any, Membership.NO_LISTS);
      assertThat(decision.eligible()).isTrue();
      assertThat(decision.cohort()).isEqualTo(1);
    }
  }

  private static final String APART =
      CampaignTexts.SMALL
          .replace("1999-12-31}\n", "1999-12-31}\n  foreigners: own-windows\n")
          .replaceAll("(?s)rotation:.*lobby:", "WINDOWS\nlobby:")
          .replace(
              "WINDOWS",
              """
              windows:
                - {opens: 2026-03-02T20:00, closes: 2026-03-03T18:00}
                - {opens: 2026-03-03T20:00, closes: 2026-03-04T18:00, foreigners: true}
              """);

  @Test
  void foreignersWithWindowsOfTheirOwnBookInThoseAndNobodyElseDoes() {
    Campaign campaign = CampaignTexts.read(APART);
    Decision foreign = decide(campaign, Nationality.FOREIGN, Membership.NO_LISTS);
    assertThat(foreign.reason()).isEqualTo(Reason.NOT_YET);
    assertThat(foreign.windows()).extracting(BookingWindow::line).containsExactly(1);

    Decision domestic = decide(campaign, Nationality.DOMESTIC, Membership.NO_LISTS);
    assertThat(domestic.eligible()).isTrue();
    assertThat(domestic.windows()).extracting(BookingWindow::line).containsExactly(0);
    assertThat(decide(campaign, Nationality.UNKNOWN, Membership.NO_LISTS).reason())
        .isEqualTo(Reason.NATIONALITY_UNKNOWN);

    BookingWindow theirs = campaign.calendar().windows().get(1);
    assertThat(theirs.admitted()).contains(foreign.cohort()).doesNotContain(domestic.cohort());
  }

  @Test
  void mistakesInListsAndAudiencesAreNamed() {
    assertMistake(small1("1999-12-31}\n", "1999-12-31}\n  not: [dome]\n"), "eligible.not[0]");
    assertMistake(
        small1("1999-12-31}\n", "1999-12-31}\n  only: [done]\n  not: [done]\n"), "eligible.not");
    assertMistake(
        small1("1999-12-31}\n", "1999-12-31}\n  foreigners: perhaps\n"), "eligible.foreigners");
    assertMistake(small1("1999-12-31}\n", "1999-12-31}\n  foreigners: own-windows\n"), "windows");
    assertMistake(
        small1("1999-12-31}\n", "1999-12-31}\n  age: {from: 18, on: 2026-03-09}\n"),
        "eligible.age");
    assertMistake(APART.replace(", foreigners: true", ""), "windows");
    assertMistake(CampaignTexts.SMALL + LISTS.replace("staff", "done"), "lists[1].id");
  }

  private static String small1(String from, String to) {
    return CampaignTexts.SMALL.replace(from, to) + LISTS;
  }

  private static void assertMistake(String text, String field) {
    assertThat(CampaignFile.read(text))
        .isInstanceOfSatisfying(
            CampaignReading.Mistakes.class,
            mistakes -> assertThat(mistakes.mistakes()).extracting(Mistake::field).contains(field));
  }

  @Test
  void anAgeIsToTheDay() {
    Campaign campaign =
        small(
            "born: {from: 1990-01-01, to: 1999-12-31}", "age: {from: 27, to: 36, on: 2026-03-09}");
    assertThat(campaign.bornFrom()).isEqualTo("1989-03-10");
    assertThat(campaign.bornTo()).isEqualTo("1999-03-09");
  }

  @Test
  void aListIsAskedAnewAtEveryDoorAndRefusalsAreCounted() {
    Campaign campaign = withoutTheVaccinated();
    Map<String, Boolean> lists = new HashMap<>(Map.of("done", false));
    Entitlement entitlement = new Entitlement((_, _) -> on(lists), () -> OPEN);
    Applicant kim = new Applicant(new PersonKey(1, 2, 3, 4), BIRTH, Nationality.UNKNOWN);
    BookingWindow window = campaign.calendar().windows().getFirst();
    int cohort = entitlement.atTheCheck(campaign, kim).cohort();
    Paper session =
        new Paper(PaperKind.SESSION, "small", kim.person(), new UUID(1, 2), cohort, 0, 0, OPEN);
    assertThat(entitlement.atTheLine(campaign, session).eligible()).isTrue();
    assertThat(entitlement.refusesAtBooking(campaign, session, window)).isNull();

    lists.put("done", true);
    assertThat(entitlement.atTheLine(campaign, session).reason()).isEqualTo(Reason.LISTED);
    Decision.Refused refused = entitlement.refusesAtBooking(campaign, session, window);
    assertThat(requireNonNull(refused).reason()).isEqualTo(Reason.LISTED);
    assertThat(entitlement.of(campaign, session).reason()).isEqualTo(Reason.LISTED);

    assertThat(entitlement.refusals(Door.CHECK, Reason.LISTED)).isZero();
    assertThat(entitlement.refusals(Door.LINE, Reason.LISTED)).isEqualTo(1);
    assertThat(entitlement.refusals(Door.BOOKING, Reason.LISTED)).isEqualTo(1);
    assertThat(entitlement.refusals(Door.LINE, Reason.NOT_YET)).isZero();
  }

  @Test
  void aProductMayBeForAListAlone() {
    Campaign campaign =
        small("name: {ko: 하나, en: One}\n", "name: {ko: 하나, en: One}\n    only: [staff]\n");
    Paper session =
        new Paper(
            PaperKind.SESSION, "small", new PersonKey(1, 2, 3, 4), new UUID(1, 2), 1, 0, 0, OPEN);
    Entitlement outside = new Entitlement((_, _) -> on(Map.of("staff", false)), () -> OPEN);
    Decision.Refused refused =
        outside.refusesProduct(campaign, session, campaign.products().get(0));
    assertThat(requireNonNull(refused).reason()).isEqualTo(Reason.NOT_LISTED);
    assertThat(outside.refusesProduct(campaign, session, campaign.products().get(1))).isNull();
    assertThat(outside.of(campaign, session).eligible()).isTrue();
  }

  @Test
  void aSessionOfAnotherCampaignIsRefusedAsSuch() {
    Campaign campaign = CampaignTexts.read(CampaignTexts.SMALL);
    Paper session =
        new Paper(
            PaperKind.SESSION, "other", new PersonKey(1, 2, 3, 4), new UUID(1, 2), 1, 0, 0, OPEN);
    Entitlement entitlement = new Entitlement((_, _) -> Membership.NO_LISTS, () -> OPEN);
    assertThat(entitlement.of(campaign, session).reason()).isEqualTo(Reason.OTHER_CAMPAIGN);
  }
}
