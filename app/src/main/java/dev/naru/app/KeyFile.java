package dev.naru.app;

import dev.naru.common.paper.Papers;
import dev.naru.common.person.PersonKeys;
import dev.naru.common.person.Sealer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The key file of an installation, as an operator and a running node see it.
public final class KeyFile {
  private static final Logger LOG = LoggerFactory.getLogger(KeyFile.class);

  /// The longest session: after it no paper of an old key is still carried.
  private static final Duration LONGEST_PAPER = Duration.ofDays(1);

  private final Path file;

  public KeyFile(Path file) {
    this.file = file;
  }

  /// The keys, made when the file is missing.
  ///
  /// @throws IllegalStateException when it cannot be read or is not such a file
  Secrets load() {
    return Secrets.load(file);
  }

  /// What people are known by.
  public PersonKeys persons() {
    return load().persons();
  }

  /// Opens what these keys have sealed.
  public Sealer sealer() {
    return Sealer.open(load().sealing());
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

  /// Gives a running node's papers and sealer new keys whenever the file has changed.
  ///
  /// @param after what else to do then
  /// @return to be called now and then
  Runnable follow(Papers papers, Sealer sealer, Runnable after) {
    return new Runnable() {
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
