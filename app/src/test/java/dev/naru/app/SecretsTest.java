package dev.naru.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.common.paper.Paper;
import dev.naru.common.paper.PaperCheck;
import dev.naru.common.paper.PaperKind;
import dev.naru.common.paper.Papers;
import dev.naru.common.person.PersonKey;
import dev.naru.common.person.Sealer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
  private static final Instant NOW = Instant.parse("2026-10-05T00:00:00Z");

  @Test
  void keysAreMadeOnceForTheirOwnerOnlyAndStayTheSame(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("keys/secrets.json");
    Secrets made = Secrets.load(file);
    PersonKey person = made.persons().of("ci");
    byte[] sealed = Sealer.open(made.sealing()).seal("name", person);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Secrets again = Secrets.load(file);
    assertThat(again.persons().of("ci")).isEqualTo(person);
    assertThat(Sealer.open(again.sealing()).unseal(sealed, person)).isEqualTo("name");
  }

  @Test
  void aDamagedKeyFileIsRefusedAndNotReplaced(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("secrets.json"), "{\"papers\": {}}");
    assertThatThrownBy(() -> Secrets.load(file))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("backup");
    assertThat(Files.readString(file)).isEqualTo("{\"papers\": {}}");
  }

  @Test
  void aRunningNodeTakesTheNewKeysAndOldPapersStayGood(@TempDir Path folder) throws Exception {
    KeyFile file = new KeyFile(folder.resolve("secrets.json"));
    Secrets old = file.load();
    Papers papers = new Papers(old.papers(), InstantSource.fixed(NOW));
    Sealer sealer = Sealer.open(old.sealing());
    AtomicInteger told = new AtomicInteger();
    Runnable follow = file.follow(papers, sealer, told::incrementAndGet);
    Paper paper =
        new Paper(
            PaperKind.SESSION,
            "flu",
            old.persons().of("ci"),
            new UUID(1, 2),
            0,
            0,
            0,
            NOW.plusSeconds(60));
    String before = papers.issue(paper);
    follow.run();
    assertThat(told).hasValue(0);

    file.rotate(NOW);
    Files.setLastModifiedTime(folder.resolve("secrets.json"), FileTime.from(NOW));
    follow.run();
    assertThat(told).hasValue(1);
    assertThat(papers.verify(PaperKind.SESSION, before)).isEqualTo(new PaperCheck.Valid(paper));
    assertThat(papers.issue(paper)).isNotEqualTo(before);
    assertThat(file.load().persons().of("ci")).isEqualTo(old.persons().of("ci"));
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("secrets.json"))))
        .isEqualTo("rw-------");

    assertThatThrownBy(() -> file.dropOldKeys(NOW.plusSeconds(86_399)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("papers");
    file.dropOldKeys(NOW.plusSeconds(86_400));
    Papers without = new Papers(file.load().papers(), InstantSource.fixed(NOW));
    assertThat(without.verify(PaperKind.SESSION, before)).isEqualTo(new PaperCheck.Forged());
    assertThat(Sealer.count(file.load().sealing())).isEqualTo(1);
  }
}
