package dev.naru.database;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/// A program of its own on a folder, whose server is busy until both are killed.
final class KilledProgram {
  private KilledProgram() {}

  /// Starts it and waits until its server is busy.
  static Process start(Path folder) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                KilledProgram.class.getName(),
                folder.toString())
            .redirectError(new File("/dev/null"))
            .start();
    var output = process.inputReader();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.equals("busy")) {
        return process;
      }
    }
    throw new IOException("the program ended before its server was busy");
  }

  /// @param args the folder
  static void main(String... args) throws Exception {
    LocalPostgres server = LocalPostgres.open(Path.of(args[0]));
    Database database = server.database("naru");
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE IF NOT EXISTS kept (id bigint)");
    }
    for (int i = 0; i < 2; i++) {
      occupy(database, "SELECT count(*) FROM generate_series(1, 100000000000)");
      occupy(database, "INSERT INTO kept SELECT generate_series(1, 100000000000)");
    }
    Thread.sleep(300);
    System.out.println("busy");
    Thread.sleep(600_000);
  }

  /// Work that does not look whether the server still lives.
  private static void occupy(Database database, String sql) {
    Thread.ofPlatform()
        .start(
            () -> {
              try (Connection connection = database.dataSource().getConnection();
                  Statement statement = connection.createStatement()) {
                statement.execute(sql);
              } catch (SQLException e) {
                // The server was killed: that was the intention.
              }
            });
  }
}
