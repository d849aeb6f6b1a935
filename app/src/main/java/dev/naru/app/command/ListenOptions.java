package dev.naru.app.command;

import dev.naru.app.Server;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where a server listens.
final class ListenOptions {
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

  Server.Listen listen() {
    Integer management = managementPort;
    return new Server.Listen(host, port, management == null ? port + 1000 : management);
  }
}
