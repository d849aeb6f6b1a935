package dev.naru.identity.provider;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the page has to do next in a check that was begun.
///
/// @param next how it goes on
/// @param url where to send the browser; null unless it is a redirect
/// @param fields what to ask the person for; empty unless it is a form
public record Start(Next next, @Nullable URI url, List<String> fields) {
  /// How a check goes on.
  public enum Next {
    /// The browser visits the provider and comes back.
    REDIRECT("redirect"),
    /// The person confirms on the phone; the page asks now and then.
    POLL("poll"),
    /// The person fills in a form of ours.
    FORM("form");

    private final String code;

    Next(String code) {
      this.code = code;
    }

    /// The stable name that programs read.
    public String code() {
      return code;
    }
  }

  public Start {
    fields = List.copyOf(fields);
  }

  /// A form of ours.
  public static Start form(List<String> fields) {
    return new Start(Next.FORM, null, fields);
  }
}
