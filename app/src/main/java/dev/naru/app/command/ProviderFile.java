package dev.naru.app.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.naru.common.text.LocalText;
import dev.naru.identity.provider.IdentityProvider;
import dev.naru.identity.provider.Later;
import dev.naru.identity.provider.simulated.SimulatedProvider;
import dev.naru.identity.provider.simulated.SimulatedSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/// The configured identity providers.
///
/// @param simulated those that believe whatever they are told
record ProviderFile(List<SimulatedSettings> simulated) {
  static final ProviderFile NONE = new ProviderFile(List.of());

  private record Yml(@Nullable List<@Nullable Entry> providers) {}

  private record Entry(
      @JsonProperty(required = true) @Nullable String id,
      @JsonProperty(required = true) @Nullable String kind,
      @JsonProperty(required = true) @Nullable LocalText name,
      @JsonProperty(required = true) @Nullable Duration medianLatency,
      @JsonProperty(required = true) int capacity,
      double failureRatio,
      @Nullable Outage outage) {}

  private record Outage(@Nullable Duration every, @Nullable Duration lasting) {}

  /// @throws IllegalStateException when the file is not right; the message says what and where
  static ProviderFile read(Path file) {
    try {
      Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
      Yml yml =
          JsonMapper.builder()
              .addModule(new JavaTimeModule())
              .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
              .build()
              .convertValue(tree == null ? Map.of() : tree, Yml.class);
      return new ProviderFile(
          present(yml.providers(), "providers").stream()
              .map(entry -> settings(present(entry, "a provider")))
              .toList());
    } catch (YAMLException | IllegalArgumentException e) {
      Throwable cause = e.getCause();
      String what =
          cause instanceof JsonProcessingException json
              ? json.getOriginalMessage()
              : String.valueOf(e.getMessage());
      throw new IllegalStateException(
          file + " is not right: " + what + " (see examples/providers.yaml)", e);
    } catch (IOException e) {
      throw new IllegalStateException(file + " cannot be read", e);
    }
  }

  private static SimulatedSettings settings(Entry entry) {
    String id = present(entry.id(), "id");
    if (!"simulated".equals(entry.kind())) {
      throw new IllegalArgumentException(
          "provider " + id + ": kind " + entry.kind() + " is not known, only simulated is");
    }
    Outage outage = entry.outage();
    return new SimulatedSettings(
        id,
        present(entry.name(), "name"),
        present(entry.medianLatency(), "medianLatency"),
        entry.capacity(),
        entry.failureRatio(),
        outage == null
            ? null
            : new SimulatedSettings.Outage(
                present(outage.every(), "every"), present(outage.lasting(), "lasting")));
  }

  private static <T> T present(@Nullable T value, String what) {
    if (value == null) {
      throw new IllegalArgumentException(what + " is missing");
    }
    return value;
  }

  /// What an operator has to know.
  List<String> warnings() {
    return simulated.isEmpty()
        ? List.of("No identity provider is configured (--providers): nobody can verify.")
        : List.of(
            "",
            "  ##########################################################################",
            "  #  SIMULATED IDENTITY CHECKS ARE ON: EVERYBODY IS BELIEVED. NOT FOR USE  #",
            "  #  WITH REAL PEOPLE.                                                     #",
            "  ##########################################################################",
            "");
  }

  List<IdentityProvider> providers(ScheduledExecutorService scheduler) {
    return simulated.stream()
        .<IdentityProvider>map(
            settings ->
                new SimulatedProvider(
                    settings, InstantSource.system(), new SecureRandom(), Later.on(scheduler)))
        .toList();
  }
}
