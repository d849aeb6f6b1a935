package dev.naru.app.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// Stands in the help; the launcher runs the tests itself, because they build the program anew.
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    description = {
      "Builds everything and runs all tests: formatting, static checks, unit, property, database,"
          + " acceptance and browser tests.",
      "Finds Chromium for the browser test, or installs it, and says what it does.",
      "Further arguments go to Maven, e.g. `naru test -pl booking -am`."
    })
final class TestCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    throw new IllegalStateException("run the tests with ./naru test in a checkout of the source");
  }
}
