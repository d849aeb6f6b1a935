package dev.naru.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.naru.common.paper.Paper;
import dev.naru.common.paper.PaperCheck;
import dev.naru.common.paper.PaperKeys;
import dev.naru.common.paper.PaperKind;
import dev.naru.common.paper.Papers;
import dev.naru.common.person.PersonKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/// Bypass B7: Project Wycheproof's vectors against the verifier of papers. It takes papers only, so
/// that the vectors come in as tokens, and their faults are carried over to genuine papers.
class WycheproofTest {
  private static final Instant NOW = Instant.parse("2021-08-09T11:00:00Z");
  private static final int SHORTEST_KEY = 32;
  private static final int TAG = 32;

  private static JsonNode groups(String file) throws IOException {
    return Answer.JSON
        .readTree(
            Files.readString(SharedFiles.path("conformance/wycheproof/testvectors_v1/" + file)))
        .path("testGroups");
  }

  private static Papers papers(byte[] key) {
    return new Papers(new PaperKeys(Map.of(1, key), 1), InstantSource.fixed(NOW));
  }

  private static String genuine(Papers papers) {
    return papers.issue(
        new Paper(
            PaperKind.PASS,
            "c",
            new PersonKeys(new byte[32]).of("x"),
            new UUID(1, 2),
            1,
            7,
            0,
            NOW.plusSeconds(60)));
  }

  private static String token(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] joined(byte[] message, byte[] tag) {
    byte[] all = Arrays.copyOf(message, message.length + tag.length);
    System.arraycopy(tag, 0, all, message.length, tag.length);
    return all;
  }

  private static void isForged(Papers papers, String token, String what) {
    for (PaperKind kind : PaperKind.values()) {
      assertThat(papers.verify(kind, token)).as(what).isEqualTo(new PaperCheck.Forged());
    }
  }

  @Test
  void noMacOfTheVectorsPassesForAPaper() throws IOException {
    int tried = 0;
    for (JsonNode group : groups("hmac_sha256_test.json")) {
      for (JsonNode vector : group.path("tests")) {
        HexFormat hex = HexFormat.of();
        byte[] key = hex.parseHex(vector.path("key").asText());
        byte[] tag = hex.parseHex(vector.path("tag").asText());
        if (key.length < SHORTEST_KEY) {
          assertThatThrownBy(() -> papers(key)).isInstanceOf(IllegalArgumentException.class);
          continue;
        }
        byte[] message = hex.parseHex(vector.path("msg").asText());
        isForged(papers(key), token(joined(message, tag)), vector.toString());
        tried++;
      }
    }
    assertThat(tried).isGreaterThan(150);
  }

  /// The faults of the wrong tags, carried over to the tag of a genuine paper: what differs between
  /// a wrong tag and the right one for its message is applied to it.
  @Test
  void theFaultsOfTheVectorsInAPaperAreFound() throws Exception {
    int found = 0;
    for (JsonNode group : groups("hmac_sha256_test.json")) {
      for (JsonNode vector : group.path("tests")) {
        byte[] key = HexFormat.of().parseHex(vector.path("key").asText());
        if (key.length < SHORTEST_KEY) {
          continue;
        }
        byte[] tag = HexFormat.of().parseHex(vector.path("tag").asText());
        byte[] right = mac(key, HexFormat.of().parseHex(vector.path("msg").asText()));
        Papers papers = papers(key);
        byte[] paper = Base64.getUrlDecoder().decode(genuine(papers));
        assertThat(papers.verify(PaperKind.PASS, token(paper)))
            .as("the control")
            .isInstanceOf(PaperCheck.Valid.class);
        int message = paper.length - TAG;
        byte[] faulty = Arrays.copyOf(paper, message + tag.length);
        for (int i = 0; i < tag.length; i++) {
          faulty[message + i] ^= (byte) (right[i] ^ tag[i]);
        }
        boolean isWhole = Arrays.equals(faulty, paper);
        assertThat(isWhole)
            .as(vector.toString())
            .isEqualTo(vector.path("result").asText().equals("valid") && tag.length == TAG);
        if (!isWhole) {
          isForged(papers, token(faulty), vector.toString());
          found++;
        }
      }
    }
    assertThat(found).isGreaterThan(100);
  }

  private static byte[] mac(byte[] key, byte[] message) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(message);
  }

  @Test
  void noWebSignaturePassesForAPaper() throws IOException {
    int tried = 0;
    for (JsonNode group : groups("json_web_signature_test.json")) {
      String secret = group.at("/private/k").asText();
      byte[] key =
          secret.isEmpty()
              ? new byte[SHORTEST_KEY]
              : Arrays.copyOf(Base64.getUrlDecoder().decode(secret), 64);
      Papers papers = papers(key);
      String genuine = genuine(papers);
      for (JsonNode vector : group.path("tests")) {
        String jws = vector.path("jws").asText();
        isForged(papers, jws, vector.toString());
        isForged(papers, jws.substring(jws.lastIndexOf('.') + 1), "only the signature");
        isForged(papers, jws.split("\\.", 2)[0] + "." + genuine, "a header before a paper");
        isForged(papers, token(jws.getBytes(UTF_8)), "wrapped");
        tried++;
      }
    }
    assertThat(tried).isEqualTo(401);
  }
}
