package dev.naru.bench.search;

import dev.naru.bench.Load;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/// Asks over kept-alive connections, each with a thread that sends, waits and reads the clock. An
/// HTTP client with an event loop of its own measured a 99th percentile of 29 ms where it was 4.
final class Connections {
  private static final int COUNT = 32;
  private static final int MOST_BYTES = 1 << 20;

  private final InetSocketAddress server;
  private final String headers;

  /// @param headers of every request
  Connections(URI server, Map<String, String> headers) {
    this.server = new InetSocketAddress(server.getHost(), server.getPort());
    StringBuilder lines = new StringBuilder("Host: " + server.getAuthority() + "\r\n");
    headers.forEach((name, value) -> lines.append(name).append(": ").append(value).append("\r\n"));
    this.headers = lines.append("\r\n").toString();
  }

  /// @param rate requests a second, each counted from the moment at which it was due; 0: every
  ///   connection asks again as soon as it is answered
  /// @throws IOException when a connection fails or an answer is not 200
  Load.Outcome run(Supplier<String> paths, int rate, Duration time)
      throws IOException, InterruptedException {
    Histogram micros = new ConcurrentHistogram(TimeUnit.MINUTES.toMicros(5), 3);
    AtomicLong count = new AtomicLong();
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      sockets.add(new Socket(server.getAddress(), server.getPort()));
    }
    long start = System.nanoTime();
    try (ExecutorService threads = Executors.newFixedThreadPool(COUNT)) {
      List<Future<Object>> asking = new ArrayList<>();
      for (Socket socket : sockets) {
        asking.add(
            threads.submit(
                () -> {
                  ask(socket, paths, rate, count, start, time, micros);
                  return this;
                }));
      }
      for (Future<Object> connection : asking) {
        connection.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("a request failed", e.getCause());
    }
    return new Load.Outcome(micros.getTotalCount(), (System.nanoTime() - start) / 1e9, micros);
  }

  private void ask(
      Socket opened,
      Supplier<String> paths,
      int rate,
      AtomicLong count,
      long start,
      Duration time,
      Histogram micros)
      throws IOException {
    try (Socket socket = opened) {
      socket.setTcpNoDelay(true);
      byte[] answer = new byte[MOST_BYTES];
      while (true) {
        long due =
            rate == 0
                ? System.nanoTime()
                : start + count.getAndIncrement() * TimeUnit.SECONDS.toNanos(1) / rate;
        if (due - start >= time.toNanos()) {
          return;
        }
        byte[] request =
            "GET %s HTTP/1.1\r\n%s"
                .formatted(paths.get(), headers)
                .getBytes(StandardCharsets.US_ASCII);
        while (System.nanoTime() < due) {
          LockSupport.parkNanos(due - System.nanoTime());
        }
        socket.getOutputStream().write(request);
        read(socket.getInputStream(), answer);
        micros.recordValue((System.nanoTime() - due) / 1_000);
      }
    }
  }

  /// Reads one answer that says how long it is.
  private static void read(InputStream in, byte[] answer) throws IOException {
    int read = 0;
    int whole = MOST_BYTES;
    int end = -1;
    while (read < whole) {
      int more = in.read(answer, read, MOST_BYTES - read);
      if (more <= 0) {
        throw new IOException("the answer is not whole");
      }
      read += more;
      if (end < 0) {
        String head = new String(answer, 0, read, StandardCharsets.ISO_8859_1);
        end = head.indexOf("\r\n\r\n");
        if (end >= 0) {
          whole = end + 4 + length(head.substring(0, end + 2));
        }
      }
    }
  }

  private static int length(String head) throws IOException {
    String name = "\r\ncontent-length: ";
    int from = head.toLowerCase(Locale.ROOT).indexOf(name);
    if (!head.startsWith("HTTP/1.1 200 ") || from < 0) {
      throw new IOException(head);
    }
    from += name.length();
    return Integer.parseInt(head.substring(from, head.indexOf('\r', from)));
  }
}
