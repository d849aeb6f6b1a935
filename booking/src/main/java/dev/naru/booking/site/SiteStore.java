package dev.naru.booking.site;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The table `booking.site`.
public final class SiteStore {
  /// Sites per statement that stages them. Larger was not faster; smaller pays more round trips.
  private static final int BATCH = 2_000;

  private static final String STAGE_TABLE =
      """
      CREATE TEMPORARY TABLE listed_site
        (source text, source_key text, name text, kind text, address text, phone text,
         region text, lat float8, lng float8, hours text,
         place int GENERATED ALWAYS AS IDENTITY)
      ON COMMIT DROP
      """;

  private static final String STAGE =
      """
      INSERT INTO listed_site
             (source, source_key, name, kind, address, phone, region, lat, lng, hours)
      SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                           ?::text[], ?::float8[], ?::float8[], ?::text[])
      """;

  private static final String CHANGE =
      """
      UPDATE booking.site s
         SET name = n.name, kind = n.kind, address = n.address, phone = n.phone,
             region = n.region, lat = n.lat, lng = n.lng, hours = n.hours
        FROM listed_site n
       WHERE s.source = n.source AND s.source_key = n.source_key
         AND (s.name, s.kind, s.address, s.phone, s.region, s.lat, s.lng, s.hours)
             IS DISTINCT FROM
             (n.name, n.kind, n.address, n.phone, n.region, n.lat, n.lng, n.hours)
      """;

  /// Not ON CONFLICT: that would use up ids even when nothing is new.
  private static final String CREATE =
      """
      INSERT INTO booking.site
             (source, source_key, name, kind, address, phone, region, lat, lng, hours)
      SELECT n.source, n.source_key, n.name, n.kind, n.address, n.phone, n.region, n.lat, n.lng,
             n.hours
        FROM listed_site n
       WHERE NOT EXISTS (SELECT FROM booking.site s
                          WHERE s.source = n.source AND s.source_key = n.source_key)
       ORDER BY n.place
      """;

  private final DataSource database;

  public SiteStore(DataSource database) {
    this.database = database;
  }

  /// What storing did to the table.
  ///
  /// @param created sites that were not there
  /// @param changed sites that were there with other content
  /// @param unchanged sites that were there just so
  public record Saved(int created, int changed, int unchanged) {
    Saved plus(Saved more) {
      return new Saved(created + more.created, changed + more.changed, unchanged + more.unchanged);
    }
  }

  /// All sites in order of their ids.
  public List<Site> all() {
    try (Connection connection = database.getConnection();
        PreparedStatement query =
            connection.prepareStatement(
                """
                SELECT id, name, kind, address, phone, region, lat, lng, hours, active
                  FROM booking.site ORDER BY id
                """);
        ResultSet row = query.executeQuery()) {
      List<Site> sites = new ArrayList<>();
      while (row.next()) {
        sites.add(site(row));
      }
      return sites;
    } catch (SQLException e) {
      throw new IllegalStateException("The sites cannot be read", e);
    }
  }

  private static Site site(ResultSet row) throws SQLException {
    double lat = row.getDouble("lat");
    boolean located = !row.wasNull();
    return new Site(
        row.getInt("id"),
        row.getString("name"),
        row.getString("kind"),
        row.getString("address"),
        row.getString("phone"),
        row.getString("region"),
        located ? new Point(lat, row.getDouble("lng")) : null,
        row.getString("hours"),
        row.getBoolean("active"));
  }

  /// How many sites there are.
  public int count() {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM booking.site")) {
      row.next();
      return row.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException("The sites cannot be counted", e);
    }
  }

  /// Stores all of them or, on an exception, none. Whether a site is active is left as it is.
  ///
  /// @param sites no two with the same source and key
  public Saved save(Stream<ListedSite> sites) {
    try (Writing writing = write()) {
      sites.forEachOrdered(writing::add);
      return writing.commit();
    }
  }

  /// Opens a transaction to store sites one after the other. They are staged first and compared
  /// with the table all at once, which keeps the lock short and the statements few.
  Writing write() {
    return new Writing(database);
  }

  /// One transaction of storing. Closing it without [#commit] leaves the table as it was.
  static final class Writing implements AutoCloseable {
    private final Connection connection;
    private final List<ListedSite> batch = new ArrayList<>(BATCH);
    private int added;
    private boolean open = true;

    private Writing(DataSource database) {
      try {
        connection = database.getConnection();
      } catch (SQLException e) {
        throw new IllegalStateException("The sites cannot be stored", e);
      }
      try {
        connection.setAutoCommit(false);
        execute(STAGE_TABLE);
      } catch (SQLException e) {
        close();
        throw new IllegalStateException("The sites cannot be stored", e);
      }
    }

    /// Adds one.
    void add(ListedSite site) {
      batch.add(site);
      if (batch.size() == BATCH) {
        stage();
      }
    }

    /// Makes everything added permanent; two who store sites at once do it one after the other.
    Saved commit() {
      stage();
      try {
        execute("ANALYZE listed_site");
        execute("LOCK TABLE booking.site IN SHARE ROW EXCLUSIVE MODE");
        int changed = execute(CHANGE);
        int created = execute(CREATE);
        connection.commit();
        open = false;
        return new Saved(created, changed, added - created - changed);
      } catch (SQLException e) {
        throw new IllegalStateException("The sites cannot be stored", e);
      }
    }

    private int execute(String sql) throws SQLException {
      try (Statement statement = connection.createStatement()) {
        return statement.executeUpdate(sql);
      }
    }

    private void stage() {
      if (batch.isEmpty()) {
        return;
      }
      try (PreparedStatement statement = connection.prepareStatement(STAGE)) {
        texts(statement, 1, ListedSite::source);
        texts(statement, 2, ListedSite::key);
        texts(statement, 3, ListedSite::name);
        texts(statement, 4, ListedSite::kind);
        texts(statement, 5, ListedSite::address);
        texts(statement, 6, ListedSite::phone);
        texts(statement, 7, ListedSite::region);
        numbers(statement, 8, Point::lat);
        numbers(statement, 9, Point::lng);
        texts(statement, 10, ListedSite::hours);
        added += statement.executeUpdate();
      } catch (SQLException e) {
        throw new IllegalStateException("The sites cannot be stored", e);
      }
      batch.clear();
    }

    private void texts(
        PreparedStatement statement, int index, Function<ListedSite, @Nullable String> field)
        throws SQLException {
      array(statement, index, "text", batch.stream().map(field).toArray());
    }

    private void numbers(PreparedStatement statement, int index, Function<Point, Double> field)
        throws SQLException {
      @Nullable Object[] values = new @Nullable Object[batch.size()];
      for (int i = 0; i < values.length; i++) {
        Point point = batch.get(i).point();
        values[i] = point == null ? null : field.apply(point);
      }
      array(statement, index, "float8", values);
    }

    private void array(
        PreparedStatement statement, int index, String type, @Nullable Object[] values)
        throws SQLException {
      Array array = connection.createArrayOf(type, values);
      statement.setArray(index, array);
    }

    /// Hands the connection back in the state it came in.
    @Override
    public void close() {
      try (connection) {
        if (open) {
          connection.rollback();
        }
        connection.setAutoCommit(true);
      } catch (SQLException e) {
        throw new IllegalStateException("The sites cannot be stored", e);
      }
    }
  }
}
