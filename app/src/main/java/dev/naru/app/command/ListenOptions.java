package dev.naru.app.command;

import dev.naru.app.RateLimits;
import dev.naru.app.Server;
import dev.naru.common.rate.Rate;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where a server listens.
final class ListenOptions {
  /// 9 KB each, half of it heap: 180 MB when all are taken.
  private static final int CONNECTIONS = 20_000;

  /// Jars, the database, the log, and connections from the kernel that are about to be closed.
  private static final int OTHER_FILES = 500;

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "Port of pages and API (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description =
          "Address to listen on (default: ${DEFAULT-VALUE}, this machine only; 0.0.0.0 for all).")
  private String host = "127.0.0.1";

  @Option(
      names = "--management-port",
      description = "Port of /q/health and /q/metrics (default: the port + 1000).")
  private @Nullable Integer managementPort;

  @Option(
      names = "--max-connections",
      paramLabel = "N",
      description = {
        "Connections held at once (default: 20000, or what the limit of open files leaves).",
        "One more closes the one that has not asked for longest."
      })
  private @Nullable Integer maxConnections;

  @Option(
      names = "--session-rate",
      paramLabel = "N",
      description = "Requests a second of one session, 0 for no limit (default: 5).")
  private @Nullable Double sessionRate;

  @Option(
      names = "--address-rate",
      paramLabel = "N",
      description = {
        "Requests a second from one internet address, 0 for no limit (default: 2000).",
        "Of people without a session a twentieth. This machine is not limited."
      })
  private @Nullable Double addressRate;

  @Option(
      names = "--trusted-proxy",
      paramLabel = "ADDRESS",
      split = ",",
      description =
          "Address of a proxy whose X-Forwarded-For is believed; others' is not. Needed behind a"
              + " proxy: else everybody seems to come from its address.")
  private Set<String> trustedProxies = Set.of();

  Server.Listen listen() {
    Integer management = managementPort;
    return new Server.Listen(
        host, port, management == null ? port + 1000 : management, connections(), limits());
  }

  /// @throws IllegalStateException when more are wanted than this process may open
  private int connections() {
    long possible = OpenFiles.limit() - OTHER_FILES;
    Integer wanted = maxConnections;
    if (wanted == null) {
      return Math.clamp(possible, 1, CONNECTIONS);
    }
    if (wanted < 1 || wanted > possible) {
      throw new IllegalStateException(
          "--max-connections is 1 to %d here: this process may open %d files (ulimit -n)"
              .formatted(possible, possible + OTHER_FILES));
    }
    return wanted;
  }

  private RateLimits limits() {
    return new RateLimits(
        scaled(RateLimits.SESSION, sessionRate),
        scaled(
            RateLimits.STRANGER,
            addressRate == null
                ? null
                : Double.valueOf(
                    addressRate
                        * RateLimits.STRANGER.perSecond()
                        / RateLimits.ADDRESS.perSecond())),
        scaled(RateLimits.ADDRESS, addressRate),
        trustedProxies);
  }

  /// The burst grows and shrinks with the rate.
  private static Rate scaled(Rate usual, @Nullable Double perSecond) {
    if (perSecond == null) {
      return usual;
    }
    return perSecond == 0
        ? Rate.UNLIMITED
        : new Rate(perSecond, Math.max(1, (int) (perSecond * usual.burst() / usual.perSecond())));
  }
}
