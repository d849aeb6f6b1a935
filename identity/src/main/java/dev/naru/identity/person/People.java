package dev.naru.identity.person;

import dev.naru.common.person.PersonKey;
import dev.naru.common.person.Sealer;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/// The one place where names, birth dates and phone numbers are kept, sealed.
public final class People {
  private final Jdbi jdbi;
  private final Sealer sealer;

  public People(DataSource database, Sealer sealer) {
    this.jdbi = Jdbi.create(database);
    this.sealer = sealer;
  }

  /// Seals a person's data for the store.
  public SealedPerson seal(PersonKey person, PersonData data) {
    return new SealedPerson(person, sealer.seal(data.text(), person));
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
}
