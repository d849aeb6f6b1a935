package dev.naru.app.web;

import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// From where somebody asks.
final class ClientAddress {
  private ClientAddress() {}

  /// The number by which the address of a caller is counted.
  ///
  /// @param trusted proxies
  /// @return null when it is not counted
  static @Nullable Long key(HttpServerRequest request, Set<String> trusted) {
    List<String> forwarded = request.headers().getAll("X-Forwarded-For");
    return key(of(request.remoteAddress().hostAddress(), forwarded, trusted));
  }

  /// The address of the caller: the peer of the connection or, if that is a proxy we trust, the
  /// last one in X-Forwarded-For that is none. What stands before it anybody could have written.
  ///
  /// @param forwarded the header's lines; a proxy may add its own instead of going on in the
  ///   caller's
  static String of(String peer, List<String> forwarded, Set<String> trusted) {
    String address = peer;
    if (forwarded.isEmpty() || !trusted.contains(peer)) {
      return address;
    }
    String[] hops = String.join(",", forwarded).split(",", -1);
    for (int i = hops.length - 1; i >= 0 && trusted.contains(address); i--) {
      String hop = hops[i].strip();
      if (!isLiteral(hop)) {
        return address;
      }
      address = hop;
    }
    return address;
  }

  /// The number by which an address is counted: a whole /64 of IPv6 is one household.
  ///
  /// @return null for this machine itself, which is not counted: behind it are a proxy that is not
  ///   trusted to name others, or a rehearsal
  static @Nullable Long key(String address) {
    InetAddress parsed = InetAddress.ofLiteral(address);
    return parsed.isLoopbackAddress() ? null : key(parsed.getAddress());
  }

  private static long key(byte[] bytes) {
    return bytes.length == Integer.BYTES
        ? ByteBuffer.wrap(bytes).getInt()
        : ByteBuffer.wrap(bytes).getLong();
  }

  /// No name is ever looked up.
  private static boolean isLiteral(String hop) {
    try {
      return InetAddress.ofLiteral(hop) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
