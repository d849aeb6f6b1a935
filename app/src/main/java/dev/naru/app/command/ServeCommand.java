package dev.naru.app.command;

import dev.naru.app.Server;
import dev.naru.app.Store;
import dev.naru.app.provider.ProviderFile;
import dev.naru.booking.appointment.BookingEngine;
import dev.naru.identity.provider.remote.Remote;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Runs all stations.
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = {
      "Runs all stations in one process until Ctrl-C.",
      "Apply a campaign with `naru campaign apply` and import sites with `naru import sites`,"
          + " before or while it runs."
    })
final class ServeCommand implements Callable<Integer> {
  @Mixin private final StoreOptions store = new StoreOptions();
  @Mixin private final ListenOptions listen = new ListenOptions();

  @Option(
      names = "--providers",
      paramLabel = "PATH",
      description =
          "YAML page with identity providers, or a folder of such pages (docs/identity.md). Without"
              + " it nobody can verify who they are.")
  private @Nullable Path providers;

  @Option(
      names = "--public-url",
      paramLabel = "URL",
      description =
          "Where browsers find Naru, such as https://booking.example. Providers that have a page of"
              + " their own send people back to it.")
  private @Nullable URI publicUrl;

  @Option(
      names = "--writers",
      paramLabel = "N",
      defaultValue = "" + BookingEngine.USUAL_WRITERS,
      description = {
        "Threads that write bookings, 1 to "
            + BookingEngine.MOST_WRITERS
            + " (default: ${DEFAULT-VALUE}).",
        "Those of all nodes together: as many as the database has processors."
      })
  private int writers;

  @Override
  public Integer call() {
    if (writers < 1 || writers > BookingEngine.MOST_WRITERS) {
      throw new IllegalStateException("--writers is 1 to " + BookingEngine.MOST_WRITERS);
    }
    Server.Listen address = listen.listen();
    Server.refuseIfTaken(address);
    Path file = providers;
    ProviderFile configured =
        file == null ? ProviderFile.NONE : ProviderFile.read(file, publicUrl());
    configured.warnings().forEach(System.err::println);
    Store opened = store.open(true);
    Server.run(opened, store.secrets(), configured::make, writers, address, () -> {});
    return 0;
  }

  private @Nullable URI publicUrl() {
    URI url = publicUrl;
    if (url == null) {
      return null;
    }
    if (!Remote.isSafe(url) || !url.getPath().replace("/", "").isEmpty()) {
      throw new IllegalStateException(
          "--public-url is an https address without a path (http only for localhost), not " + url);
    }
    return url;
  }
}
