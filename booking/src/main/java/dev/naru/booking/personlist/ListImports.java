package dev.naru.booking.personlist;

import dev.naru.booking.personlist.ListImportResult.FileRefused;
import dev.naru.booking.personlist.ListImportResult.Imported;
import dev.naru.booking.personlist.ListImportResult.LinesRefused;
import dev.naru.common.person.PersonKeys;
import dev.naru.common.text.LocalText;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import javax.sql.DataSource;

/// Imports and removes lists of people. Blocks.
public final class ListImports {
  private final DataSource database;
  private final PersonKeys keys;
  private final InstantSource clock;
  private final PersonListStore store = new PersonListStore();

  public ListImports(DataSource database, PersonKeys keys, InstantSource clock) {
    this.database = database;
    this.keys = keys;
    this.clock = clock;
  }

  /// Is told how far the reading is.
  @FunctionalInterface
  public interface Progress {
    /// @param lines that were right so far
    void at(long bytes, long lines);
  }

  /// Puts the people of a file in place of a list; everything, or nothing.
  ///
  /// @param campaign id of one that was applied
  /// @param list its id in the campaign
  /// @param column whose heading says by what people are known
  /// @param partial whether to go on without the lines that are wrong
  /// @throws IllegalStateException when the file or the database cannot be used
  public ListImportResult run(
      String campaign, String list, Path file, String column, boolean partial, Progress progress) {
    ListReader reader = new ListReader(keys, new ListKey(keys, campaign, list), column, progress);
    try {
      return switch (reader.read(file)) {
        case ListReader.Reading.Wrong(LocalText reason) -> new FileRefused(reason);
        case ListReader.Reading.Read(FingerprintSet _, long lines, var refused)
            when refused.count() > 0 && !partial ->
            new LinesRefused(lines, refused);
        case ListReader.Reading.Read(FingerprintSet people, long lines, var refused) -> {
          store(campaign, list, people);
          yield new Imported(people.size(), lines - people.size(), refused);
        }
      };
    } catch (IOException e) {
      throw new IllegalStateException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private void store(String campaign, String list, FingerprintSet people) {
    inTransaction(
        campaign,
        (connection, number) -> {
          store.replace(connection, number, list, people, clock.instant());
          return true;
        });
  }

  /// Removes a list.
  ///
  /// @return whether there was one
  /// @throws IllegalStateException when the database cannot be used
  public boolean remove(String campaign, String list) {
    return inTransaction(campaign, (connection, number) -> store.delete(connection, number, list));
  }

  private boolean inTransaction(String campaign, PersonListStore.Change work) {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      boolean committed = false;
      try {
        OptionalInt number = store.campaign(connection, campaign);
        if (number.isEmpty()) {
          throw new IllegalStateException("there is no campaign " + campaign);
        }
        boolean done = work.on(connection, number.getAsInt());
        connection.commit();
        committed = true;
        return done;
      } finally {
        if (!committed) {
          connection.rollback();
        }
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the list " + list(campaign, e), e);
    }
  }

  private static String list(String campaign, SQLException e) {
    return "of campaign " + campaign + " cannot be changed (state " + e.getSQLState() + ")";
  }

  /// A list that there is.
  ///
  /// @param entries how many different people
  public record Listed(int entries, Instant importedAt) {}

  /// The lists of a campaign by id.
  ///
  /// @throws IllegalStateException when the database cannot be used
  public Map<String, Listed> of(String campaign) {
    Map<String, Listed> of = new TreeMap<>();
    try (Connection connection = database.getConnection()) {
      store
          .all(connection)
          .forEach(
              (name, row) -> {
                if (name.campaign().equals(campaign)) {
                  of.put(name.list(), new Listed(row.entries(), row.importedAt()));
                }
              });
    } catch (SQLException e) {
      throw new IllegalStateException("the lists cannot be read", e);
    }
    return of;
  }
}
