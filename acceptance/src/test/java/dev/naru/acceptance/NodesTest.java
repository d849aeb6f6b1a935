package dev.naru.acceptance;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.naru.database.Database;
import dev.naru.database.LocalPostgres;
import dev.naru.database.valkey.TestValkey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever starts a node that would remember sessions elsewhere, or know people by other keys, is
/// refused, so that nobody is ever in on two devices at once, or two persons.
class NodesTest {
  @TempDir private Path folder;

  private static void isRefused(NaruProcess node, String why) {
    Program.Ended ended = node.serveInVain();
    assertThat(ended.status()).as("%s", ended).isEqualTo(1);
    assertThat(ended.err()).contains(why).contains("same --valkey").doesNotContain("\tat ");
  }

  @Test
  void nodesStartBesideEachOtherOnlyIfTheyShareTheirSessions() {
    try (Installation naru = Installation.ofNodes(folder, 1);
        TestValkey valkey = TestValkey.start();
        TestValkey another = TestValkey.start()) {
      NaruProcess alone = naru.nodes().getFirst();
      NaruProcess sharing = naru.another("sharing", "--valkey", valkey.url());
      Citizen citizen = Citizen.anybody(alone.uri(), Installation.CAMPAIGN);
      citizen.verify().must(200);
      isRefused(naru.another("second"), "another node runs on this database");
      isRefused(sharing, "a node without --valkey runs on this database");
      citizen.me().must(200);

      // What was killed is in nobody's way, and an installation may change its mind.
      alone.kill9();
      alone.serve();
      citizen.me().must(200);
      alone.stop();
      try (sharing) {
        sharing.serve();
        isRefused(alone, "another node runs on this database");
        isRefused(
            naru.another("astray", "--valkey", another.url()), "keep sessions in another Valkey");
        try (NaruProcess second = naru.another("together", "--valkey", valkey.url())) {
          second.serve();
          Citizen phone = Citizen.anybody(sharing.uri(), Installation.CAMPAIGN);
          phone.verify().must(200);
          phone.atNode(second.uri()).me().must(200);
        }
      }
    }
  }

  /// Everybody would be a stranger to it, and might book once more.
  @Test
  void nobodyStartsWithOtherKeysThanThoseByWhichPeopleAreKnown() throws IOException {
    try (Installation naru = Installation.ofNodes(folder, 1)) {
      NaruProcess node = naru.nodes().getFirst();
      node.stop();
      Path astray = Files.createDirectories(folder.resolve("keys astray"));
      NaruProcess stray =
          NaruProcess.node(
              Files.createDirectories(folder.resolve("stray")),
              astray,
              requireNonNull(naru.common()).external());
      refuses(stray, "There are no keys in");
      assertThat(astray).isDirectoryNotContaining("glob:**/secrets.json");

      JsonNode keys = Answer.JSON.readTree(node.data().resolve("secrets.json").toFile());
      ((ObjectNode) keys).put("persons", Base64.getEncoder().encodeToString(new byte[32]));
      Answer.JSON.writeValue(astray.resolve("secrets.json").toFile(), keys);
      refuses(stray, "are not those by which people in this database are known");

      node.serve();
    }
  }

  @Test
  void ofSeveralThatStartAtOnceOneMakesTheKeysForAll() throws Exception {
    Path server = folder.resolve("server");
    try (LocalPostgres postgres = LocalPostgres.open(server);
        Database database = postgres.database("naru");
        ExecutorService atOnce = Executors.newFixedThreadPool(4)) {
      NaruProcess node =
          NaruProcess.node(folder, folder.resolve("keys"), Installation.external(server, database));
      node.importNation(20); // Else the schemas make them wait for each other.
      List<Future<Program.Ended>> all =
          atOnce.invokeAll(Collections.nCopies(4, () -> node.onData("keys", "drop")));
      for (Future<Program.Ended> one : all) {
        assertThat(one.get().err()).isEmpty();
      }
    }
  }

  private static void refuses(NaruProcess stray, String why) {
    assertThat(stray.serveInVain().err()).contains(why).contains("--data").doesNotContain("\tat ");
    assertThatThrownBy(() -> stray.onData("keys", "drop")).hasMessageContaining(why);
  }
}
