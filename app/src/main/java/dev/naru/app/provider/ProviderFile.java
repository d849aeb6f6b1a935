package dev.naru.app.provider;

import dev.naru.common.yaml.Mistake;
import dev.naru.common.yaml.MistakeList;
import dev.naru.common.yaml.Section;
import dev.naru.common.yaml.YamlRoot;
import dev.naru.identity.provider.About;
import dev.naru.identity.provider.IdentityProvider;
import dev.naru.identity.provider.simulated.SimulatedSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The configured identity providers, from YAML pages (docs/identity.md).
///
/// @param providers in the order of the pages
public record ProviderFile(List<Configured> providers) {
  public static final ProviderFile NONE = new ProviderFile(List.of());

  private static final int LONGEST = 100_000;
  private static final int MOST = 50;
  private static final List<String> KEYS = List.of("providers");

  /// Every kind of provider with who reads its page.
  private static final Map<String, KindReader> KINDS =
      Map.of(
          "simulated", new SimulatedReader(),
          "oidc", new OidcReader(),
          "encrypted-callback", new EncryptedCallbackReader(),
          "phone-code", new PhoneCodeReader(),
          "app-approval", new ApprovalReader(),
          "certificate", new CertificateReader());

  /// Makes a provider of what was read.
  interface Factory {
    IdentityProvider make(ProviderTools tools);
  }

  /// Reads what one kind has of its own.
  interface KindReader {
    /// The keys that a page of this kind may have besides those that all have.
    List<String> keys();

    /// @return what makes it, used only when the file has no mistakes
    Factory read(About about, Values values);
  }

  /// One provider.
  ///
  /// @param simulated whether it believes everybody
  /// @param ownPeople whether it does not know people by the connecting information that others
  ///   know them by
  record Configured(String id, boolean simulated, boolean ownPeople, Factory factory) {}

  /// @param path one page, or a folder with pages that end in `.yaml`
  /// @param publicUrl of Naru, as browsers see it; null when it was not told
  /// @throws IllegalStateException when a page is not right; the message says what and where
  public static ProviderFile read(Path path, @Nullable URI publicUrl) {
    List<Configured> all = new ArrayList<>();
    for (Path page : pages(path)) {
      all.addAll(page(page, publicUrl));
    }
    refuseDoubles(all);
    return new ProviderFile(List.copyOf(all));
  }

  /// Simulated ones, without a page.
  public static ProviderFile simulated(List<SimulatedSettings> all) {
    return new ProviderFile(
        all.stream()
            .map(
                settings ->
                    new Configured(
                        settings.id(), true, false, tools -> SimulatedReader.of(settings, tools)))
            .toList());
  }

  private static List<Path> pages(Path path) {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException e) {
      throw new IllegalStateException(path + " cannot be read", e);
    }
  }

  private static List<Configured> page(Path page, @Nullable URI publicUrl) {
    String text;
    try {
      text = Files.readString(page);
    } catch (IOException e) {
      throw new IllegalStateException(page + " cannot be read as UTF-8 text", e);
    }
    MistakeList mistakes = new MistakeList();
    Section root = YamlRoot.read(text, LONGEST, KEYS, mistakes);
    List<Section.Item> items = root == null ? null : root.items("providers", MOST);
    List<Configured> all = new ArrayList<>();
    for (Section.Item item : items == null ? List.<Section.Item>of() : items) {
      Configured one = provider(item, new Values.Place(page, publicUrl, mistakes));
      if (one != null) {
        all.add(one);
      }
    }
    if (root != null && items != null && items.isEmpty()) {
      root.missing("providers", "a list of providers");
    }
    if (!mistakes.isEmpty()) {
      throw new IllegalStateException(told(page, mistakes));
    }
    return all;
  }

  private static @Nullable Configured provider(Section.Item item, Values.Place place) {
    // Which keys there may be depends on the kind, so that is looked at first.
    KindReader reader = KINDS.get(Values.kind(item, KINDS.keySet(), place));
    if (reader == null) {
      return null;
    }
    List<String> keys = Stream.concat(Values.COMMON.stream(), reader.keys().stream()).toList();
    Section section = Section.of(item.node(), item.path(), keys, place.mistakes());
    if (section == null) {
      return null;
    }
    Values values = new Values(section, place);
    About about = values.about();
    Factory factory = reader.read(about, values);
    return new Configured(
        about.id(), reader instanceof SimulatedReader, values.yes("ownPeople", false), factory);
  }

  private static String told(Path page, MistakeList mistakes) {
    StringBuilder text = new StringBuilder(page + " is not right (docs/identity.md)");
    for (Mistake mistake : mistakes.sorted()) {
      text.append(System.lineSeparator()).append("  ").append(mistake.text());
    }
    return text.toString();
  }

  private static void refuseDoubles(List<Configured> all) {
    List<String> ids = new ArrayList<>();
    for (Configured one : all) {
      if (ids.contains(one.id())) {
        throw new IllegalStateException("two identity providers have the id " + one.id());
      }
      ids.add(one.id());
    }
  }

  /// What an operator has to know.
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (providers.isEmpty()) {
      warnings.add("No identity provider is configured (--providers): nobody can verify.");
    }
    if (providers.stream().anyMatch(Configured::simulated)) {
      warnings.addAll(
          List.of(
              "",
              "  ##########################################################################",
              "  #  SIMULATED IDENTITY CHECKS ARE ON: EVERYBODY IS BELIEVED. NOT FOR USE  #",
              "  #  WITH REAL PEOPLE.                                                     #",
              "  ##########################################################################",
              ""));
    }
    List<String> own =
        providers.stream().filter(Configured::ownPeople).map(Configured::id).toList();
    if (!own.isEmpty() && providers.size() > 1) {
      warnings.add(
          "People of "
              + String.join(", ", own)
              + " count as other people than those of other providers (ownPeople): somebody who"
              + " uses both can book twice. Offer such a provider alone.");
    }
    return warnings;
  }

  /// Makes them.
  public List<IdentityProvider> make(ProviderTools tools) {
    return providers.stream().map(one -> one.factory().make(tools)).toList();
  }
}
