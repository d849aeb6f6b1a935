package dev.naru.identity.session;

import dev.naru.common.person.PersonKey;
import dev.naru.common.person.Sealer;
import dev.naru.database.Database;
import dev.naru.identity.person.People;
import dev.naru.identity.person.PersonData;
import dev.naru.identity.person.SealedPerson;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;

/// Where sessions are, and a time that passes when a test says so.
interface SessionWorld extends AutoCloseable {
  SessionTimes TIMES = new SessionTimes(Duration.ofMinutes(10), Duration.ofHours(12));
  Sealer SEALER = Sealer.open(Sealer.newKeySet());

  /// A node that finds what is on disk, as after kill -9: those before are never closed in time.
  SessionRegistry open();

  /// The time by which papers end.
  Instant now();

  void pass(Duration time);

  Database database();

  default SealedPerson sealed(PersonKey person) {
    return new People(database().dataSource(), SEALER)
        .seal(
            person,
            new PersonData("홍길동", LocalDate.of(1980, 1, 9), "01012345678"),
            Instant.parse("2022-01-01T00:00:00Z"));
  }

  @Override
  void close();
}
