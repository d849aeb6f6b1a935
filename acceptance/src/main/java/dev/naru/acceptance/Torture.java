package dev.naru.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;

/// Strikes an installation under load again and again, and after each strike settles accounts.
final class Torture implements AutoCloseable {
  private static final Duration HEAL_LIMIT = Duration.ofSeconds(90);
  private static final Duration SETTLE_LIMIT = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(50);

  private final Installation installation;
  private final Crowd crowd;
  private final List<Probe> probes = new ArrayList<>();
  private final Random random;
  private final Duration freeze;

  /// Somebody on a node whose booking is asked again and again: it is answered when the node books.
  private record Probe(Citizen citizen, UUID id, String slot) {
    boolean answers() {
      try {
        return citizen.book(id, slot).status() == 200;
      } catch (UncheckedIOException e) {
        return false;
      }
    }
  }

  /// One strike.
  ///
  /// @param outageMillis from the strike until every node books again
  /// @param threads most threads of the programs meanwhile, and how many there were before
  /// @param faults what is wrong; empty is right
  record Round(
      Fault fault,
      long outageMillis,
      Tally.Heard heard,
      int threadsBefore,
      int threads,
      List<String> faults) {}

  /// @param people who ask all the time
  Torture(Installation installation, int people, long seed, Duration freeze) {
    this.installation = installation;
    this.random = new Random(seed);
    this.freeze = freeze;
    this.crowd = new Crowd(installation, people, seed);
    for (NaruProcess node : installation.nodes()) {
      Citizen citizen = Citizen.anybody(node.uri(), Installation.CAMPAIGN).admitted();
      List<String> slots = citizen.freeSlots(60);
      Probe probe = new Probe(citizen, UUID.randomUUID(), slots.getLast());
      citizen.book(probe.id(), probe.slot()).must(201);
      probes.add(probe);
    }
    crowd.start();
  }

  Crowd crowd() {
    return crowd;
  }

  /// Strikes in random order until the time is over, each possible fault at least once if there is
  /// time.
  List<Round> run(List<Fault> faults, Duration time, Consumer<Round> heard)
      throws IOException, InterruptedException, SQLException {
    long end = System.nanoTime() + time.toNanos();
    List<Round> rounds = new ArrayList<>();
    for (int i = 0; System.nanoTime() < end; i++) {
      Fault fault = i < faults.size() ? faults.get(i) : faults.get(random.nextInt(faults.size()));
      Round round = strike(fault);
      rounds.add(round);
      heard.accept(round);
    }
    return rounds;
  }

  /// One strike and its reckoning.
  Round strike(Fault fault) throws IOException, InterruptedException, SQLException {
    int before = installation.threads();
    Thread.sleep(500 + random.nextInt(1_500));
    List<String> faults = new ArrayList<>();
    long since = System.nanoTime();
    int[] most = {before};
    Thread watch = Thread.ofVirtual().start(() -> watchThreads(most));
    fault.strike(installation, random, freeze);
    if (!awaitHealed()) {
      faults.add("it did not heal within " + HEAL_LIMIT.toSeconds() + " s");
    }
    long outage = (System.nanoTime() - since) / 1_000_000;
    watch.interrupt();
    watch.join();
    faults.addAll(settle());
    Tally.Heard heard = crowd.tally().take();
    faults.addAll(heard.faults());
    return new Round(fault, outage, heard, before, most[0], faults);
  }

  private void watchThreads(int[] most) {
    try {
      while (true) {
        most[0] = Math.max(most[0], installation.threads());
        Thread.sleep(LOOK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean awaitHealed() throws InterruptedException {
    long since = System.nanoTime();
    while (!probes.stream().allMatch(Probe::answers)) {
      if (System.nanoTime() - since > HEAL_LIMIT.toNanos()) {
        return false;
      }
      Thread.sleep(LOOK);
    }
    return true;
  }

  /// What clients were told against the database, once every unknown outcome is resolved.
  List<String> settle() throws SQLException {
    List<UUID> others = probes.stream().map(Probe::id).toList();
    return crowd.halted(
        SETTLE_LIMIT,
        silent -> {
          List<String> faults = new ArrayList<>(reckoned(others));
          if (silent > 0) {
            faults.add(silent + " never got an answer");
          }
          return faults;
        });
  }

  /// A strike may end the database once more after everybody was answered again.
  private List<String> reckoned(Collection<UUID> others) throws SQLException {
    long since = System.nanoTime();
    while (true) {
      try {
        return Reckoning.faults(installation, crowd, others);
      } catch (SQLException e) {
        if (System.nanoTime() - since > HEAL_LIMIT.toNanos()) {
          throw e;
        }
        NaruProcess.pause(LOOK);
      }
    }
  }

  @Override
  public void close() {
    crowd.close();
  }
}
