package dev.naru.app;

import dev.naru.app.command.NaruCommand;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.logging.Level;
import java.util.logging.Logger;

/// `naru`: one command for everything.
@QuarkusMain
public final class Main {
  private Main() {}

  public static void main(String... args) {
    // Until the web server sets the log up, everything down to the finest is made and kept for it:
    // what the database driver says of each column of millions of rows.
    Logger.getLogger("").setLevel(Level.INFO);
    System.exit(NaruCommand.commandLine().execute(args));
  }
}
