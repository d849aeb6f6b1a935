package dev.naru.bench;

import java.io.Console;
import java.util.Optional;

/// One line on the terminal that says what goes on; nothing when the errors go to a file.
public final class Progress {
  private static final boolean TERMINAL = isTerminal();

  private Progress() {}

  private static boolean isTerminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }

  /// Shows what goes on now.
  public static void show(String what) {
    if (TERMINAL) {
      System.err.printf("\r%-76.76s", what);
    }
  }

  /// Makes room for a result.
  public static void clear() {
    if (TERMINAL) {
      System.err.printf("\r%-76s\r", "");
    }
  }
}
