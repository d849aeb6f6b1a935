package dev.naru.rehearsal.http;

/// How a crowd reaches the server.
///
/// @param most requests under way at a moment, each on a connection of its own
/// @param perPerson everybody has a connection of their own, closed when it was idle for a while;
///   otherwise all share a few that stay open, as behind a CDN or proxy
/// @param forwarded each person has an address of their own, told in `X-Forwarded-For` as a proxy
///   would; a server believes it only from proxies that it was told to trust
public record Connections(int most, boolean perPerson, boolean forwarded) {
  /// Below the usual limit of open files.
  private static final int MOST_PER_PERSON = 15_000;

  public Connections {
    if (most < 1) {
      throw new IllegalArgumentException("a crowd has connections");
    }
  }

  /// A few connections for all.
  public static Connections shared(int most) {
    return new Connections(most, false, false);
  }

  /// One connection for each person.
  public static Connections each() {
    return new Connections(MOST_PER_PERSON, true, false);
  }

  /// The same with an address for each person.
  public Connections withForwarded(boolean now) {
    return new Connections(most, perPerson, now);
  }
}
