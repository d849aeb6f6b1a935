package dev.naru.app.web;

import dev.naru.booking.campaign.Campaign;
import dev.naru.common.paper.Papers;
import dev.naru.common.problem.Problem;
import dev.naru.common.web.CommonProblems;
import dev.naru.common.web.ProblemResponses;
import dev.naru.identity.check.Unfinished;
import dev.naru.identity.helping.Helping;
import dev.naru.identity.helping.HelpingResult;
import dev.naru.identity.helping.Helpings;
import dev.naru.identity.person.People;
import dev.naru.identity.web.CheckResponses;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.OffsetDateTime;
import java.util.UUID;

/// What whoever helps is told.
@Singleton
class HelpingResponses {
  private final Helpings helpings;
  private final People people;
  private final Papers papers;
  private final CheckResponses checks;

  @Inject
  HelpingResponses(Helpings helpings, People people, Papers papers, CheckResponses checks) {
    this.helpings = helpings;
    this.people = people;
    this.papers = papers;
    this.checks = checks;
  }

  /// @param helping to be sent as `X-Naru-Helping`
  record HelpingView(UUID id, String helping, Person person, OffsetDateTime until) {}

  record Person(String maskedName) {}

  HelpingView view(Helping helping, Campaign campaign) {
    return new HelpingView(
        helping.id(),
        papers.issue(helpings.paper(helping)),
        new Person(people.maskedName(helping.person()).orElse("")),
        OwnCalls.time(helping.until(), campaign));
  }

  Response of(HelpingResult result, Campaign campaign, HttpHeaders headers) {
    return switch (result) {
      case HelpingResult.Begun(Helping helping) ->
          Response.status(Response.Status.CREATED)
              .header(HttpHeaders.CACHE_CONTROL, "no-store")
              .entity(view(helping, campaign))
              .build();
      case HelpingResult.Open(Unfinished why) -> checks.of(why, headers);
      case HelpingResult.Forbidden _ -> problem(HelpingProblems.FORBIDDEN, headers);
      case HelpingResult.NotStaff _ -> problem(HelpingProblems.NOT_STAFF, headers);
      case HelpingResult.TooManyTries(long seconds) ->
          problem(HelpingProblems.tooManyTries(seconds), headers);
      case HelpingResult.TooManyCalls(long seconds) ->
          problem(HelpingProblems.tooManyCalls(seconds), headers);
      case HelpingResult.WrongCode _ -> problem(HelpingProblems.WRONG_CODE, headers);
      case HelpingResult.Over _ -> problem(CommonProblems.HELPING_OVER, headers);
      case HelpingResult.Self _ -> problem(HelpingProblems.SELF, headers);
      case HelpingResult.StaffOnly _ -> problem(HelpingProblems.STAFF_ONLY, headers);
      case HelpingResult.TooManyPeople(int most) ->
          problem(HelpingProblems.tooManyPeople(most), headers);
    };
  }

  private static Response problem(Problem problem, HttpHeaders headers) {
    return ProblemResponses.of(problem, headers);
  }
}
