package dev.naru.identity.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.common.paper.Paper;
import dev.naru.common.person.PersonKey;
import dev.naru.common.web.LiveSessions.State;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EmbeddedSessionRegistryTest extends SessionRegistryContract {
  @Override
  SessionWorld world() {
    return new EmbeddedWorld();
  }

  @Override
  List<SessionRegistry> twoNodes() {
    return List.of(registry, registry);
  }

  private EmbeddedSessionRegistry embedded() {
    return (EmbeddedSessionRegistry) registry;
  }

  @Test
  void renewedLeasesSurviveAKillOnceTheyAreWrittenBehind() {
    Paper session = granted(PHONE);
    world.pass(Duration.ofMinutes(9));
    use(session);
    embedded().writeBehind().join();

    world.pass(Duration.ofMinutes(9));
    assertRefused(claim(world.open(), LAPTOP), 60);
  }

  @Test
  void aRenewalWrittenLateDoesNotTouchTheNextSession() throws Exception {
    Paper first = granted(PHONE);
    world.pass(Duration.ofMinutes(5));
    use(first);
    assertThat(close(first)).isTrue();
    embedded().writeBehind().join();

    assertThat(rows()).isZero();
  }

  @Test
  void whatCannotBeStoredIsUndone() throws Exception {
    Paper first = granted(PHONE);
    world.pass(Duration.ofMinutes(10));
    execute("ALTER TABLE identity.session RENAME TO away");
    try {
      assertThat(claim(LAPTOP)).isEqualTo(new Claim.NotStored());
      assertThat(use(first)).isEqualTo(State.LIVE);
      assertThat(close(first)).isFalse();
      assertThat(use(first)).isEqualTo(State.LIVE);
    } finally {
      execute("ALTER TABLE identity.away RENAME TO session");
    }
    assertRefused(claim(LAPTOP), 600);
    assertThat(use(world.open(), first)).isEqualTo(State.LIVE);
  }

  @Test
  void aFirstClaimThatCannotBeStoredLeavesThePersonFree() throws Exception {
    execute("ALTER TABLE identity.session RENAME TO away");
    try {
      assertThat(claim(PHONE)).isEqualTo(new Claim.NotStored());
    } finally {
      execute("ALTER TABLE identity.away RENAME TO session");
    }
    assertThat(use(granted(LAPTOP))).isEqualTo(State.LIVE);
  }

  @Test
  void aLostAnswerOfTheDiskIsPutRightLater() throws Exception {
    Paper first = granted(PHONE);
    execute("ALTER TABLE identity.session RENAME TO away");
    assertThat(close(first)).isFalse();
    execute("ALTER TABLE identity.away RENAME TO session");
    // As if the failed logout had been committed after all.
    execute("DELETE FROM identity.session");

    embedded().writeBehind().join();
    assertThat(claim(PHONE)).isInstanceOf(Claim.Granted.class);
    assertThat(use(world.open(), first)).isEqualTo(State.LIVE);
  }

  @Test
  void aSessionWhosePaperRanOutIsForgotten() throws Exception {
    Paper session = granted(PHONE);
    world.pass(SessionWorld.TIMES.paper());
    int before = embedded().size();
    embedded().sweep();
    // Written after what the sweep wrote.
    registry
        .claim(world.sealed(new PersonKey(9, 9, 9, 9)), LAPTOP, SessionWorld.TIMES)
        .toCompletableFuture()
        .join();

    assertThat(embedded().size()).isLessThanOrEqualTo(before);
    assertThat(look(session)).isEqualTo(State.DEAD);
    assertThat(rows()).isZero();
  }

  private long rows() throws SQLException {
    try (Connection connection = world.database().dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*) FROM identity.session WHERE person = '\\x"
                    + HexFormat.of().formatHex(person.bytes())
                    + "'")) {
      row.next();
      return row.getLong(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = world.database().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
