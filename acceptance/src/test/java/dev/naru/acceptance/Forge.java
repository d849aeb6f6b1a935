package dev.naru.acceptance;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.naru.common.paper.Paper;
import dev.naru.common.paper.PaperCheck;
import dev.naru.common.paper.PaperKeys;
import dev.naru.common.paper.PaperKind;
import dev.naru.common.paper.Papers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// Makes papers that the server did not issue.
final class Forge {
  private static final int NUMBER_OFFSET = 6;
  private static final int SIGNATURE = 32;

  private final int keyId;
  private final byte[] secret;

  private Forge(int keyId, byte[] secret) {
    this.keyId = keyId;
    this.secret = secret;
  }

  /// Reads the server's own key: the newest, for the keys may have been rotated.
  static Forge of(NaruProcess naru) {
    try {
      JsonNode keys = Answer.JSON.readTree(Files.readString(naru.data().resolve("secrets.json")));
      int current = keys.at("/papers/current").asInt();
      return new Forge(current, requireNonNull(keys.at("/papers/keys/" + current).binaryValue()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A paper with the server's signature that ended a minute ago: what an old one would be.
  String expired(PaperKind kind, String token) {
    Papers papers = papers(keyId, secret);
    return papers.issue(ending(read(papers, kind, token), Instant.now().minusSeconds(60)));
  }

  /// Whatever somebody without the key could make of a token.
  List<String> attempts(PaperKind kind, String token) {
    Papers papers = papers(keyId, secret);
    Paper paper = read(papers, kind, token);
    byte[] bytes = Base64.getUrlDecoder().decode(token);
    byte[] foreign = new byte[SIGNATURE];
    Arrays.fill(foreign, (byte) 7);
    List<String> attempts = new ArrayList<>();
    for (int i = 0; i < bytes.length; i++) {
      byte[] changed = bytes.clone();
      changed[i] ^= 1;
      attempts.add(text(changed));
    }
    byte[] number = bytes.clone();
    Arrays.fill(number, NUMBER_OFFSET, NUMBER_OFFSET + 7, (byte) 0);
    number[NUMBER_OFFSET + 7] = 1;
    number[bytes.length - 1] ^= 1;
    attempts.add(text(number));
    attempts.add(papers(keyId, foreign).issue(paper));
    attempts.add(papers(keyId + 1, foreign).issue(paper));
    attempts.add(papers(keyId + 1, secret).issue(paper));
    attempts.add(text(Arrays.copyOf(bytes, bytes.length - SIGNATURE)));
    attempts.add(text(Arrays.copyOf(Arrays.copyOf(bytes, bytes.length - SIGNATURE), bytes.length)));
    attempts.add(token.substring(0, token.length() - 1));
    attempts.add(token.substring(0, token.length() / 2));
    attempts.add(token + "A");
    attempts.add(token + "=");
    attempts.add(token + "==");
    attempts.add(token + token);
    attempts.add(token.replace('-', '+').replace('_', '/') + "/");
    attempts.add("eyJhbGciOiJub25lIn0." + token + ".");
    attempts.add("A".repeat(token.length()));
    attempts.add("null");
    return attempts;
  }

  private static Papers papers(int keyId, byte[] secret) {
    return new Papers(new PaperKeys(Map.of(keyId, secret), keyId), InstantSource.system());
  }

  private static Paper read(Papers papers, PaperKind kind, String token) {
    if (papers.verify(kind, token) instanceof PaperCheck.Valid(Paper paper)) {
      return paper;
    }
    throw new IllegalStateException("not a valid paper: the control of every forgery fails");
  }

  private static Paper ending(Paper paper, Instant end) {
    return new Paper(
        paper.kind(),
        paper.campaign(),
        paper.person(),
        paper.session(),
        paper.cohort(),
        paper.number(),
        paper.line(),
        Instant.ofEpochSecond(end.getEpochSecond()));
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
