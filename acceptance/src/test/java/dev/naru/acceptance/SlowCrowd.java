package dev.naru.acceptance;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Many slow callers, who trickle every other second, and come again when they are sent away.
final class SlowCrowd implements Closeable {
  private final URI server;
  private final List<SlowCaller> callers = new ArrayList<>();
  private final AtomicInteger came = new AtomicInteger();
  private final Thread thread = new Thread(this::holdOn, "slow-crowd");

  private volatile boolean done;

  private SlowCrowd(URI server) {
    this.server = server;
  }

  static SlowCrowd of(URI server, int size) throws IOException {
    SlowCrowd crowd = new SlowCrowd(server);
    for (int i = 0; i < size; i++) {
      crowd.callers.add(crowd.come(i));
    }
    crowd.thread.start();
    return crowd;
  }

  private SlowCaller come(int i) throws IOException {
    came.incrementAndGet();
    return new SlowCaller(server, i % 2 == 0 ? SlowCaller.HEAD : SlowCaller.BODY);
  }

  private void holdOn() {
    while (!done) {
      for (int i = 0; i < callers.size(); i++) {
        try {
          if (!callers.get(i).trickles()) {
            callers.get(i).close();
            callers.set(i, come(i));
          }
        } catch (IOException e) {
          // The next round tries again.
        }
      }
      NaruProcess.pause(Duration.ofSeconds(2));
    }
  }

  /// How often one of them has come.
  int came() {
    return came.get();
  }

  @Override
  public void close() throws IOException {
    done = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw NaruProcess.interrupted(e);
    }
    for (SlowCaller caller : callers) {
      caller.close();
    }
  }
}
