package dev.naru.acceptance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;

/// What the server answered.
record Answer(int status, HttpHeaders headers, String text) {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final String TYPE = "urn:naru:";

  static Answer of(HttpResponse<String> response) {
    return new Answer(response.statusCode(), response.headers(), response.body());
  }

  JsonNode body() {
    try {
      return text.isEmpty() ? MissingNode.getInstance() : JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  /// The refusal's name; empty when it is none.
  String code() {
    String type = body().path("type").asText();
    return type.startsWith(TYPE) ? type.substring(TYPE.length()) : "";
  }

  String text(String field) {
    return body().path(field).asText();
  }

  /// Fails unless this is the status.
  Answer must(int expected) {
    if (status != expected) {
      throw new AssertionError("expected " + expected + ", was " + status + ": " + text);
    }
    return this;
  }

  /// Fails unless this is a refusal of the name, with a sentence for people.
  Answer refusedAs(int expected, String name) {
    must(expected);
    if (!code().equals(name) || text("title").isBlank() || text("detail").length() <= 10) {
      throw new AssertionError("expected the refusal " + name + " in words, was " + text);
    }
    return this;
  }

  /// Status and name of the refusal, to count by.
  String label() {
    return code().isEmpty() ? String.valueOf(status) : status + " " + code();
  }
}
