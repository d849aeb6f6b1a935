package dev.naru.identity.person;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.common.person.PersonKey;
import dev.naru.common.person.PersonKeys;
import dev.naru.common.person.Sealer;
import dev.naru.database.Database;
import dev.naru.database.TestPostgres;
import java.sql.Connection;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TidyingTest {
  private static final Instant NOW = Instant.parse("2022-01-01T00:00:00Z");
  private static final PersonKeys KEYS = new PersonKeys(new byte[32]);

  /// More than one step's worth.
  private static final int MANY = 5_000;

  private final Database database = TestPostgres.with("identity");
  private final String oldKeys = Sealer.newKeySet();
  private final String newKeys = Sealer.withNewKey(oldKeys);

  @AfterEach
  void close() {
    database.close();
  }

  private static PersonKey person(int number) {
    return KEYS.of("ci-" + number);
  }

  private static PersonData data(int number) {
    return new PersonData("이름" + number, LocalDate.of(1980, 1, 9), "0101234" + number);
  }

  /// Saves people by number, the odd ones until now, the even ones a day longer.
  private void save(People people, int from, int to) throws Exception {
    List<SealedPerson> sealed = new ArrayList<>();
    for (int i = from; i < to; i++) {
      sealed.add(people.seal(person(i), data(i), i % 2 == 0 ? NOW.plusSeconds(86_400) : NOW));
    }
    try (Connection connection = database.dataSource().getConnection()) {
      PersonStore.save(connection, sealed, NOW);
    }
  }

  @Test
  void afterARotationEverybodyIsSealedAnewAndTheOldKeyIsNotNeeded() throws Exception {
    save(new People(database.dataSource(), Sealer.open(oldKeys)), 0, MANY);
    People people = new People(database.dataSource(), Sealer.open(newKeys));
    save(people, 0, 10);
    assertThat(people.sealedByOldKeys()).isEqualTo(MANY - 10);

    People.Tidied tidied = people.tidy(NOW.minusSeconds(1), () -> {});
    assertThat(tidied).isEqualTo(new People.Tidied(MANY - 10, 0));
    assertThat(people.sealedByOldKeys()).isZero();
    People without = new People(database.dataSource(), Sealer.open(Sealer.withoutOldKeys(newKeys)));
    for (int i = 0; i < MANY; i += 499) {
      assertThat(without.find(person(i))).contains(data(i));
    }
  }

  @Test
  void whoVerifiesWhileTheirDataIsSealedAnewKeepsTheirNewData() throws Exception {
    save(new People(database.dataSource(), Sealer.open(oldKeys)), 0, 1);
    Sealer sealer = Sealer.open(newKeys);
    People people = new People(database.dataSource(), sealer);
    Jdbi jdbi = Jdbi.create(database.dataSource());
    PersonStore.OldSeal old =
        PersonStore.sealedByAnotherKey(jdbi, sealer.currentMark(), 0, 1).getFirst();
    PersonData moved = new PersonData("새이름", LocalDate.of(1980, 1, 9), "01099999999");
    try (Connection connection = database.dataSource().getConnection()) {
      PersonStore.save(connection, List.of(people.seal(person(0), moved, NOW)), NOW);
    }
    boolean sealedAnew =
        jdbi.inTransaction(handle -> PersonStore.sealAnew(handle, old, old.sealed()));
    assertThat(sealedAnew).isFalse();
    assertThat(people.find(person(0))).contains(moved);
  }

  @Test
  void whoseTimeIsOverIsDeletedAndNobodyElse() throws Exception {
    People people = new People(database.dataSource(), Sealer.open(oldKeys));
    save(people, 0, MANY);
    assertThat(people.tidy(NOW.minusSeconds(1), () -> {}).deleted()).isZero();
    assertThat(people.tidy(NOW, () -> {}).deleted()).isEqualTo(MANY / 2);
    assertThat(people.find(person(1))).isEmpty();
    assertThat(people.find(person(2))).isPresent();
  }

  @Test
  void theLongestOfTheCampaignsThatNeedItCounts() throws Exception {
    People people = new People(database.dataSource(), Sealer.open(oldKeys));
    try (Connection connection = database.dataSource().getConnection()) {
      for (Instant until : List.of(NOW.plusSeconds(86_400), NOW)) {
        PersonStore.save(connection, List.of(people.seal(person(0), data(0), until)), NOW);
      }
    }
    assertThat(people.tidy(NOW, () -> {}).deleted()).isZero();
    assertThat(people.find(person(0))).contains(data(0));
  }
}
