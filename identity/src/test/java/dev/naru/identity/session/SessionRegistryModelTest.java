package dev.naru.identity.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.common.paper.Paper;
import dev.naru.common.paper.PaperKind;
import dev.naru.common.person.PersonKey;
import dev.naru.database.Database;
import dev.naru.database.TestPostgres;
import dev.naru.identity.HandTime;
import dev.naru.identity.person.SealedPerson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import org.jspecify.annotations.Nullable;

/// Whatever two devices do in whatever order, with kills in between: the registry answers as a
/// model of three fields does, and what is dead stays dead.
final class SessionRegistryModelTest {
  private static final SessionTimes TIMES =
      new SessionTimes(Duration.ofMinutes(10), Duration.ofHours(12));
  private static final AtomicLong PEOPLE = new AtomicLong();

  private static final Database DATABASE = TestPostgres.with("identity");

  enum Step {
    PHONE_VERIFIES,
    LAPTOP_VERIFIES,
    NEWEST_SESSION_IS_USED,
    OLDEST_SESSION_IS_USED,
    NEWEST_SESSION_LOGS_OUT,
    FOUR_MINUTES_PASS,
    ELEVEN_MINUTES_PASS,
    WRITTEN_BEHIND_AND_KILLED
  }

  @AfterContainer
  static void closeDatabase() {
    DATABASE.close();
  }

  /// One person's story, on the registry and beside it.
  private static final class Story {
    final HandTime time = new HandTime();
    final PersonKey person = new PersonKey(PEOPLE.incrementAndGet(), 5, 5, 5);
    final List<UUID> all = new ArrayList<>();
    SessionRegistry registry = open();
    @Nullable UUID live;
    long device;
    long leaseUntil;

    SessionRegistry open() {
      return SessionRegistry.open(
          DATABASE.dataSource(), time, new Random(PEOPLE.incrementAndGet()));
    }

    long now() {
      return time.instant().getEpochSecond();
    }

    void step(Step step) {
      switch (step) {
        case PHONE_VERIFIES -> verify(1);
        case LAPTOP_VERIFIES -> verify(2);
        case NEWEST_SESSION_IS_USED -> use(all.isEmpty() ? null : all.getLast());
        case OLDEST_SESSION_IS_USED -> use(all.isEmpty() ? null : all.getFirst());
        case NEWEST_SESSION_LOGS_OUT -> logOut(all.isEmpty() ? null : all.getLast());
        case FOUR_MINUTES_PASS -> time.pass(Duration.ofMinutes(4));
        case ELEVEN_MINUTES_PASS -> time.pass(Duration.ofMinutes(11));
        case WRITTEN_BEHIND_AND_KILLED -> {
          registry.writeBehind().join();
          SessionRegistry killed = registry;
          registry = open();
          killed.close();
        }
      }
      for (UUID session : all) {
        assertThat(registry.isLive(person, session)).isEqualTo(session.equals(live));
      }
    }

    private void verify(long by) {
      Claim claim =
          registry
              .claim(
                  new SealedPerson(person, new byte[] {1}, Instant.EPOCH), new UUID(by, by), TIMES)
              .toCompletableFuture()
              .join();
      if (live != null && device != by && leaseUntil > now()) {
        assertThat(claim).isEqualTo(new Claim.Elsewhere(leaseUntil - now()));
        return;
      }
      assertThat(claim).isInstanceOf(Claim.Granted.class);
      UUID session = ((Claim.Granted) claim).session();
      if (live != null && device == by) {
        assertThat(session).isEqualTo(live);
      } else {
        assertThat(all).doesNotContain(session);
        all.add(session);
      }
      live = session;
      device = by;
      leaseUntil = now() + 600;
    }

    private void use(@Nullable UUID session) {
      if (session != null) {
        assertThat(registry.use(paper(session))).isEqualTo(session.equals(live));
        leaseUntil = session.equals(live) ? now() + 600 : leaseUntil;
      }
    }

    private void logOut(@Nullable UUID session) {
      if (session != null) {
        assertThat(registry.close(paper(session)).toCompletableFuture().join()).isTrue();
        live = session.equals(live) ? null : live;
      }
    }

    private Paper paper(UUID session) {
      return new Paper(PaperKind.SESSION, "c", person, session, 0, 0, 0, time.instant());
    }
  }

  @Property(tries = 40)
  void itAnswersAsTheModelDoes(@ForAll @Size(min = 1, max = 20) List<Step> steps) {
    Story story = new Story();
    try {
      steps.forEach(story::step);
    } finally {
      story.registry.close();
    }
  }
}
