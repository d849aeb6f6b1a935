package dev.naru.app.command;

import dev.naru.app.LineDesk;
import dev.naru.app.Store;
import dev.naru.waitingroom.draw.DrawVerify;
import dev.naru.waitingroom.draw.DrawVerify.Placed;
import dev.naru.waitingroom.draw.Seed;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The draw, checked by anybody.
@Command(
    name = "draw",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "The draw: published, mixed with a beacon, checked by anybody (docs/draw.md).")
final class DrawCommand {
  private static final String HEADING = "line,number,place";

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = {
        "Computes a whole draw again and compares it with a dump of tickets.",
        "Exit status 0: everything is as published; 1: it is not, and what."
      })
  int verify(
      @Option(
              names = "--commitment",
              required = true,
              paramLabel = "HEX",
              description = "SHA-256 of the seed, as published with the campaign.")
          String commitment,
      @Option(
              names = "--seed",
              required = true,
              paramLabel = "HEX",
              description = "The seed revealed at the opening.")
          String seed,
      @Option(
              names = "--size",
              required = true,
              paramLabel = "N",
              description = "How many were in the lobby at the opening.")
          long size,
      @Option(
              names = "--beacon",
              paramLabel = "TEXT",
              description = "The public value that was mixed in, if any.")
          @Nullable String beacon,
      @Option(
              names = "--tickets",
              required = true,
              paramLabel = "CSV",
              description = "Dump of tickets: line,number,place.")
          Path tickets)
      throws IOException {
    if (!seed.matches("[0-9a-fA-F]{64}")) {
      throw new IllegalStateException("the seed has 64 hexadecimal digits");
    }
    if (size < 0 || size >= Integer.MAX_VALUE) {
      throw new IllegalStateException("the size of the lobby is 0 to 2147483646");
    }
    try (BufferedReader lines = Files.newBufferedReader(tickets)) {
      if (!HEADING.equals(lines.readLine())) {
        throw new IllegalStateException(tickets + " does not begin with " + HEADING);
      }
      Iterator<Placed> dump = lines.lines().map(DrawCommand::placed).iterator();
      return switch (DrawVerify.verify(commitment, Seed.ofHex(seed), size, beacon, dump)) {
        case DrawVerify.Verdict.Right(long count) -> {
          System.out.printf("right: %,d tickets are where the published draw puts them%n", count);
          yield 0;
        }
        case DrawVerify.Verdict.Wrong(List<String> faults) -> {
          faults.forEach(fault -> System.err.println("wrong: " + fault));
          yield 1;
        }
      };
    }
  }

  @Command(
      name = "export",
      mixinStandardHelpOptions = true,
      description = {
        "Writes all tickets of a drawn line as CSV, without persons: what `draw verify` checks.",
        "Works beside a running Naru."
      })
  int export(
      @Mixin StoreOptions options,
      @Parameters(paramLabel = "CAMPAIGN", description = "Id of the campaign.") String campaign,
      @Option(
              names = "--line",
              defaultValue = "0",
              description = "Number of the booking window, from 0 (default: ${DEFAULT-VALUE}).")
          int line,
      @Option(names = "--out", required = true, paramLabel = "CSV", description = "File to write.")
          Path out)
      throws IOException {
    try (Store store = options.open(false);
        LineDesk desk = LineDesk.open(store, options.keys());
        BufferedWriter file = Files.newBufferedWriter(out)) {
      long count = desk.export(campaign, line, file);
      if (count == 0) {
        System.err.printf("line %d of %s does not exist or is not drawn yet%n", line, campaign);
        return 1;
      }
      System.out.printf("%,d tickets written to %s%n", count, out);
      return 0;
    }
  }

  @Command(
      name = "beacon",
      mixinStandardHelpOptions = true,
      description = {
        "Names the public value that will be mixed into a draw, such as a lottery's result that"
            + " nobody can know beforehand. Possible until the opening; when a source was announced,"
            + " until the draw, which waits for it."
      })
  int beacon(
      @Mixin StoreOptions options,
      @Parameters(paramLabel = "CAMPAIGN", description = "Id of the campaign.") String campaign,
      @Parameters(paramLabel = "TEXT", description = "The value, as it will be published.")
          String beacon,
      @Option(
              names = "--line",
              defaultValue = "0",
              description = "Number of the booking window, from 0 (default: ${DEFAULT-VALUE}).")
          int line) {
    try (Store store = options.open(false);
        LineDesk desk = LineDesk.open(store, options.keys())) {
      if (!desk.setBeacon(campaign, line, beacon)) {
        System.err.printf("line %d of %s does not exist or is drawn already%n", line, campaign);
        return 1;
      }
      System.out.println("the beacon will be mixed into the draw, and published with it");
      return 0;
    }
  }

  @Command(
      name = "announce",
      mixinStandardHelpOptions = true,
      description = {
        "Announces, before the opening, where the beacon will come from: something whose value"
            + " nobody can know at the opening, such as a later round of a public randomness"
            + " service.",
        "The lobby is frozen at the opening, and the draw waits until `naru draw beacon` gives the"
            + " value. Cannot be taken back."
      })
  int announce(
      @Mixin StoreOptions options,
      @Parameters(paramLabel = "CAMPAIGN", description = "Id of the campaign.") String campaign,
      @Parameters(paramLabel = "TEXT", description = "The source, as it will be published.")
          String source,
      @Option(
              names = "--line",
              defaultValue = "0",
              description = "Number of the booking window, from 0 (default: ${DEFAULT-VALUE}).")
          int line) {
    try (Store store = options.open(false);
        LineDesk desk = LineDesk.open(store, options.keys())) {
      if (!desk.announceBeacon(campaign, line, source)) {
        System.err.printf(
            "line %d of %s does not exist, has a beacon already, or has opened%n", line, campaign);
        return 1;
      }
      System.out.println("announced; the draw will wait for `naru draw beacon`");
      return 0;
    }
  }

  private static Placed placed(String line) {
    if (!line.matches("[0-9]{1,5},[0-9]{1,10},[0-9]{1,10}")) {
      throw new IllegalStateException(
          "not a ticket: " + line.substring(0, Math.min(60, line.length())));
    }
    String[] fields = line.split(",", -1);
    return new Placed(Long.parseLong(fields[1]), Long.parseLong(fields[2]));
  }
}
