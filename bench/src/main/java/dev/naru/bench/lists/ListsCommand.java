package dev.naru.bench.lists;

import dev.naru.bench.Folder;
import dev.naru.bench.Progress;
import dev.naru.bench.Report;
import dev.naru.bench.ReportOptions;
import dev.naru.bench.served.BenchCampaign;
import dev.naru.booking.campaign.Campaign;
import dev.naru.booking.campaign.CampaignFile;
import dev.naru.booking.campaign.CampaignReading;
import dev.naru.booking.campaign.Campaigns;
import dev.naru.booking.personlist.ListImports;
import dev.naru.booking.personlist.PersonLists;
import dev.naru.common.eligibility.Membership.Standing;
import dev.naru.common.person.PersonKey;
import dev.naru.common.person.PersonKeys;
import dev.naru.database.Database;
import dev.naru.database.LocalPostgres;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `naru bench lists`.
@Command(
    name = "lists",
    mixinStandardHelpOptions = true,
    description = {
      "A list of many people: seconds to import it from CSV into PostgreSQL and to read it into a",
      "node's memory, what it takes there, and nanoseconds to ask whether somebody is on it."
    })
public final class ListsCommand implements Callable<Integer> {
  private static final String LIST = "list";

  /// As long as the connecting information that Korean providers return: 64 bytes in Base64.
  private static final int CI_BYTES = 64;

  /// People asked about: far more than the caches of the processor hold entries of the list.
  private static final int ASKED = 200_000;

  private static final int ROUNDS = 10;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "5000000",
      description = "How many people are on the list (default: ${DEFAULT-VALUE}).")
  private int rows;

  @Mixin private ReportOptions options = new ReportOptions();

  private final PersonKeys keys = new PersonKeys(new byte[32]);

  @Override
  public Integer call() throws Exception {
    return options.run(this::measure);
  }

  private void measure(Report report) throws Exception {
    try (Folder folder = Folder.open(null);
        LocalPostgres server = LocalPostgres.open(folder.path().resolve("data"));
        Database database = server.database("bench")) {
      database.migrate("booking");
      String yaml =
          BenchCampaign.yaml(1, 1) + "lists:\n  - {id: list, name: {ko: 명단, en: the list}}\n";
      new Campaigns(database.dataSource(), InstantSource.system()).apply(yaml);
      report.fact("postgresql", database.show("server_version"));
      report.fact("fsync", database.show("fsync"));
      Progress.show("writing the file");
      Path file = folder.path().resolve("list.csv");
      write(file);
      report.fact("file, MB", Files.size(file) / 1e6);
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("rows", rows);
      Progress.show("importing");
      row.put("import s", seconds(() -> imports(database, file)));
      PersonLists lists = new PersonLists(database.dataSource(), keys);
      long before = heap();
      row.put("into memory s", seconds(lists::refresh));
      row.put("heap MB", (heap() - before) / 1e6);
      Progress.show("asking");
      ask(lists, campaign(yaml), row);
      Progress.clear();
      report.row(row);
    }
  }

  private void imports(Database database, Path file) {
    var _ =
        new ListImports(database.dataSource(), keys, InstantSource.system())
            .run(BenchCampaign.ID, LIST, file, "ci", false, (_, _) -> {});
  }

  private static Campaign campaign(String yaml) {
    return switch (CampaignFile.read(yaml)) {
      case CampaignReading.Read read -> read.campaign();
      case CampaignReading.Mistakes mistakes ->
          throw new IllegalStateException(mistakes.mistakes().getFirst().text());
    };
  }

  private void ask(PersonLists lists, Campaign campaign, Map<String, Object> row) {
    List<PersonKey> on = people(0);
    List<PersonKey> off = people(rows);
    for (int round = 0; round < ROUNDS; round++) {
      row.put("hit ns", nanos(lists, campaign, on, Standing.ON));
      row.put("miss ns", nanos(lists, campaign, off, Standing.OFF));
    }
  }

  /// The mean of asking about each once, in the order of the file, which has nothing to do with the
  /// order of the list.
  private static double nanos(
      PersonLists lists, Campaign campaign, List<PersonKey> people, Standing expected) {
    long began = System.nanoTime();
    for (PersonKey person : people) {
      if (lists.of(campaign, person).of(LIST) != expected) {
        throw new IllegalStateException("somebody is not " + expected);
      }
    }
    return (double) (System.nanoTime() - began) / people.size();
  }

  private List<PersonKey> people(int from) {
    List<PersonKey> people = new ArrayList<>();
    int step = Math.max(1, rows / ASKED);
    for (int i = 0; i < Math.min(ASKED, rows); i++) {
      people.add(keys.of(ci(from + i * step)));
    }
    return people;
  }

  private static String ci(int number) {
    byte[] bytes = new byte[CI_BYTES];
    new Random(number).nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  private void write(Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
      out.write("ci,given\n");
      for (int i = 0; i < rows; i++) {
        out.write(ci(i));
        out.write(",2021-06-14\n");
      }
    }
  }

  private static double seconds(Runnable work) {
    long began = System.nanoTime();
    work.run();
    return (System.nanoTime() - began) / 1e9;
  }

  private static long heap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
