package dev.naru.rehearsal.crowd;

import dev.naru.rehearsal.http.Answer;
import dev.naru.rehearsal.http.Call;
import dev.naru.rehearsal.http.Calls;
import dev.naru.rehearsal.http.Request;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// Asks again what failed for now, the very same request, ever more slowly, until patience is over.
final class Persistence {
  /// Something that ends in an answer.
  interface Attempt {
    void make(Consumer<Answer> then);
  }

  private static final long FIRST_MILLIS = 200;

  /// So that a server that is back is found within seconds.
  private static final long LONGEST_MILLIS = 5_000;

  private static final int DOUBLINGS = 5;

  /// Whoever is asked to come later knows that somebody is there: patience begins anew.
  private static final int TOO_MANY = 429;

  private final Calls calls;
  private final Agenda agenda;
  private final long patienceMillis;

  Persistence(Calls calls, Agenda agenda, Duration patience) {
    this.calls = calls;
    this.agenda = agenda;
    this.patienceMillis = patience.toMillis();
  }

  /// Sends a request until the answer is final.
  ///
  /// @param then gets the last answer, a passing one when patience is over
  void ask(Person person, Call call, Request request, Consumer<Answer> then) {
    if (person.stage == Person.Stage.GONE) {
      throw new IllegalStateException("person " + person.index + " has left");
    }
    Request own = request.over(person.index);
    persist(person.random, answer -> calls.send(call, own, answer), then);
  }

  /// Makes an attempt until its answer is final.
  void persist(RandomGenerator random, Attempt attempt, Consumer<Answer> then) {
    make(random, attempt, then, 0, agenda.elapsedMillis());
  }

  private void make(
      RandomGenerator random, Attempt attempt, Consumer<Answer> then, int tries, long since) {
    attempt.make(
        answer -> {
          if (answer.isPassing() && !isOver(since)) {
            long from = answer.status() == TOO_MANY ? agenda.elapsedMillis() : since;
            agenda.after(
                pause(tries, answer, random), () -> make(random, attempt, then, tries + 1, from));
          } else {
            then.accept(answer);
          }
        });
  }

  /// Whether somebody who has been trying since then has had enough.
  boolean isOver(long sinceMillis) {
    return agenda.elapsedMillis() - sinceMillis >= patienceMillis;
  }

  /// How long to wait after a failed try: what the server asked for at least, spread so that those
  /// who failed together do not come back together.
  static long pause(int tries, Answer answer, RandomGenerator random) {
    long backoff = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(tries, DOUBLINGS));
    double spread = 0.5 + random.nextDouble() / 2;
    return Math.max(
        Math.round(backoff * spread), Math.round(answer.retryAfterMillis() * (0.5 + spread)));
  }
}
