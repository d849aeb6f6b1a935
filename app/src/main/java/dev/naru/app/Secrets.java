package dev.naru.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.naru.common.paper.PaperKeys;
import dev.naru.common.person.PersonKeys;
import dev.naru.common.person.Sealer;
import dev.naru.waitingroom.draw.SeedSealer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keys of an installation. They live in one file that only its owner may read, apart from all
/// configuration; losing it makes every person a stranger and every sealed name unreadable.
///
/// ```json
/// {"papers": {"current": 1, "since": "2026-10-05T00:00:00Z", "keys": {"1": "base64…"}},
///  "persons": "base64…", "sealing": {…Tink…}}
/// ```
///
/// @param sealing the key set of the sealer; a secret
record Secrets(PaperKeys papers, PersonKeys persons, String sealing) {
  private static final Logger LOG = LoggerFactory.getLogger(Secrets.class);

  private static final ObjectMapper JSON = new ObjectMapper();

  /// A paper has one byte for its key's id.
  private static final int PAPER_KEY_IDS = 256;

  /// Keeps the seeds of the draws.
  SeedSealer seeds() {
    return new SeedSealer(persons.derived("seeds of draws"));
  }

  /// Who has it may give orders to lines. Made from a key of the file, so that the file need not be
  /// changed for it.
  String operatorToken() {
    return HexFormat.of().formatHex(persons.derived("operator's orders"));
  }

  /// Whether a person is the same one by both.
  boolean knowsPeopleLike(Secrets other) {
    return persons.of("").equals(other.persons.of(""));
  }

  /// Reads the file.
  ///
  /// @throws IllegalStateException when there is none, it cannot be read or is not such a file
  static Secrets load(Path file) {
    try {
      return parse(file, JSON.readTree(Files.readString(file)));
    } catch (NoSuchFileException e) {
      throw new IllegalStateException(
          "There are no keys in "
              + file
              + " yet; the first command on a new database makes them. If they are elsewhere, say so with --data",
          e);
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
          checked(root.at("/sealing").toString()));
    } catch (IOException | RuntimeException e) {
      throw new IllegalStateException(
          file + " is not a key file of Naru; restore it from your backup", e);
    }
  }

  private static String checked(String keySet) {
    Sealer.open(keySet);
    return keySet;
  }

  /// Adds a new key for papers and one for sealing, and uses them from now on. The old ones stay:
  /// what they signed is valid, what they sealed can be read.
  ///
  /// @param now when
  /// @throws IllegalStateException when the file is not a key file, or there is no room for a key
  static void rotate(Path file, Instant now) {
    change(
        file,
        root -> {
          ObjectNode papers = (ObjectNode) root.at("/papers");
          int current = papers.path("current").asInt();
          int next = (current + 1) % PAPER_KEY_IDS;
          ObjectNode keys = (ObjectNode) papers.path("keys");
          if (keys.has(String.valueOf(next))) {
            throw new IllegalStateException("drop old keys first: key " + next + " is taken");
          }
          keys.put(String.valueOf(next), random());
          papers.put("current", next);
          papers.put("since", now.toString());
          root.set("sealing", readTree(Sealer.withNewKey(root.at("/sealing").toString())));
        });
  }

  /// Leaves only the keys that are used now.
  ///
  /// @throws IllegalStateException when the file is not a key file
  static void dropOldKeys(Path file) {
    change(
        file,
        root -> {
          ObjectNode papers = (ObjectNode) root.at("/papers");
          ((ObjectNode) papers.path("keys")).retain(papers.path("current").asText());
          root.set("sealing", readTree(Sealer.withoutOldKeys(root.at("/sealing").toString())));
        });
  }

  /// Since when papers are signed with the current key; long ago when the file does not say.
  static Instant papersSince(Path file) {
    load(file);
    try {
      String since = JSON.readTree(Files.readString(file)).at("/papers/since").asText("");
      return since.isEmpty() ? Instant.EPOCH : Instant.parse(since);
    } catch (IOException | DateTimeParseException e) {
      throw new IllegalStateException("The keys in " + file + " cannot be read", e);
    }
  }

  private static void change(Path file, Consumer<ObjectNode> change) {
    load(file);
    try {
      ObjectNode root = (ObjectNode) JSON.readTree(Files.readString(file));
      change.accept(root);
      replace(file, root);
    } catch (IOException e) {
      throw new IllegalStateException("The keys in " + file + " cannot be changed", e);
    }
  }

  /// Makes the file with fresh random keys. If another program does so at the same time, its keys
  /// stand.
  static void create(Path file) {
    ObjectNode root = JSON.createObjectNode();
    ObjectNode papers = root.putObject("papers");
    papers.put("current", 1);
    papers.putObject("keys").put("1", random());
    root.put("persons", random());
    root.set("sealing", readTree(Sealer.newKeySet()));
    try {
      Path draft = draft(file, root);
      try {
        Files.createLink(file, draft); // A move would replace.
      } catch (FileAlreadyExistsException e) {
        LOG.debug("Another program has made {}", file, e);
      } finally {
        Files.delete(draft);
      }
    } catch (IOException e) {
      throw new IllegalStateException("The keys in " + file + " cannot be made", e);
    }
  }

  private static void replace(Path file, ObjectNode root) throws IOException {
    Files.move(draft(file, root), file, StandardCopyOption.ATOMIC_MOVE);
  }

  /// A file beside it that is whole, and readable by the owner only.
  private static Path draft(Path file, ObjectNode root) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path draft =
        Files.createTempFile(
            folder,
            "secrets",
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(draft, root.toPrettyString());
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
