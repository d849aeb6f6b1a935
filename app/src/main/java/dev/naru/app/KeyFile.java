package dev.naru.app;

import dev.naru.common.paper.Papers;
import dev.naru.common.person.PersonKeys;
import dev.naru.common.person.Sealer;
import dev.naru.identity.person.KeyMarkStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The key file of an installation, as an operator and a running node see it.
public final class KeyFile {
  private static final Logger LOG = LoggerFactory.getLogger(KeyFile.class);

  /// The longest session: after it no paper of an old key is still carried.
  private static final Duration LONGEST_PAPER = Duration.ofDays(1);

  private static final String DO =
      "Say with --data where they are, or restore secrets.json from your backup"
          + " (docs/OPERATIONS.md, the data folder)";

  private final Path file;

  public KeyFile(Path file) {
    this.file = file;
  }

  /// The keys by which the people in a database are known; made when there are none yet.
  ///
  /// @throws IllegalStateException when the database was made with others: with these everybody in
  ///   it would be a stranger, who may book once more; the message says what to do
  Secrets of(DataSource database) {
    KeyMarkStore mark = new KeyMarkStore(database);
    // In this order: whoever has set the mark had made the file before.
    boolean isKnown = mark.isSet();
    if (!Files.exists(file)) {
      if (isKnown) {
        throw new IllegalStateException(
            "There are no keys in "
                + file
                + ", and people in this database are known by some. "
                + DO);
      }
      Secrets.create(file);
    }
    Secrets secrets = load();
    if (!mark.set(secrets.persons())) {
      throw new IllegalStateException(
          "The keys in "
              + file
              + " are not those by which people in this database are known. "
              + DO);
    }
    return secrets;
  }

  private Secrets load() {
    return Secrets.load(file);
  }

  /// What people are known by.
  ///
  /// @throws IllegalStateException as for [#of]
  public PersonKeys persons(DataSource database) {
    return of(database).persons();
  }

  /// Opens what these keys have sealed.
  ///
  /// @throws IllegalStateException as for [#of]
  public Sealer sealer(DataSource database) {
    return Sealer.open(of(database).sealing());
  }

  /// What an operator sends with orders over HTTP.
  public String operatorToken() {
    return load().operatorToken();
  }

  /// Adds new keys and uses them from now on; see [Secrets#rotate].
  public void rotate(Instant now) {
    Secrets.rotate(file, now);
  }

  /// Leaves only the keys that are used now. What old keys have sealed must have been sealed anew.
  ///
  /// @throws IllegalStateException when people may still carry papers of an old key
  public void dropOldKeys(Instant now) {
    Instant free = Secrets.papersSince(file).plus(LONGEST_PAPER);
    if (now.isBefore(free)) {
      throw new IllegalStateException(
          "People still carry papers that the old key signed, until " + free + "; try again then");
    }
    Secrets.dropOldKeys(file);
  }

  /// Gives a running node's papers and sealer new keys whenever the file has changed. A file by
  /// which people are known differently is another installation's.
  ///
  /// @param after what else to do then
  /// @return to be called now and then
  Runnable follow(Papers papers, Sealer sealer, Runnable after) {
    return new Runnable() {
      private final Secrets known = load();
      private FileTime seen = changed();

      @Override
      public void run() {
        try {
          look();
        } catch (RuntimeException e) {
          LOG.warn("The keys could not be read anew: {}", e.getMessage());
        }
      }

      private void look() {
        FileTime now = changed();
        if (now.equals(seen)) {
          return;
        }
        Secrets secrets = load();
        if (!secrets.knowsPeopleLike(known)) {
          throw new IllegalStateException(file + " holds the keys of another installation. " + DO);
        }
        papers.renew(secrets.papers());
        sealer.renew(secrets.sealing());
        seen = now;
        LOG.info("The keys were read anew");
        after.run();
      }
    };
  }

  private FileTime changed() {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
