package dev.naru.app.command;

import dev.naru.app.Server;
import dev.naru.app.Store;
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
      paramLabel = "FILE",
      description =
          "YAML file with the identity providers (examples/providers.yaml). Without it nobody can"
              + " verify who they are.")
  private @Nullable Path providers;

  @Override
  public Integer call() {
    Server.Listen address = listen.listen();
    Server.refuseIfTaken(address);
    Path file = providers;
    ProviderFile configured = file == null ? ProviderFile.NONE : ProviderFile.read(file);
    configured.warnings().forEach(System.err::println);
    Store opened = store.open(true);
    Server.run(opened, store.secrets(), configured::providers, address, () -> {});
    return 0;
  }
}
