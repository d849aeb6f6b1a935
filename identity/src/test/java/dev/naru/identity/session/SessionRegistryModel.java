package dev.naru.identity.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.common.paper.Paper;
import dev.naru.common.paper.PaperKind;
import dev.naru.common.person.PersonKey;
import dev.naru.common.web.LiveSessions.State;
import dev.naru.identity.person.SealedPerson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/// Whatever two devices do in whatever order, at nodes that come and go: the registry answers as a
/// model of three fields does, and what is dead stays dead.
abstract class SessionRegistryModel {
  private static final AtomicLong PEOPLE = new AtomicLong();

  /// Opened for all stories.
  abstract SessionWorld world();

  /// Ends a node as a kill does, when all that it writes behind is written.
  abstract void killed(SessionRegistry node);

  enum Step {
    PHONE_VERIFIES,
    LAPTOP_VERIFIES,
    NEWEST_SESSION_IS_USED,
    OLDEST_SESSION_IS_USED,
    NEWEST_SESSION_LOGS_OUT,
    FOUR_MINUTES_PASS,
    ELEVEN_MINUTES_PASS,
    KILLED
  }

  /// One person's story, on the registry and beside it.
  private final class Story {
    final SessionWorld world = world();
    final PersonKey person = new PersonKey(PEOPLE.incrementAndGet(), 5, 5, 5);
    final List<UUID> all = new ArrayList<>();
    SessionRegistry registry = world.open();
    @Nullable UUID live;
    long device;
    Duration lease = Duration.ZERO;

    void step(Step step) {
      switch (step) {
        case PHONE_VERIFIES -> verify(1);
        case LAPTOP_VERIFIES -> verify(2);
        case NEWEST_SESSION_IS_USED -> use(all.isEmpty() ? null : all.getLast());
        case OLDEST_SESSION_IS_USED -> use(all.isEmpty() ? null : all.getFirst());
        case NEWEST_SESSION_LOGS_OUT -> logOut(all.isEmpty() ? null : all.getLast());
        case FOUR_MINUTES_PASS -> pass(Duration.ofMinutes(4));
        case ELEVEN_MINUTES_PASS -> pass(Duration.ofMinutes(11));
        case KILLED -> {
          killed(registry);
          registry = world.open();
        }
      }
      for (UUID session : all) {
        assertThat(registry.look(person, session).toCompletableFuture().join())
            .isEqualTo(session.equals(live) ? State.LIVE : State.DEAD);
      }
    }

    private void pass(Duration time) {
      world.pass(time);
      lease = lease.minus(time);
    }

    private void verify(long by) {
      Claim claim =
          registry
              .claim(
                  new SealedPerson(person, new byte[] {1}, Instant.EPOCH),
                  new UUID(by, by),
                  SessionWorld.TIMES)
              .toCompletableFuture()
              .join();
      if (live != null && device != by && lease.isPositive()) {
        SessionRegistryContract.assertRefused(claim, lease.toSeconds());
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
      lease = SessionWorld.TIMES.lease();
    }

    private void use(@Nullable UUID session) {
      if (session != null) {
        assertThat(SessionRegistryContract.use(registry, paper(session)))
            .isEqualTo(session.equals(live) ? State.LIVE : State.DEAD);
        lease = session.equals(live) ? SessionWorld.TIMES.lease() : lease;
      }
    }

    private void logOut(@Nullable UUID session) {
      if (session != null) {
        assertThat(registry.close(paper(session)).toCompletableFuture().join()).isTrue();
        live = session.equals(live) ? null : live;
      }
    }

    private Paper paper(UUID session) {
      return new Paper(PaperKind.SESSION, "c", person, session, 0, 0, 0, world.now());
    }
  }

  @Property(tries = 40)
  void itAnswersAsTheModelDoes(@ForAll @Size(min = 1, max = 20) List<Step> steps) {
    Story story = new Story();
    steps.forEach(story::step);
  }
}
