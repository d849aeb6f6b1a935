package dev.naru.app.command;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// The files and connections that this process may open.
final class OpenFiles {
  private OpenFiles() {}

  /// Java raises its own limit to the hard one. Where there is none to be asked, there is none.
  static long limit() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getMaxFileDescriptorCount()
        : Integer.MAX_VALUE;
  }
}
