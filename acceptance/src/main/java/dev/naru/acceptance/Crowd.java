package dev.naru.acceptance;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// Clients who never stop asking, spread over the nodes; each stays on theirs.
final class Crowd implements AutoCloseable {
  private static final int PEOPLE_PER_THREAD = 5;
  private static final Duration PAUSE = Duration.ofMillis(150);

  private final List<List<Client>> groups = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Set<UUID> acknowledged = ConcurrentHashMap.newKeySet();
  private final Tally tally = new Tally();

  /// Each step holds the one, a halt the other.
  private final ReadWriteLock gate = new ReentrantReadWriteLock(true);

  private volatile boolean ended;

  /// People who are admitted, but ask for nothing yet.
  Crowd(Installation installation, int people, long seed) {
    List<NaruProcess> nodes = installation.nodes();
    List<Client> group = new ArrayList<>();
    for (int i = 0; i < people; i++) {
      // A group, and its thread, stays on one node: sessions are one node's.
      NaruProcess node = nodes.get(i / PEOPLE_PER_THREAD % nodes.size());
      Citizen citizen = Citizen.anybody(node.uri(), Installation.CAMPAIGN).admitted();
      group.add(new Client(citizen, slots(citizen), new Random(seed + i), tally, acknowledged));
      if (group.size() == PEOPLE_PER_THREAD || i == people - 1) {
        groups.add(group);
        group = new ArrayList<>();
      }
    }
  }

  private List<String> slots = List.of();

  /// All want the same.
  private List<String> slots(Citizen citizen) {
    if (slots.isEmpty()) {
      slots = List.copyOf(citizen.freeSlots(40).subList(0, 40));
    }
    return slots;
  }

  void start() {
    for (List<Client> group : groups) {
      threads.add(Thread.ofVirtual().start(() -> run(group)));
    }
  }

  private void run(List<Client> group) {
    for (int i = 0; !ended; i = (i + 1) % group.size()) {
      boolean answered = step(group.get(i));
      if (!answered) {
        NaruProcess.pause(PAUSE);
      }
    }
  }

  private boolean step(Client client) {
    gate.readLock().lock();
    try {
      return client.step();
    } finally {
      gate.readLock().unlock();
    }
  }

  /// What is done while nobody asks for anything.
  interface Settlement {
    /// @param silent how many never got an answer
    List<String> faults(int silent) throws SQLException;
  }

  /// Lets nobody ask for new things, asks again what has no answer until it has one, does
  /// something, and lets them go on.
  List<String> halted(Duration limit, Settlement settlement) throws SQLException {
    gate.writeLock().lock();
    try {
      return settlement.faults(silent(limit));
    } finally {
      gate.writeLock().unlock();
    }
  }

  private int silent(Duration limit) {
    long since = System.nanoTime();
    List<Client> open = clients().stream().filter(client -> !client.isSettled()).toList();
    while (!open.isEmpty() && System.nanoTime() - since < limit.toNanos()) {
      open = open.stream().filter(client -> !client.step()).toList();
      if (!open.isEmpty()) {
        NaruProcess.pause(PAUSE);
      }
    }
    return open.size();
  }

  List<Client> clients() {
    return groups.stream().flatMap(List::stream).toList();
  }

  /// Every id that was ever acknowledged as booked.
  Set<UUID> acknowledged() {
    return acknowledged;
  }

  Tally tally() {
    return tally;
  }

  @Override
  public void close() {
    ended = true;
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw NaruProcess.interrupted(e);
      }
    }
  }
}
