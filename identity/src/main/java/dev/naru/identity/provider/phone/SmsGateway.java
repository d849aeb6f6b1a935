package dev.naru.identity.provider.phone;

import java.io.IOException;

/// Sends text messages. Blocks.
@FunctionalInterface
public interface SmsGateway {
  /// @param phone digits as dialled at home
  /// @throws IOException when the gateway did not take it; caused by a
  ///   [java.util.concurrent.TimeoutException] when nobody knows whether it did
  void send(String phone, String text) throws IOException;
}
