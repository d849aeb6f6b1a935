package dev.naru.app.command;

import dev.naru.app.Server;
import dev.naru.app.Store;
import dev.naru.app.provider.ProviderFile;
import dev.naru.booking.appointment.BookingEngine;
import dev.naru.booking.campaign.ApplyResult;
import dev.naru.booking.campaign.Campaigns;
import dev.naru.booking.site.Regions;
import dev.naru.booking.site.SiteStore;
import dev.naru.booking.site.SyntheticNation;
import dev.naru.rehearsal.crowd.Crowd;
import dev.naru.rehearsal.crowd.CrowdPlan;
import dev.naru.rehearsal.crowd.CrowdProgress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// A whole Naru with an invented nation, an opening soon, and a crowd.
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Starts everything in one process: PostgreSQL, an invented nation, a campaign whose lobby is"
          + " open, and a crowd that comes over HTTP.",
      "Open the address that is printed and wait in line with the others. Ctrl-C ends it; what was"
          + " in the demo's folder is gone with the next start."
    })
final class DemoCommand implements Callable<Integer> {
  private static final ZoneId ZONE = ZoneId.of("Asia/Seoul");

  /// Enough for a visitor to be called while they still look: 5,000 people in three to four
  /// minutes.
  private static final DemoCampaign.Supply SUPPLY = new DemoCampaign.Supply(1_500, 2, 2, 3);

  private static final int MOST_CROWD = 200_000;

  @Mixin private final ListenOptions listen = new ListenOptions();

  @Option(
      names = "--open-in",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "When booking opens (default: ${DEFAULT-VALUE}).")
  private int openIn;

  @Option(
      names = "--crowd",
      paramLabel = "PEOPLE",
      defaultValue = "5000",
      description = "How many people come beside you, up to 200000 (default: ${DEFAULT-VALUE}).")
  private int people;

  @Option(
      names = "--sites",
      defaultValue = "" + SyntheticNation.DEFAULT_SITES,
      description = "How many sites the nation has (default: ${DEFAULT-VALUE}).")
  private int sites;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "The same seed makes the same nation and crowd (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = ".naru/demo",
      description = "Folder of the demo (default: ${DEFAULT-VALUE}).")
  private Path data = Path.of(".naru/demo");

  private final AtomicReference<@Nullable Crowd> crowd = new AtomicReference<>();

  @Override
  public Integer call() {
    if (openIn < 0 || openIn > 86_400) {
      throw new IllegalStateException("--open-in is 0 to 86400 seconds");
    }
    if (people < 0 || people > MOST_CROWD) {
      throw new IllegalStateException("--crowd is 0 to " + MOST_CROWD + " people");
    }
    Server.Listen address = listen.listen();
    Server.refuseIfTaken(address);
    ProviderFile providers = DemoProviders.FILE;
    providers.warnings().forEach(System.out::println);
    System.out.println("Starting PostgreSQL …");
    Store store = Store.emptied(data);
    Instant opens = prepared(store);
    Thread.ofPlatform().daemon().name("naru-demo").start(() -> entertain(address, opens));
    Server.run(
        store,
        data.resolve("secrets.json"),
        providers::make,
        BookingEngine.USUAL_WRITERS,
        address,
        () -> {
          Crowd running = crowd.get();
          if (running != null) {
            running.close();
          }
        });
    return 0;
  }

  private Instant prepared(Store store) {
    try {
      return prepare(store);
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /// @return when booking opens
  private Instant prepare(Store store) {
    System.out.printf("Inventing a nation with %,d sites …%n", sites);
    SiteStore siteStore = new SiteStore(store.database().dataSource());
    siteStore.save(new SyntheticNation(Regions.load()).generate(seed, sites));
    Campaigns campaigns = new Campaigns(store.database().dataSource(), InstantSource.system());
    try (ProgressBar bar = Progress.bar("Making slots")) {
      ApplyResult made =
          campaigns.apply(
              DemoCampaign.yaml(DemoCampaign.ID, openingAfter(openIn), ZONE, SUPPLY),
              (done, all) -> {
                bar.maxHint(all);
                bar.stepTo(done);
              });
      if (!(made instanceof ApplyResult.Created)) {
        throw new IllegalStateException("the demo's campaign was refused: " + made);
      }
    }
    // Set once more, now that the slots are there: how long they took depends on the machine.
    Instant opens = openingAfter(openIn);
    campaigns.apply(DemoCampaign.yaml(DemoCampaign.ID, opens, ZONE, SUPPLY));
    return opens;
  }

  private static Instant openingAfter(int seconds) {
    return Instant.ofEpochSecond(InstantSource.system().instant().getEpochSecond() + seconds);
  }

  private void entertain(Server.Listen address, Instant opens) {
    URI server = URI.create("http://" + address.host() + ":" + address.port());
    DemoScreen screen = new DemoScreen(server, opens, ZONE);
    if (!screen.waitUntilServed(() -> true)) {
      return;
    }
    screen.greet(people);
    if (people == 0) {
      return;
    }
    Crowd running =
        Crowd.start(
            CrowdPlan.of(server, DemoCampaign.ID, people)
                .withSeed(seed)
                .withHome(new CrowdPlan.Home(null, Homes.living()), 1));
    crowd.set(running);
    while (!running.done().isDone()) {
      CrowdProgress progress = running.progress();
      screen.show(progress, people);
      if (!DemoScreen.pause()) {
        return;
      }
    }
    screen.end(running.progress(), people);
  }
}
