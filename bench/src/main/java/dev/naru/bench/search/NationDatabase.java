package dev.naru.bench.search;

import dev.naru.bench.served.BenchCampaign;
import dev.naru.booking.campaign.Campaigns;
import dev.naru.booking.campaign.StoredCampaign;
import dev.naru.booking.site.Regions;
import dev.naru.booking.site.SiteStore;
import dev.naru.booking.site.SyntheticNation;
import dev.naru.database.Database;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.time.LocalDate;

/// A nation's sites, and for each of them 30 days of 16 half hours, a good half of them booked.
/// Also what programs without an index in memory ask.
final class NationDatabase {
  static final LocalDate FIRST_DAY = LocalDate.of(2030, 1, 7);
  static final int DAYS = 30;
  private static final int HALF_HOURS = 16;

  private final Database database;

  NationDatabase(Database database) {
    this.database = database;
  }

  /// Fills an empty database.
  StoredCampaign fill(int sites) throws SQLException {
    database.migrate("booking");
    Campaigns campaigns = new Campaigns(database.dataSource(), InstantSource.system());
    // Before there are sites: its slots are made below, the same number for every site.
    campaigns.apply(BenchCampaign.yaml(2, 1));
    campaigns.refresh();
    StoredCampaign campaign = campaigns.byId(BenchCampaign.ID).orElseThrow();
    new SiteStore(database.dataSource())
        .save(new SyntheticNation(Regions.load()).generate(1, sites));
    execute(
        """
        INSERT INTO booking.slot
          (campaign, product, site, starts_at, capacity, booked, share_offset)
        SELECT %d, 0, site.id,
               ('%s'::date + day + time '09:00' + half * interval '30 minutes')
                 AT TIME ZONE 'Asia/Seoul',
               5, (site.id * 7 + day * 3 + half * 5) %% 6, (site.id + day + half) %% 10
          FROM booking.site, generate_series(0, %d) AS day, generate_series(0, %d) AS half
         ORDER BY site.id, day, half
        """
            .formatted(campaign.number(), FIRST_DAY, DAYS - 1, HALF_HOURS - 1));
    execute(
        """
        CREATE TABLE booking.day_summary AS
        SELECT site, (starts_at AT TIME ZONE 'Asia/Seoul')::date AS day,
               sum(capacity - booked)::int AS free
          FROM booking.slot GROUP BY 1, 2
        """);
    execute("ALTER TABLE booking.day_summary ADD PRIMARY KEY (site, day)");
    execute("CREATE INDEX bench_site_region ON booking.site (region)");
    execute("VACUUM ANALYZE booking.slot");
    execute("VACUUM ANALYZE booking.day_summary");
    execute("VACUUM ANALYZE booking.site");
    return campaign;
  }

  long slots() throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM booking.slot")) {
      row.next();
      return row.getLong(1);
    }
  }

  /// The two ways in SQL.
  enum Way {
    /// What a program asks that keeps no sums.
    NAIVE(
        """
        SELECT site.id, (starts_at AT TIME ZONE 'Asia/Seoul')::date, sum(capacity - booked)
          FROM booking.site JOIN booking.slot ON slot.site = site.id AND slot.campaign = 1
         WHERE site.region = ? AND (starts_at AT TIME ZONE 'Asia/Seoul')::date BETWEEN ? AND ?
           AND booked < capacity
         GROUP BY 1, 2 ORDER BY 2, 1
        """),
    /// What one asks that keeps the sums of days in a table.
    SUMMARY(
        """
        SELECT site.id, day, free
          FROM booking.site JOIN booking.day_summary ON day_summary.site = site.id
         WHERE site.region = ? AND day BETWEEN ? AND ? AND free > 0
         ORDER BY 2, 1
        """);

    private final String sql;

    Way(String sql) {
      this.sql = sql;
    }
  }

  /// A district's sites with something free, asked over and over on one connection.
  final class Asker implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement statement;

    Asker(Way way) throws SQLException {
      connection = database.dataSource().getConnection();
      statement = connection.prepareStatement(way.sql);
    }

    int ask(String region, LocalDate from, LocalDate to) throws SQLException {
      statement.setString(1, region);
      statement.setDate(2, Date.valueOf(from));
      statement.setDate(3, Date.valueOf(to));
      int found = 0;
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          found += row.getInt(3);
        }
      }
      return found;
    }

    @Override
    public void close() throws SQLException {
      statement.close();
      connection.close();
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
