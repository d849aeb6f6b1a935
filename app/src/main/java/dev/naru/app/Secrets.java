package dev.naru.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.naru.common.paper.PaperKeys;
import dev.naru.common.person.PersonKeys;
import dev.naru.common.person.Sealer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/// The keys of an installation. They live in one file that only its owner may read, apart from all
/// configuration; losing it makes every person a stranger and every sealed name unreadable.
///
/// ```json
/// {"papers": {"current": 1, "keys": {"1": "base64…"}}, "persons": "base64…", "sealing": {…Tink…}}
/// ```
record Secrets(PaperKeys papers, PersonKeys persons, Sealer sealer) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Who has it may give orders to lines. Made from a key of the file, so that the file need not be
  /// changed for it.
  String operatorToken() {
    return HexFormat.of().formatHex(persons.derived("operator's orders"));
  }

  /// Reads the file, making it with fresh random keys when it is missing.
  ///
  /// @throws IllegalStateException when it cannot be read or is not such a file
  static Secrets load(Path file) {
    try {
      if (!Files.exists(file)) {
        create(file);
      }
      return parse(file, JSON.readTree(Files.readString(file)));
    } catch (IOException e) {
      throw new IllegalStateException("The keys in " + file + " cannot be read", e);
    }
  }

  private static Secrets parse(Path file, JsonNode root) {
    try {
      Map<Integer, byte[]> papers = new HashMap<>();
      for (Map.Entry<String, JsonNode> key : root.at("/papers/keys").properties()) {
        papers.put(Integer.parseInt(key.getKey()), key.getValue().binaryValue());
      }
      return new Secrets(
          new PaperKeys(papers, root.at("/papers/current").asInt(-1)),
          new PersonKeys(root.at("/persons").binaryValue()),
          Sealer.open(root.at("/sealing").toString()));
    } catch (IOException | RuntimeException e) {
      throw new IllegalStateException(
          file + " is not a key file of Naru; restore it from your backup", e);
    }
  }

  private static void create(Path file) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    ObjectNode papers = root.putObject("papers");
    papers.put("current", 1);
    papers.putObject("keys").put("1", random());
    root.put("persons", random());
    root.set("sealing", readTree(Sealer.newKeySet()));
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path draft =
        Files.createTempFile(
            folder,
            "secrets",
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(draft, root.toPrettyString());
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static JsonNode readTree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String random() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return Base64.getEncoder().encodeToString(key);
  }
}
