package dev.naru.app.command;

import java.io.Console;
import java.util.Optional;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// The progress bar of long work.
final class Progress {
  private Progress() {}

  /// A bar on a terminal; nothing where it would only fill a file.
  static ProgressBar bar(String what) {
    ProgressBarBuilder bar =
        new ProgressBarBuilder()
            .setTaskName(what)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(200)
            .continuousUpdate()
            .setInitialMax(-1);
    return isTerminal()
        ? bar.build()
        : bar.setConsumer(new DelegatingProgressBarConsumer(_ -> {})).build();
  }

  static boolean isTerminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }
}
