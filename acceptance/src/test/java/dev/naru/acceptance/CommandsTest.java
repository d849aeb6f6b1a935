package dev.naru.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.acceptance.Program.Ended;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Commands beside a running server.
@ExtendWith(SharedNaru.class)
class CommandsTest {
  private static final String INSTITUTIONS = "data/institutions/mohw_public_health_centres_";

  @Test
  void allMistakesOfACampaignFileAreToldAtOnce(NaruProcess naru) {
    String broken =
        new CampaignYaml("broken", CampaignYaml.now(), 600, 1, 1, 1)
            .text()
            .replace("doses: 1", "doses: many")
            .replace("admitPerMinute: 600", "admitPerMinute: 0")
            .replace("lobby:", "looby:")
            .replace("zone: Asia/Seoul", "zone: Asia/Soul");
    Path file = naru.file("broken.yaml", broken);
    Ended check = naru.command("campaign", "check", file.toString());
    assertThat(check.status()).isEqualTo(1);
    assertThat(check.err())
        .contains("line 3, column 7: zone")
        .contains("products[0].doses")
        .contains("line.admitPerMinute")
        .contains("looby")
        .doesNotContain("\tat ");
  }

  @Test
  void aNodeWithoutWritersIsRefused(NaruProcess naru) {
    for (String writers : List.of("0", "7")) {
      Ended serve = naru.command("serve", "--writers", writers);
      assertThat(serve.status()).isEqualTo(1);
      assertThat(serve.err()).contains("--writers is 1 to 6").doesNotContain("\tat ");
    }
  }

  @Test
  void applyingAgainChangesNothing(NaruProcess naru) {
    String yaml = new CampaignYaml("again", CampaignYaml.now(), 600, 1, 1, 1).text();
    String file = naru.file("again.yaml", yaml).toString();
    assertThat(naru.onData("campaign", "apply", file).out()).contains("created, with");
    assertThat(naru.onData("campaign", "apply", file).out()).contains("unchanged");
  }

  @Test
  void theMinistrysListArrivesOnceAndAWronglyDecodedOneNever(NaruProcess naru) {
    String list = SharedFiles.path(INSTITUTIONS + "20221231_cp949.csv").toString();
    assertThat(naru.onData("import", "sites", list).out())
        .contains("new 3,598, changed 0, unchanged 0")
        .contains("refused 0");
    assertThat(naru.onData("import", "sites", list).out())
        .contains("new 0, changed 0, unchanged 3,598");

    String spoiled = SharedFiles.path(INSTITUTIONS + "MOJIBAKE.csv").toString();
    Ended refused = naru.command("import", "sites", spoiled, "--data", naru.data().toString());
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err()).contains("was refused: ").doesNotContain("\tat ");
  }
}
