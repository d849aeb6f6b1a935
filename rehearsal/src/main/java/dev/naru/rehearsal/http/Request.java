package dev.naru.rehearsal.http;

import io.vertx.core.http.HttpMethod;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One HTTP request to the server.
///
/// @param path with query, from the first slash
/// @param body sent as JSON; null for none
/// @param session sent as bearer; null for nobody
/// @param pass sent in `X-Naru-Pass`; null for none
public record Request(
    HttpMethod method,
    String path,
    @Nullable Map<String, String> body,
    @Nullable String session,
    @Nullable String pass) {

  /// A GET by nobody in particular.
  public static Request get(String path) {
    return new Request(HttpMethod.GET, path, null, null, null);
  }

  /// A POST by nobody in particular.
  public static Request post(String path, Map<String, String> body) {
    return new Request(HttpMethod.POST, path, body, null, null);
  }

  /// The same in somebody's name.
  public Request by(@Nullable String bearer) {
    return new Request(method, path, body, bearer, pass);
  }

  /// The same with a pass.
  public Request with(@Nullable String newPass) {
    return new Request(method, path, body, session, newPass);
  }
}
