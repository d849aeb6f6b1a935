package dev.naru.app;

import dev.naru.app.command.NaruCommand;
import io.quarkus.runtime.annotations.QuarkusMain;

/// `naru`: one command for everything.
@QuarkusMain
public final class Main {
  private Main() {}

  public static void main(String... args) {
    System.exit(NaruCommand.commandLine().execute(args));
  }
}
