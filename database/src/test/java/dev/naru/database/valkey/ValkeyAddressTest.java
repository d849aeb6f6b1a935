package dev.naru.database.valkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ValkeyAddressTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://valkey.example",
        "redis://valkey.example:6380/3",
        "rediss://naru@valkey.example:6379"
      })
  void addressesAreTaken(String url) {
    assertThat(ValkeyAddress.of(url, "secret").url()).hasToString(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "valkey:6379",
        "http://valkey:6379",
        "redis:///3",
        "redis://a b",
        "redis://a/x"
      })
  void whatIsNoAddressIsRefused(String url) {
    assertThatThrownBy(() -> ValkeyAddress.of(url, null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("redis://host:6379");
  }

  @Test
  void aPasswordOnTheCommandLineIsRefusedAndNotRepeated() {
    assertThatThrownBy(() -> ValkeyAddress.of("redis://naru:s3cret@valkey", null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("NARU_VALKEY_PASSWORD")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void aPasswordIsNotShown() {
    assertThat(ValkeyAddress.of("redis://valkey", "s3cret")).hasToString("valkey:6379");
  }
}
