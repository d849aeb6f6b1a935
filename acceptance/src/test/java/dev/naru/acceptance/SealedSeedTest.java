package dev.naru.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.naru.acceptance.Program.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What adr/0021 promises of the seed: nobody reads it before the opening, and it is there then,
/// whatever has happened to the program.
@ExtendWith(SharedNaru.class)
class SealedSeedTest {
  private static final String CAMPAIGN = "sealed";
  private static final String SEED =
      "SELECT encode(seed, 'hex') FROM waitingroom.line WHERE campaign = '" + CAMPAIGN + "'";

  @Test
  void aSeedStaysSealedUntilTheOpeningAndOutlivesAKillAndARotationOfTheKeys(NaruProcess naru)
      throws Exception {
    naru.apply(
        new CampaignYaml(CAMPAIGN, CampaignYaml.now().plusSeconds(20), 600_000, 1, 1, 1).text());
    String promised = await(naru, "/lobby/commitment").at("/lobby/commitment").asText();
    List<Citizen> people =
        Stream.generate(() -> Citizen.anybody(naru.uri(), CAMPAIGN)).limit(20).toList();
    people.forEach(citizen -> citizen.verify().must(200));
    List<String> numbers = numbers(people);
    JsonNode before = status(naru);
    assertThat(before.path("phase").asText()).isEqualTo("lobby");
    naru.kill9();
    String sealed = Books.of(naru).texts(SEED).getFirst();
    assertThat(sealed).as("nonce, seed and tag").hasSize(2 * (12 + 32 + 16));
    naru.onData("keys", "rotate");
    naru.serve();

    JsonNode after = await(naru, "/draw/seed");
    String seed = after.at("/draw/seed").asText();
    assertThat(before.toString() + sealed).doesNotContain(seed);
    assertThat(sha256(seed)).isEqualTo(promised).isEqualTo(after.at("/lobby/commitment").asText());
    assertThat(after.at("/draw/size").asInt()).isEqualTo(people.size());
    assertThat(numbers(people)).isEqualTo(numbers);
    theDrawIsAsPromised(naru, promised, after);
  }

  private static List<String> numbers(List<Citizen> people) {
    return people.stream().map(citizen -> citizen.join().must(200).text("number")).toList();
  }

  private static void theDrawIsAsPromised(NaruProcess naru, String promised, JsonNode status)
      throws Exception {
    Path tickets = naru.file("sealed.csv", "");
    naru.onData("draw", "export", CAMPAIGN, "--out", tickets.toString());
    assertThat(Files.readAllLines(tickets)).hasSize(1 + status.at("/draw/size").asInt());
    Ended verified =
        naru.command(
            "draw",
            "verify",
            "--commitment",
            promised,
            "--seed",
            status.at("/draw/seed").asText(),
            "--size",
            status.at("/draw/size").asText(),
            "--tickets",
            tickets.toString());
    assertThat(verified.status()).as(verified.toString()).isZero();
    assertThat(verified.out()).contains("right: ");
  }

  private static JsonNode await(NaruProcess naru, String field) {
    JsonNode status = status(naru);
    for (int tries = 0; !status.at(field).isTextual(); tries++) {
      assertThat(tries).as("%s in %s", field, status).isLessThan(300);
      NaruProcess.pause(Duration.ofMillis(100));
      status = status(naru);
    }
    return status;
  }

  private static JsonNode status(NaruProcess naru) {
    return new Http(naru.uri()).get("/api/v1/campaigns/" + CAMPAIGN + "/line").body();
  }

  private static String sha256(String hex) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(HexFormat.of().parseHex(hex)));
  }
}
