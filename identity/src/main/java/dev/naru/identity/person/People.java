package dev.naru.identity.person;

import dev.naru.common.person.PersonKey;
import dev.naru.common.person.Sealer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/// The one place where names, birth dates and phone numbers are kept, sealed.
public final class People {
  /// A few thousand people: tens of milliseconds of work.
  private static final long PAGES = 100;

  private final Jdbi jdbi;
  private final Sealer sealer;

  public People(DataSource database, Sealer sealer) {
    this.jdbi = Jdbi.create(database);
    this.sealer = sealer;
  }

  /// Seals a person's data for the store.
  ///
  /// @param keepUntil then it is deleted, unless another campaign needs it longer
  public SealedPerson seal(PersonKey person, PersonData data, Instant keepUntil) {
    return new SealedPerson(person, sealer.seal(data.text(), person), keepUntil);
  }

  /// Everything about a person. Blocks.
  ///
  /// @return empty when the person was never verified here
  public Optional<PersonData> find(PersonKey person) {
    return PersonStore.find(jdbi, person).map(bytes -> PersonData.of(sealer.unseal(bytes, person)));
  }

  /// The name with its inner letters hidden. Blocks.
  ///
  /// @return empty when the person was never verified here
  public Optional<String> maskedName(PersonKey person) {
    return find(person).map(PersonData::maskedName);
  }

  /// Goes through everybody once: seals anew what an old key sealed, so that the old key can be
  /// dropped, and deletes those whose time is over. Some pages at a time, each in a transaction of
  /// its own, with a pause between them: verifying people always come first. Blocks, for long.
  ///
  /// @return how many
  public Tidied tidy(Instant now, Pause pause) throws InterruptedException {
    int sealedAnew = 0;
    int deleted = 0;
    for (long page = 0; page < PersonStore.pages(jdbi); page += PAGES) {
      deleted += PersonStore.forget(jdbi, now, page, PAGES);
      sealedAnew += sealAnew(page);
      pause.pause();
    }
    return new Tidied(sealedAnew, deleted);
  }

  /// How many people's data the current key has not sealed. Blocks.
  public long sealedByOldKeys() {
    return PersonStore.countSealedByAnotherKey(jdbi, sealer.currentMark());
  }

  private int sealAnew(long page) {
    List<PersonStore.OldSeal> old =
        PersonStore.sealedByAnotherKey(jdbi, sealer.currentMark(), page, PAGES);
    if (old.isEmpty()) {
      return 0;
    }
    return jdbi.inTransaction(
        handle -> {
          int anew = 0;
          for (PersonStore.OldSeal each : old) {
            String text = sealer.unseal(each.sealed(), each.person());
            if (PersonStore.sealAnew(handle, each, sealer.seal(text, each.person()))) {
              anew++;
            }
          }
          return anew;
        });
  }

  /// What a pass through everybody did.
  public record Tidied(int sealedAnew, int deleted) {}

  /// Waits between two steps.
  @FunctionalInterface
  public interface Pause {
    void pause() throws InterruptedException;
  }
}
