package dev.naru.rehearsal.http;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One HTTP request to the server.
///
/// @param path with query, from the first slash
/// @param body JSON; null for none
/// @param session sent as bearer; null for nobody
/// @param pass sent in `X-Naru-Pass`; null for none
/// @param device sent as the cookie by which a browser is known again; null for none
/// @param person whose connection and address it comes from; -1 for nobody's
public record Request(
    Method method,
    String path,
    @Nullable String body,
    @Nullable String session,
    @Nullable String pass,
    @Nullable UUID device,
    int person) {

  static final int NOBODY = -1;

  /// What is asked for.
  public enum Method {
    GET,
    POST,
    PUT,
    DELETE
  }

  private static Request of(Method method, String path) {
    return new Request(method, path, null, null, null, null, NOBODY);
  }

  /// A GET by nobody in particular.
  public static Request get(String path) {
    return of(Method.GET, path);
  }

  /// A POST by nobody in particular.
  public static Request post(String path) {
    return of(Method.POST, path);
  }

  /// A PUT by nobody in particular.
  public static Request put(String path) {
    return of(Method.PUT, path);
  }

  /// A DELETE by nobody in particular.
  public static Request delete(String path) {
    return of(Method.DELETE, path);
  }

  /// The same with a body.
  ///
  /// @param namesAndValues of a JSON object of texts, by turns
  public Request saying(String... namesAndValues) {
    return new Request(method, path, json(namesAndValues), session, pass, device, person);
  }

  /// The same in somebody's name.
  public Request by(@Nullable String bearer) {
    return new Request(method, path, body, bearer, pass, device, person);
  }

  /// The same with a pass.
  public Request with(@Nullable String newPass) {
    return new Request(method, path, body, session, newPass, device, person);
  }

  /// The same from a device.
  public Request from(UUID browser) {
    return new Request(method, path, body, session, pass, browser, person);
  }

  /// The same over somebody's connection.
  public Request over(int index) {
    return new Request(method, path, body, session, pass, device, index);
  }

  private static String json(String... namesAndValues) {
    StringBuilder json = new StringBuilder(256).append('{');
    for (int i = 0; i < namesAndValues.length; i += 2) {
      json.append(i == 0 ? "\"" : ",\"").append(namesAndValues[i]).append("\":\"");
      escape(namesAndValues[i + 1], json);
      json.append('"');
    }
    return json.append('}').toString();
  }

  private static void escape(String value, StringBuilder json) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ') {
        json.append("\\u00").append(Character.forDigit(c >> 4, 16));
        json.append(Character.forDigit(c & 0xF, 16));
      } else {
        if (c == '"' || c == '\\') {
          json.append('\\');
        }
        json.append(c);
      }
    }
  }
}
