package dev.naru.waitingroom.line;

import static dev.naru.waitingroom.TestLine.CAMPAIGN;
import static dev.naru.waitingroom.TestLine.OPENS;
import static dev.naru.waitingroom.TestLine.joined;
import static dev.naru.waitingroom.TestLine.line;
import static dev.naru.waitingroom.TestLine.status;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.waitingroom.TestLine;
import dev.naru.waitingroom.WaitingRoom;
import dev.naru.waitingroom.draw.Draw;
import dev.naru.waitingroom.draw.Seed;
import dev.naru.waitingroom.draw.SeedSealer;
import dev.naru.waitingroom.ticket.JoinResult;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SecretSeedTest {
  private final TestLine world = new TestLine();
  private WaitingRoom node;

  @BeforeEach
  void start() {
    node = world.node();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private byte[] stored() throws SQLException {
    try (Connection connection = world.database().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT seed FROM waitingroom.line WHERE line = 0")) {
      row.next();
      return row.getBytes(1);
    }
  }

  @Test
  void whoReadsTheDatabaseLearnsNoSeed() throws SQLException {
    byte[] stored = stored();
    world.at(OPENS);
    node.tick();
    String seed = requireNonNull(status(node).draw()).seed();
    assertThat(HexFormat.of().formatHex(stored)).doesNotContain(seed);
    assertThat(Seed.ofHex(seed).commitment()).isEqualTo(status(node).lobby().commitment());
  }

  @Test
  void anotherKeyOpensNoSeed() {
    LineStore stranger =
        new PostgresLineStore(
            world.database(), new SeedSealer(HexFormat.of().parseHex("01".repeat(32))));
    assertThatThrownBy(() -> stranger.read(Set.of(CAMPAIGN)))
        .hasRootCauseInstanceOf(java.security.GeneralSecurityException.class);
  }

  @Test
  void aSeedCannotBePutInThePlaceOfAnother() throws SQLException {
    try (Connection connection = world.database().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "UPDATE waitingroom.line SET seed ="
              + " (SELECT seed FROM waitingroom.line WHERE line = 1) WHERE line = 0");
    }
    assertThatThrownBy(() -> node.lines().tick())
        .hasRootCauseInstanceOf(java.security.GeneralSecurityException.class);
  }

  @Test
  void aSeedOfBeforeSealingStillCounts() throws SQLException {
    byte[] plain = new byte[32];
    try (Connection connection = world.database().getConnection();
        PreparedStatement statement =
            connection.prepareStatement("UPDATE waitingroom.line SET seed = ? WHERE line = 0")) {
      statement.setBytes(1, plain);
      statement.executeUpdate();
    }
    node.tick();
    assertThat(status(node).lobby().commitment()).isEqualTo(Seed.of(plain).commitment());
  }

  @Test
  void aDrawWaitsForTheBeaconThatWasAnnounced() {
    assertThat(node.lines().announceBeacon(CAMPAIGN, 0, "drand round 5000000")).isTrue();
    assertThat(node.lines().announceBeacon(CAMPAIGN, 0, "another")).isFalse();
    for (int i = 0; i < 30; i++) {
      joined(node, world.session("p" + i));
    }
    world.at(OPENS);
    node.tick();
    JoinResult.Joined late = joined(node, world.session("late"));
    world.tick(node, 5);
    assertThat(status(node).phase()).isEqualTo("lobby");
    assertThat(status(node).draw()).isNull();
    assertThat(status(node).lobby())
        .isEqualTo(
            new LineStatus.Lobby(30, status(node).lobby().commitment(), "drand round 5000000"));
    assertThat(status(node).serving()).isZero();
    assertThat(late.lobby()).isFalse();
    assertThat(line(node).isLobby(late.number())).isFalse();

    assertThat(node.lines().setBeacon(CAMPAIGN, 0, "c0ffee")).isTrue();
    assertThat(node.lines().setBeacon(CAMPAIGN, 0, "better for me")).isFalse();
    world.tick(node, 2);
    LineStatus.Drawn drawn = requireNonNull(status(node).draw());
    assertThat(drawn.size()).isEqualTo(30);
    assertThat(drawn.beacon()).isEqualTo("c0ffee");
    assertThat(line(node).placeOf(1))
        .isEqualTo(new Draw(Seed.ofHex(drawn.seed()), 30, "c0ffee").placeOf(1));
    assertThat(status(node).phase()).isEqualTo("open");
    assertThat(status(node).serving()).isPositive();
  }

  @Test
  void afterTheOpeningNothingCanBeAnnouncedNorEnteredAnyMore() {
    world.at(OPENS);
    node.tick();
    assertThat(node.lines().announceBeacon(CAMPAIGN, 0, "late")).isFalse();
    assertThat(node.lines().setBeacon(CAMPAIGN, 0, "late")).isFalse();
  }
}
