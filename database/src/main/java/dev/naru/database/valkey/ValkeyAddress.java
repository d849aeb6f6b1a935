package dev.naru.database.valkey;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/// Where a Valkey or Redis server is.
///
/// @param url `redis://[user@]host[:port][/number]`; `rediss` for TLS
/// @param password empty when the server asks for none
public record ValkeyAddress(URI url, String password) {
  private static final int USUAL_PORT = 6379;

  /// @param url as an operator wrote it
  /// @throws IllegalStateException when it is not such an address; the message says why
  public static ValkeyAddress of(String url, @Nullable String password) {
    URI uri = parse(url);
    if (uri.getUserInfo() != null && uri.getUserInfo().contains(":")) {
      // Not repeated: it would end up in a log.
      throw new IllegalStateException(
          "the address of the Valkey holds a password, which everybody on this machine could read;"
              + " leave it out and put it into the environment variable NARU_VALKEY_PASSWORD");
    }
    String path = uri.getPath() == null ? "" : uri.getPath();
    boolean isKnown = "redis".equals(uri.getScheme()) || "rediss".equals(uri.getScheme());
    if (!isKnown || uri.getHost() == null || !path.matches("(/[0-9]{0,4})?")) {
      throw wrong(url);
    }
    return new ValkeyAddress(uri, password == null ? "" : password);
  }

  private static URI parse(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      throw wrong(url);
    }
  }

  private static IllegalStateException wrong(String url) {
    return new IllegalStateException(
        "'" + url + "' is not the address of a Valkey or Redis (redis://host:6379)");
  }

  /// Host and port.
  public String where() {
    return url.getHost() + ":" + (url.getPort() < 0 ? USUAL_PORT : url.getPort());
  }

  /// Passwords are not for logs.
  @Override
  public String toString() {
    return where();
  }
}
