package dev.naru.bench.search;

import dev.naru.bench.Folder;
import dev.naru.bench.Load;
import dev.naru.bench.Progress;
import dev.naru.bench.Report;
import dev.naru.bench.ReportOptions;
import dev.naru.bench.served.BenchCampaign;
import dev.naru.bench.served.ServedNode;
import dev.naru.bench.served.Visitor;
import dev.naru.booking.campaign.StoredCampaign;
import dev.naru.booking.search.Following;
import dev.naru.booking.search.Search;
import dev.naru.booking.search.Sites;
import dev.naru.booking.search.SlotIndexStore;
import dev.naru.booking.search.SlotIndexes;
import dev.naru.booking.site.District;
import dev.naru.booking.site.Regions;
import dev.naru.booking.site.SiteStore;
import dev.naru.booking.supply.Share;
import dev.naru.database.Database;
import dev.naru.database.LocalPostgres;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `naru bench search`.
@Command(
    name = "search",
    mixinStandardHelpOptions = true,
    description = "Which sites of a district have something free in a week: memory beside SQL.")
public final class SearchCommand implements Callable<Integer> {
  private static final Share THIRD_DAY = new Share(3, 10);

  /// Until the node's compiler has done most of its work.
  private static final Duration WARM = Duration.ofSeconds(30);

  @Option(
      names = "--sites",
      paramLabel = "N",
      defaultValue = "15000",
      description = "Sites of 480 slots (default: ${DEFAULT-VALUE}).")
  private int sites;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Length of a run (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Searches a second over HTTP; 0 leaves HTTP out (default: ${DEFAULT-VALUE}).")
  private int rate;

  @Mixin private ReportOptions options = new ReportOptions();

  private final SplittableRandom random = new SplittableRandom(1);
  private final Regions regions = Regions.load();
  private final List<String> districts = regions.districts().stream().map(District::code).toList();

  /// One search; what it returns is only looked at so that it is not left out.
  @FunctionalInterface
  private interface Query {
    int ask(String district, LocalDate from) throws Exception;
  }

  @Override
  public Integer call() throws Exception {
    return options.run(this::measure);
  }

  private void measure(Report report) throws Exception {
    Progress.show("making a nation");
    try (Folder folder = Folder.open(null);
        LocalPostgres server = LocalPostgres.open(folder.path());
        Database database = server.emptyDatabase("search")) {
      inProcess(report, database, new NationDatabase(database));
    }
    if (rate > 0) {
      overHttp(report);
    }
  }

  private void inProcess(Report report, Database database, NationDatabase nation) throws Exception {
    StoredCampaign campaign = nation.fill(sites);
    Progress.clear();
    report.fact("postgresql", database.show("server_version"));
    report.fact("slots", nation.slots());
    Sites directory = new Sites(new SiteStore(database.dataSource()));
    directory.refresh();
    long heap = heap();
    long began = System.nanoTime();
    SlotIndexes indexes = new SlotIndexes(new SlotIndexStore(database.dataSource()));
    long slot = indexes.fill(campaign).size();
    report.fact("seconds to fill", (System.nanoTime() - began) / 1e9);
    Search search =
        new Search(
            indexes,
            directory,
            regions,
            InstantSource.fixed(
                NationDatabase.FIRST_DAY
                    .minusDays(1)
                    .atStartOfDay(BenchCampaign.ZONE)
                    .toInstant()));
    Query memory = (district, from) -> page(search, campaign, district, from, Share.ALL);
    run(memory);
    report.row(row("memory, one thread", run(memory)));
    Query cohort = (district, from) -> page(search, campaign, district, from, THIRD_DAY);
    run(cohort);
    report.row(row("memory, a cohort's share", run(cohort)));
    Thread booker = Thread.ofPlatform().daemon().start(() -> book(indexes, campaign, slot));
    report.row(row("memory, 40,000 bookings/s beside", run(memory)));
    booker.interrupt();
    booker.join();
    for (NationDatabase.Way way : NationDatabase.Way.values()) {
      try (NationDatabase.Asker asker = nation.new Asker(way)) {
        report.row(
            row(
                way == NationDatabase.Way.NAIVE ? "naive SQL" : "summary table",
                run((district, from) -> asker.ask(district, from, from.plusDays(6)))));
      }
    }
    report.fact("heap of the index, MB", (heap() - heap) / 1e6);
    if (indexes.of(campaign).size() != slot) {
      throw new IllegalStateException("the index is gone");
    }
  }

  private static int page(
      Search search, StoredCampaign campaign, String district, LocalDate from, Share share) {
    return search
        .sites(
            campaign,
            new Search.Query(
                district,
                null,
                from,
                from.plusDays(6),
                -1,
                Following.doses(campaign.campaign().products()),
                20,
                0),
            share)
        .sites()
        .size();
  }

  private static void book(SlotIndexes indexes, StoredCampaign campaign, long slots) {
    SplittableRandom random = new SplittableRandom(2);
    long began = System.nanoTime();
    for (long count = 0; !Thread.currentThread().isInterrupted(); count++) {
      indexes.of(campaign).add(1 + random.nextLong(slots), count % 2 == 0 ? 1 : -1);
      while (System.nanoTime() - began < count * 25_000) {
        Thread.onSpinWait();
      }
    }
  }

  private Histogram run(Query query) throws Exception {
    Histogram nanos = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    long found = 0;
    for (long now = System.nanoTime(); now < end; ) {
      String district = districts.get(random.nextInt(districts.size()));
      LocalDate from = NationDatabase.FIRST_DAY.plusDays(random.nextInt(NationDatabase.DAYS - 7));
      found += query.ask(district, from);
      long after = System.nanoTime();
      nanos.recordValue(after - now);
      now = after;
    }
    if (found == 0) {
      throw new IllegalStateException("nothing was found");
    }
    return nanos;
  }

  private Map<String, Object> row(String who, Histogram nanos) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("who", who);
    row.put("searches/s", nanos.getTotalCount() / (double) seconds);
    row.put("p50 ms", nanos.getValueAtPercentile(50) / 1e6);
    row.put("p99 ms", nanos.getValueAtPercentile(99) / 1e6);
    row.put("p99.9 ms", nanos.getValueAtPercentile(99.9) / 1e6);
    return row;
  }

