package dev.naru.identity.web;

import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The headers of a request.
final class StubHeaders implements HttpHeaders {
  private final Map<String, String> values = new HashMap<>();
  private final Map<String, Cookie> cookies = new HashMap<>();

  StubHeaders with(String name, String value) {
    values.put(name, value);
    return this;
  }

  StubHeaders cookie(String name, String value) {
    cookies.put(name, new Cookie.Builder(name).value(value).build());
    return this;
  }

  @Override
  public List<String> getRequestHeader(String name) {
    return values.containsKey(name) ? List.of(values.getOrDefault(name, "")) : List.of();
  }

  @Override
  public @Nullable String getHeaderString(String name) {
    return values.get(name);
  }

  @Override
  public MultivaluedMap<String, String> getRequestHeaders() {
    return new MultivaluedHashMap<>(values);
  }

  @Override
  public List<MediaType> getAcceptableMediaTypes() {
    return List.of(MediaType.WILDCARD_TYPE);
  }

  @Override
  public List<Locale> getAcceptableLanguages() {
    return List.of();
  }

  @Override
  public @Nullable MediaType getMediaType() {
    return null;
  }

  @Override
  public @Nullable Locale getLanguage() {
    return null;
  }

  @Override
  public Map<String, Cookie> getCookies() {
    return cookies;
  }

  @Override
  public @Nullable Date getDate() {
    return null;
  }

  @Override
  public int getLength() {
    return -1;
  }
}
