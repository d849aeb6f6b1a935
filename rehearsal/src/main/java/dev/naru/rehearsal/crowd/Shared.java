package dev.naru.rehearsal.crowd;

import dev.naru.rehearsal.http.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// One answer for the whole crowd, as a CDN would keep it: asked for at most once in its lifetime,
/// and while it is under way everybody waits for the same request. A failure is kept by nobody.
final class Shared {
  private final Agenda agenda;
  private final long lifeMillis;
  private final Persistence.Attempt source;
  private final List<Consumer<Answer>> waiting = new ArrayList<>();
  private Answer answer = Answer.LOST;
  private long askedAt;

  /// @param lifeMillis how long an answer serves; zero means that nobody shares
  Shared(Agenda agenda, long lifeMillis, Persistence.Attempt source) {
    this.agenda = agenda;
    this.lifeMillis = lifeMillis;
    this.source = source;
  }

  void read(Consumer<Answer> then) {
    if (lifeMillis == 0) {
      source.make(then);
    } else if (answer.isOk() && agenda.elapsedMillis() - askedAt < lifeMillis) {
      then.accept(answer);
    } else {
      waiting.add(then);
      if (waiting.size() == 1) {
        source.make(this::spread);
      }
    }
  }

  private void spread(Answer fresh) {
    answer = fresh;
    askedAt = agenda.elapsedMillis();
    List<Consumer<Answer>> readers = List.copyOf(waiting);
    waiting.clear();
    readers.forEach(reader -> reader.accept(fresh));
  }
}
