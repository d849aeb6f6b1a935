package dev.naru.app.command;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// The progress bar of long work.
final class Progress {
  private Progress() {}

  static ProgressBar bar(String what) {
    return new ProgressBarBuilder()
        .setTaskName(what)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(200)
        .continuousUpdate()
        .setInitialMax(-1)
        .build();
  }
}
