package dev.naru.identity.provider;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the page has to do next in a check that was begun.
///
/// @param next how it goes on
/// @param url where to send the browser; null unless it is a redirect
/// @param fields what to ask the person for; empty unless it is a form
/// @param given what else the page needs, by name: `step`, to be sent back untouched; `challenge`,
///   to be signed
public record Start(Next next, @Nullable URI url, List<String> fields, Map<String, String> given) {
  /// The note that the page sends back untouched.
  public static final String STEP = "step";

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
    given = Map.copyOf(given);
  }

  /// A form of ours.
  public static Start form(List<String> fields) {
    return new Start(Next.FORM, null, fields, Map.of());
  }

  /// A form of ours, with what else the page needs.
  public static Start form(List<String> fields, Map<String, String> given) {
    return new Start(Next.FORM, null, fields, given);
  }

  /// A visit at the provider.
  public static Start redirect(URI url, Map<String, String> given) {
    return new Start(Next.REDIRECT, url, List.of(), given);
  }

  /// Waiting for the person's phone.
  ///
  /// @param step to be sent back with each question
  public static Start poll(String step) {
    return new Start(Next.POLL, null, List.of(), Map.of(STEP, step));
  }
}
