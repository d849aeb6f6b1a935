package dev.naru.booking.site;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The mappings that ship with the product, for lists that many have.
final class SiteMappings {
  private static final List<String> SHIPPED = List.of("mohw-public-health-centres");

  private SiteMappings() {}

  /// The one whose headings are all there.
  static Optional<SiteMapping> forHeader(Collection<String> header) {
    return SHIPPED.stream()
        .map(SiteMappings::shipped)
        .filter(mapping -> header.containsAll(mapping.headings()))
        .findFirst();
  }

  static SiteMapping shipped(String name) {
    return switch (MappingReader.read(text(name), HoursPattern::matches)) {
      case MappingReading.Valid(SiteMapping mapping) -> mapping;
      case MappingReading.Invalid(List<MappingReading.Mistake> mistakes) ->
          throw new IllegalStateException(name + ": " + mistakes);
    };
  }

  private static String text(String name) {
    try (InputStream in =
        Objects.requireNonNull(
            SiteMappings.class.getResourceAsStream("mapping/" + name + ".yaml"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