  private static long heap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private void overHttp(Report report) throws Exception {
    Progress.show("making a nation and starting a node");
    try (ServedNode node = ServedNode.start(sites, 8, 1);
        Loopback loopback = new Loopback()) {
      Connections program = new Connections(node.uri(), Visitor.admitted(node.uri()).headers());
      Connections bare = new Connections(loopback.uri(), Map.of());
      LocalDate tomorrow = LocalDate.now(BenchCampaign.ZONE).plusDays(1);
      String campaign = "/api/v1/campaigns/" + BenchCampaign.ID;
      Supplier<String> search = () -> campaign + "/sites?" + anyDistrict(tomorrow);
      Supplier<String> status = () -> campaign + "/line";
      program.run(search, 0, WARM);
      program.run(status, 0, WARM);
      for (int each : new int[] {rate / 5, rate, 0}) {
        report.row(overHttp("search", program, search, each, node));
        report.row(overHttp("status", program, status, each, node));
        report.row(overHttp("nothing", bare, () -> "/", each, node));
      }
    }
  }

  private String anyDistrict(LocalDate tomorrow) {
    ThreadLocalRandom any = ThreadLocalRandom.current();
    LocalDate from = tomorrow.plusDays(any.nextInt(2));
    String district = districts.get(any.nextInt(districts.size()));
    return "region=%s&from=%s&to=%s".formatted(district, from, from.plusDays(6));
  }

  private Map<String, Object> overHttp(
      String what, Connections to, Supplier<String> paths, int each, ServedNode node)
      throws Exception {
    Duration cpu = node.programCpu();
    Load.Outcome outcome = to.run(paths, each, Duration.ofSeconds(seconds));
    cpu = node.programCpu().minus(cpu);
    Progress.clear();
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("over HTTP", what);
    row.put("asked", each == 0 ? "at once again" : each + " a second");
    row.put("answers/s", outcome.answers() / outcome.seconds());
    row.put("p50 ms", outcome.millis(50));
    row.put("p99 ms", outcome.millis(99));
    row.put("p99.9 ms", outcome.millis(99.9));
    row.put("program µs", cpu.toNanos() / 1e3 / outcome.answers());
    return row;
  }
}
