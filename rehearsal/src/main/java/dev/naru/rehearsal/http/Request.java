package dev.naru.rehearsal.http;

import io.vertx.core.http.HttpMethod;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One HTTP request to the server.
///
/// @param path with query, from the first slash
/// @param body sent as JSON; null for none
/// @param session sent as bearer; null for nobody
/// @param pass sent in `X-Naru-Pass`; null for none
/// @param device sent as the cookie by which a browser is known again; null for none
/// @param person whose connection and address it comes from; -1 for nobody's
public record Request(
    HttpMethod method,
    String path,
    @Nullable Map<String, String> body,
    @Nullable String session,
    @Nullable String pass,
    @Nullable UUID device,
    int person) {

  private static final int NOBODY = -1;

  /// A request by nobody in particular.
  public static Request of(HttpMethod method, String path) {
    return new Request(method, path, null, null, null, null, NOBODY);
  }

  /// A GET by nobody in particular.
  public static Request get(String path) {
    return of(HttpMethod.GET, path);
  }

  /// A POST by nobody in particular.
  public static Request post(String path) {
    return of(HttpMethod.POST, path);
  }

  /// A PUT by nobody in particular.
  public static Request put(String path) {
    return of(HttpMethod.PUT, path);
  }

  /// A DELETE by nobody in particular.
  public static Request delete(String path) {
    return of(HttpMethod.DELETE, path);
  }

  /// The same with a body.
  public Request saying(Map<String, String> json) {
    return new Request(method, path, json, session, pass, device, person);
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
}
