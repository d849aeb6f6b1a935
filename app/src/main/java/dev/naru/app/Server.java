package dev.naru.app;

import dev.naru.app.connection.ConnectionGate;
import dev.naru.app.connection.Connections;
import dev.naru.app.provider.ProviderTools;
import dev.naru.identity.provider.IdentityProvider;
import dev.naru.identity.provider.Later;
import dev.naru.identity.provider.remote.Remote;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;
import java.util.function.Function;

/// Runs a node behind a web server until the process is told to end.
@Singleton
public class Server {
  /// Ticks, timers and looks are short; two threads, so that one that waits delays no other.
  private static final int SCHEDULER_THREADS = 2;

  private static final AtomicReference<Runnable> STOP = new AtomicReference<>(() -> {});

  /// Where to listen.
  ///
  /// @param host an address of this machine
  /// @param port of the public API and the pages
  /// @param managementPort of health and metrics
  /// @param connections of the public port that are held at once
  /// @param limits how often people may ask
  public record Listen(
      String host, int port, int managementPort, int connections, RateLimits limits) {}

  /// Blocks until the process is told to end.
  ///
  /// @param secrets key file of the installation
  /// @param providers made with what they need
  /// @param writers of bookings, 1 to [BookingEngine#MOST_WRITERS]
  /// @param beforeStop what else to end, before the stations
  /// @throws IllegalStateException when it cannot start; the message says why
  public static void run(
      Store store,
      Path secrets,
      Function<ProviderTools, List<IdentityProvider>> providers,
      int writers,
      Listen listen,
      Runnable beforeStop) {
    Connections connections = ConnectionGate.watch(listen.port(), listen.connections());
    ScheduledExecutorService scheduler =
        Executors.newScheduledThreadPool(
            SCHEDULER_THREADS, Thread.ofPlatform().daemon().name("naru-timer-", 0).factory());
    Node node = start(store, secrets, providers, writers, connections::lagMillis, scheduler);
    STOP.set(
        () -> {
          beforeStop.run();
          scheduler.shutdownNow();
          node.close();
          store.close();
        });
    Beans.serve(node, listen.limits(), connections);
    System.setProperty("quarkus.http.host", listen.host());
    System.setProperty("quarkus.http.port", String.valueOf(listen.port()));
    System.setProperty("quarkus.management.host", listen.host());
    System.setProperty("quarkus.management.port", String.valueOf(listen.managementPort()));
    Quarkus.run();
  }

  /// Leaves no database server behind when a node cannot start.
  private static Node start(
      Store store,
      Path secrets,
      Function<ProviderTools, List<IdentityProvider>> providers,
      int writers,
      DoubleSupplier lagMillis,
      ScheduledExecutorService scheduler) {
    try {
      store.hold(() -> Quarkus.asyncExit(1));
      ProviderTools tools =
          new ProviderTools(
              InstantSource.system(),
              new SecureRandom(),
              Later.on(scheduler),
              new Remote(),
              Executors.newVirtualThreadPerTaskExecutor(),
              store.database().dataSource());
      return Node.start(
          store.database(),
          store.lines(),
          store.valkey(),
          new KeyFile(secrets),
          providers.apply(tools),
          writers,
          lagMillis,
          scheduler);
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /// Looks whether the ports are free, before anything is started: the framework would say so too,
  /// but late and in many lines.
  ///
  /// @throws IllegalStateException when one is not; the message names the option to change
  public static void refuseIfTaken(Listen listen) {
    refuseIfTaken(listen.host(), listen.port(), "--port");
    refuseIfTaken(listen.host(), listen.managementPort(), "--management-port");
  }

  private static void refuseIfTaken(String host, int port, String option) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(host, port));
    } catch (IOException e) {
      throw new IllegalStateException(
          "port %d on %s cannot be used (%s); choose another with %s"
              .formatted(port, host, e.getMessage(), option),
          e);
    }
  }

  void stop(@Observes ShutdownEvent event) {
    STOP.getAndSet(() -> {}).run();
  }
}
