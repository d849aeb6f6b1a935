package dev.naru.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.database.valkey.TestValkey;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever starts a second node that would remember sessions elsewhere is refused, so that nobody
/// is ever in on two devices at once.
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
}
