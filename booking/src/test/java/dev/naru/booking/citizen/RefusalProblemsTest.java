package dev.naru.booking.citizen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.booking.appointment.BookingResult;
import dev.naru.booking.appointment.BookingResult.Refusal;
import dev.naru.booking.campaign.Campaign;
import dev.naru.booking.campaign.CampaignTexts;
import dev.naru.booking.eligibility.EligibilityRules;
import dev.naru.common.eligibility.Decision;
import dev.naru.common.eligibility.Membership;
import dev.naru.common.problem.Problem;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RefusalProblemsTest {
  private static final Campaign CAMPAIGN = CampaignTexts.read(CampaignTexts.SMALL);
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

  private static Decision.Refused tooEarly() {
    return (Decision.Refused) EligibilityRules.decide(CAMPAIGN, 9, Membership.NO_LISTS, NOW);
  }

  private static Map<Refusal, String> expected() {
    Map<Refusal, String> expected = new LinkedHashMap<>();
    expected.put(new BookingResult.CampaignUnknown(), "404 urn:naru:campaign-unknown");
    expected.put(new BookingResult.IdReused(), "409 urn:naru:id-reused");
    expected.put(new BookingResult.WindowClosed(), "403 urn:naru:window-closed");
    expected.put(new BookingResult.NotEligible(tooEarly()), "403 urn:naru:not-eligible");
    expected.put(new BookingResult.PassMissing(), "403 urn:naru:pass-missing");
    expected.put(new BookingResult.PassExpired(), "403 urn:naru:pass-expired");
    expected.put(new BookingResult.AlreadyBooked(new UUID(1, 2)), "409 urn:naru:already-booked");
    expected.put(new BookingResult.TooManyChanges(), "409 urn:naru:too-many-changes");
    expected.put(new BookingResult.DoseBeforeMissing(2), "409 urn:naru:dose-before-missing");
    expected.put(
        new BookingResult.OutsideInterval(LocalDate.EPOCH, LocalDate.EPOCH),
        "409 urn:naru:outside-interval");
    expected.put(new BookingResult.SlotUnknown(), "404 urn:naru:slot-unknown");
    expected.put(new BookingResult.SlotFull(1), "409 urn:naru:slot-full");
    return expected;
  }

  @Test
  void everyRefusalHasAProblemInBothLanguages() {
    expected()
        .forEach(
            (refusal, code) -> {
              for (Campaign campaign : Arrays.asList(CAMPAIGN, null)) {
                Problem problem = RefusalProblems.of(refusal, campaign, NOW);
                assertThat(problem.status() + " " + problem.type()).isEqualTo(code);
                assertThat(problem.title().ko()).containsPattern("[가-힣]");
                assertThat(problem.detail().ko()).containsPattern("[가-힣]");
                assertThat(problem.title().en()).matches("\\p{ASCII}+");
                assertThat(problem.detail().en()).hasSizeGreaterThan(10);
              }
            });
  }

  @Test
  void noRefusalIsForgotten() {
    assertThat(expected().keySet().stream().map(Object::getClass))
        .containsExactlyInAnyOrder(Refusal.class.getPermittedSubclasses());
  }

  @Test
  void whoCannotBookYetHearsWhen() {
    Problem problem = RefusalProblems.of(new BookingResult.NotEligible(tooEarly()), CAMPAIGN, NOW);

    assertThat(problem.detail().ko()).contains("3월 3일(화) 20:00");
    assertThat(problem.detail().en()).contains("Tue 3 March, 20:00");
  }
}
