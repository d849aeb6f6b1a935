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
import java.nio.file.StandardCopyOption;
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
    assertThatThrownBy(() -> Secrets.load(file)).hasMessageContaining("--data");
    Secrets.create(file);
    Secrets made = Secrets.load(file);
    PersonKey person = made.persons().of("ci");
    byte[] sealed = Sealer.open(made.sealing()).seal("name", person);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Secrets.create(file);
    assertThat(file.getParent()).isDirectoryNotContaining(child -> !child.equals(file));
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
    Path keys = folder.resolve("secrets.json");
    Secrets.create(keys);
    KeyFile file = new KeyFile(keys);
    Secrets old = Secrets.load(keys);
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
    Files.setLastModifiedTime(keys, FileTime.from(NOW));
    follow.run();
    assertThat(told).hasValue(1);
    assertThat(papers.verify(PaperKind.SESSION, before)).isEqualTo(new PaperCheck.Valid(paper));
    assertThat(papers.issue(paper)).isNotEqualTo(before);
    assertThat(Secrets.load(keys).persons().of("ci")).isEqualTo(old.persons().of("ci"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)))
        .isEqualTo("rw-------");

    Path others = folder.resolve("others.json");
    Secrets.create(others);
    byte[] ours = Files.readAllBytes(keys);
    Files.copy(others, keys, StandardCopyOption.REPLACE_EXISTING);
    follow.run();
    assertThat(told).as("another installation's").hasValue(1);
    Files.write(keys, ours);

    assertThatThrownBy(() -> file.dropOldKeys(NOW.plusSeconds(86_399)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("papers");
    file.dropOldKeys(NOW.plusSeconds(86_400));
    Papers without = new Papers(Secrets.load(keys).papers(), InstantSource.fixed(NOW));
    assertThat(without.verify(PaperKind.SESSION, before)).isEqualTo(new PaperCheck.Forged());
    assertThat(Sealer.count(Secrets.load(keys).sealing())).isEqualTo(1);
  }
}
