package dev.naru.rehearsal.crowd;

import com.fasterxml.jackson.databind.JsonNode;
import dev.naru.rehearsal.http.Answer;
import dev.naru.rehearsal.http.Call;
import dev.naru.rehearsal.http.Calls;
import dev.naru.rehearsal.http.Request;
import dev.naru.rehearsal.people.Population;
import dev.naru.rehearsal.people.Region;
import dev.naru.rehearsal.report.Timeline;
import io.netty.channel.EventLoop;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Synthetic people who go through the whole of Naru over HTTP: verify, join, wait, are admitted,
/// search, book, and leave.
///
/// All of them live on one event loop of their own. A server that fails, or is killed and started
/// again, is asked again for as long as people are patient.
public final class Crowd implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Crowd.class);
  private static final int PROGRESS_MILLIS = 250;
  private static final int RATE_MILLIS = 1_000;
  private static final int END_SECONDS = 5;

  /// Where people are counted, once it is known when booking opens.
  ///
  /// @param openedSecond since the start; 0 or less when it was open already
  /// @param arrivals when people were to come, milliseconds since the start, in order
  private record Stage(
      Tally tally, Samples samples, double openedSecond, Supplier<LongStream> arrivals) {}

  private final CrowdPlan plan;
  private final NioEventLoopGroup threads =
      new NioEventLoopGroup(1, new DefaultThreadFactory("naru-crowd"));
  private final EventLoop loop = threads.next();
  private final Agenda agenda = new Agenda(System::nanoTime);
  private final Timeline timeline;
  private @Nullable Stage stage;
  private final Calls calls;
  private final Persistence persistence;
  private final CompletableFuture<CrowdReport> done = new CompletableFuture<>();
  private volatile CrowdProgress progress = CrowdProgress.NONE;
  private boolean ended;
  private int step;
  private long rateSince;
  private long sentBefore;
  private double rate;

  private Crowd(CrowdPlan plan) {
    this.plan = plan;
    this.timeline = new Timeline(plan.stepSeconds());
    this.calls =
        new Calls(loop, plan.server(), plan.connections(), agenda::intendedNanos, this::fail);
    this.persistence = new Persistence(calls, agenda, plan.manners().patience());
  }

  /// Lets a crowd come to a running server. Returns at once.
  public static Crowd start(CrowdPlan plan) {
    Crowd crowd = new Crowd(plan);
    crowd.loop.execute(crowd.watched(crowd::open));
    return crowd;
  }

  /// Where everybody is; at most a quarter of a second old.
  public CrowdProgress progress() {
    return progress;
  }

  /// Completed when everybody has left or the crowd was stopped; completed exceptionally with
  /// [IllegalStateException] when the campaign could not be read or has no window left.
  public CompletableFuture<CrowdReport> done() {
    return done.copy();
  }

  /// Sends everybody home now; the report says what happened so far.
  ///
  /// @return as [#done]
  public CompletableFuture<CrowdReport> stop() {
    close();
    return done();
  }

  /// Sends everybody home, without waiting until they have gone.
  @Override
  public void close() {
    if (done.isDone()) {
      return;
    }
    try {
      loop.execute(watched(() -> finish(false)));
    } catch (RejectedExecutionException e) {
      LOG.debug("the crowd has just ended by itself", e);
    }
  }

  private void open() {
    every(Agenda.TICK_MILLIS, agenda::run);
    every(PROGRESS_MILLIS, this::publish);
    ask(
        Call.CAMPAIGN,
        "/api/v1/campaigns/" + plan.campaign(),
        campaign -> {
          if (!campaign.isOk()) {
            fail(new IllegalStateException("the campaign cannot be read: " + campaign.label()));
          } else {
            ask(
                Call.REGIONS,
                "/api/v1/regions",
                regions -> come(campaign.body(), regions(regions.body())));
          }
        });
  }

  private void every(int millis, Runnable what) {
    var _ = loop.scheduleAtFixedRate(watched(what), millis, millis, TimeUnit.MILLISECONDS);
  }

  /// A fault of ours ends the run; the event loop would only log it.
  private Runnable watched(Runnable what) {
    return () -> {
      try {
        what.run();
      } catch (RuntimeException e) {
        fail(e);
      }
    };
  }

  private void ask(Call call, String path, Consumer<Answer> then) {
    persistence.persist(
        new SplittableRandom(plan.seed()),
        answer -> calls.send(call, Request.get(path), answer),
        then);
  }

  private void come(JsonNode campaign, List<Region> regions) {
    Opening opening;
    try {
      opening = Opening.of(campaign);
    } catch (IllegalArgumentException e) {
      fail(new IllegalStateException("nobody can come to campaign " + plan.campaign(), e));
      return;
    }
    Population population =
        new Population(plan.seed(), opening.births(), regions, plan.home().ages(), opening.today());
    long now = agenda.elapsedMillis();
    Samples samples = new Samples(plan.people(), now + Math.max(0, opening.untilOpenMillis()));
    Tally tally = new Tally(plan.people(), timeline, samples, agenda::elapsedMillis);
    calls.watch(tally::answered);
    long[] arrivals = opening.arrivals(plan);
    stage =
        new Stage(
            tally,
            samples,
            (now + opening.untilOpenMillis()) / 1_000.0,
            () -> Arrays.stream(arrivals).map(due -> now + (due >>> Integer.SIZE)));
    Journey journey = new Journey(plan, calls, agenda, population, tally);
    new Arrivals(arrivals, agenda, journey).next();
  }

  /// The districts of all provinces; each counts the same unless the plan says how many live there.
  /// Whoever lives in a city with wards lives in one of these.
  private List<Region> regions(JsonNode body) {
    List<Region> regions = new ArrayList<>();
    for (JsonNode province : body.path("provinces")) {
      for (JsonNode district : province.path("districts")) {
        String code = district.path("code").asText();
        boolean divided = district.path("divided").asBoolean();
        double people = plan.home().living().getOrDefault(code, divided ? 0.0 : 1.0);
        if (people > 0) {
          regions.add(new Region(code, people));
        }
      }
    }
    return regions;
  }

  private void publish() {
    progress = count();
    closeSteps();
    Stage now = stage;
    if (now != null && now.tally().gone() == plan.people()) {
      finish(true);
    }
  }

  /// Requests per second come from the last publication a second or more ago.
  private CrowdProgress count() {
    long now = agenda.elapsedMillis();
    if (now - rateSince >= RATE_MILLIS) {
      rate = (calls.sent() - sentBefore) * 1_000.0 / (now - rateSince);
      rateSince = now;
      sentBefore = calls.sent();
    }
    Stage people = stage;
    if (people == null) {
      return CrowdProgress.NONE;
    }
    people.tally().read(now / 1_000.0, rate);
    return people
        .tally()
        .progress(now / 1_000.0, calls.sent(), rate, calls.inFlight(), calls.quantiles());
  }

  private void closeSteps() {
    long second = agenda.elapsedMillis() / 1_000;
    for (; (step + 1L) * plan.stepSeconds() <= second; step++) {
      calls.closeStep();
    }
  }

  private void finish(boolean complete) {
    if (ended) {
      return;
    }
    ended = true;
    progress = count();
    calls.closeStep();
    CrowdReport report = report(complete);
    calls.close();
    end(() -> done.complete(report));
  }

  private CrowdReport report(boolean complete) {
    Stage people = stage;
    Tally tally =
        people == null
            ? new Tally(0, timeline, new Samples(0, 0), agenda::elapsedMillis)
            : people.tally();
    return new CrowdReport(
        plan.server().toString(),
        plan.campaign(),
        plan.people(),
        plan.seed(),
        complete,
        progress.seconds(),
        progress,
        tally.reservations(),
        tally.numbers(),
        tally.lines(),
        calls.report(),
        tally.bookingsPerSecond(),
        tally.errors(),
        tally.inconsistencies(),
        tally.tried(),
        overTime(people));
  }

  private CrowdReport.OverTime overTime(@Nullable Stage people) {
    if (people == null) {
      return new CrowdReport.OverTime(
          0, List.of(), List.of(), 0, 0, 0, 0, new CrowdReport.Promises(0, 0), null);
    }
    return new CrowdReport.OverTime(
        people.openedSecond(),
        timeline.series(),
        people.samples().people(),
        people.tally().joined(),
        people.tally().moved(),
        people.samples().waitSeconds(50),
        people.samples().waitSeconds(99),
        people.samples().promises(),
        people.samples().forecast(people.arrivals().get()));
  }

  private void fail(Throwable cause) {
    if (!ended) {
      ended = true;
      calls.close();
      end(() -> done.completeExceptionally(cause));
    }
  }

  private void end(Runnable then) {
    threads.shutdownGracefully(0, END_SECONDS, TimeUnit.SECONDS).addListener(ended -> then.run());
  }
}
