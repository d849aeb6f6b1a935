package dev.naru.app.command;

import dev.naru.app.Store;
import dev.naru.identity.person.People;
import java.time.InstantSource;
import javax.sql.DataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// The keys of an installation.
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Rotates the keys that sign papers and seal personal data.")
final class KeysCommand {
  private final InstantSource clock = InstantSource.system();

  @Command(
      name = "rotate",
      mixinStandardHelpOptions = true,
      description = {
        "Adds new keys and uses them from now on.",
        "A running Naru takes them within two seconds. Papers of the old key stay valid, data that"
            + " it sealed stays readable and is sealed anew in the background. The key by which"
            + " persons are recognised never changes."
      })
  int rotate(@Mixin StoreOptions options) {
    options.keys().rotate(clock.instant());
    System.out.println("rotated; back up " + options.secrets() + " now");
    return 0;
  }

  @Command(
      name = "drop",
      mixinStandardHelpOptions = true,
      description = {
        "Drops the keys that are no longer used.",
        "Refused while people may carry papers of them (a day), or data is sealed with them."
      })
  int drop(@Mixin StoreOptions options) {
    try (Store store = options.open(false)) {
      DataSource database = store.database().dataSource();
      long left = new People(database, options.keys().sealer(database)).sealedByOldKeys();
      if (left > 0) {
        System.err.printf(
            "refused, nothing was dropped: the data of %,d people is still sealed with an old key;"
                + " a running Naru seals it anew, within an hour at most%n",
            left);
        return 1;
      }
      options.keys().dropOldKeys(clock.instant());
      System.out.println("dropped; back up " + options.secrets() + " now");
      return 0;
    }
  }
}
