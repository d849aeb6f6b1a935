package dev.naru.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.common.person.PersonKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
  @Test
  void keysAreMadeOnceForTheirOwnerOnlyAndStayTheSame(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("keys/secrets.json");
    Secrets made = Secrets.load(file);
    PersonKey person = made.persons().of("ci");
    byte[] sealed = made.sealer().seal("name", person);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Secrets again = Secrets.load(file);
    assertThat(again.persons().of("ci")).isEqualTo(person);
    assertThat(again.sealer().unseal(sealed, person)).isEqualTo("name");
  }

  @Test
  void aDamagedKeyFileIsRefusedAndNotReplaced(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("secrets.json"), "{\"papers\": {}}");
    assertThatThrownBy(() -> Secrets.load(file))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("backup");
    assertThat(Files.readString(file)).isEqualTo("{\"papers\": {}}");
  }
}
