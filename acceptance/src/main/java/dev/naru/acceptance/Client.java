package dev.naru.acceptance;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A person who books, moves, cancels, one thing after the other, and who, without an answer, asks
/// the same again with the same id until there is one. So they always know what they hold, and that
/// is what the database has to hold.
final class Client {
  private final Citizen citizen;
  private final List<String> slots;
  private final Random random;
  private final Tally tally;
  private final Set<UUID> acknowledged;
  private @Nullable Held held;
  private @Nullable Wish pending;
  private boolean heardNothing;

  /// An appointment that was acknowledged.
  record Held(UUID id, String slot) {}

  private sealed interface Wish {
    record Book(UUID id, String slot) implements Wish {}

    record Move(UUID id, String slot) implements Wish {}

    record Cancel(UUID id) implements Wish {}
  }

  /// @param citizen admitted
  /// @param acknowledged gets every id that was acknowledged as booked
  Client(Citizen citizen, List<String> slots, Random random, Tally tally, Set<UUID> acknowledged) {
    this.citizen = citizen;
    this.slots = slots;
    this.random = random;
    this.tally = tally;
    this.acknowledged = acknowledged;
  }

  /// What was acknowledged; null for nothing.
  @Nullable Held held() {
    return held;
  }

  boolean isSettled() {
    return pending == null;
  }

  /// Asks for something, or asks again what was not answered.
  ///
  /// @return whether there was an answer
  boolean step() {
    Wish present = pending;
    Wish wish = present == null ? wish() : present;
    pending = wish;
    Answer answer = ask(wish);
    if (answer == null || isPassing(answer)) {
      heardNothing = true;
      return false;
    }
    tally.resolved(heardNothing);
    heardNothing = false;
    pending = null;
    understand(wish, answer);
    return true;
  }

  private Wish wish() {
    Held present = held;
    if (present == null) {
      return new Wish.Book(new UUID(random.nextLong(), random.nextLong()), slot());
    }
    return switch (random.nextInt(4)) {
      case 0 -> new Wish.Book(present.id(), present.slot());
      case 1 -> new Wish.Move(present.id(), slot());
      default -> new Wish.Cancel(present.id());
    };
  }

  /// Half of all want one of the first few.
  private String slot() {
    int among = random.nextBoolean() ? Math.min(6, slots.size()) : slots.size();
    return slots.get(random.nextInt(among));
  }

  private @Nullable Answer ask(Wish wish) {
    long began = System.nanoTime();
    Answer answer;
    try {
      answer =
          switch (wish) {
            case Wish.Book(UUID id, String slot) -> citizen.book(id, slot);
            case Wish.Move(UUID id, String slot) -> citizen.move(id, slot);
            case Wish.Cancel(UUID id) -> citizen.cancel(id);
          };
    } catch (UncheckedIOException e) {
      answer = null;
    }
    tally.answered(answer, System.nanoTime() - began);
    return answer;
  }

  private static boolean isPassing(Answer answer) {
    return answer.status() == 503 || answer.status() == 429;
  }

  private void understand(Wish wish, Answer answer) {
    switch (wish) {
      case Wish.Book(UUID id, String slot) when answer.status() == 201 -> hold(id, slot);
      case Wish.Book(UUID id, String slot) when answer.status() == 200 -> {
        // Moved since: a retry tells where it is now, which is what is held.
        Held present = held;
        hold(id, present != null && present.id().equals(id) ? present.slot() : slot);
      }
      case Wish.Move(UUID id, String slot) when answer.status() == 200 -> hold(id, slot);
      // 204: it was cancelled already, by a try that was not answered.
      case Wish.Cancel _ when answer.status() == 200 || answer.status() == 204 -> held = null;
      case Wish.Book _, Wish.Move _ when answer.code().equals("slot-full") -> {}
      case Wish.Book _ when held != null && answer.code().equals("id-reused") -> {
        // It was moved: the id was first used for another slot.
      }
      case Wish.Book _, Wish.Move _, Wish.Cancel _ ->
          tally.fault("an answer that cannot be: " + answer.label() + " to " + wish);
    }
  }

  private void hold(UUID id, String slot) {
    acknowledged.add(id);
    held = new Held(id, slot);
  }
}
