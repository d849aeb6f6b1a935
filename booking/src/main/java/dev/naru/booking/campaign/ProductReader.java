package dev.naru.booking.campaign;

import dev.naru.common.eligibility.Audience;
import dev.naru.common.text.LocalText;
import dev.naru.common.yaml.MistakeList;
import dev.naru.common.yaml.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads the products of a campaign file.
final class ProductReader {
  /// What fits on a telephone's screen as a choice.
  static final int MOST = 10;

  private static final int MAX_DOSES = 4;
  private static final int MAX_INTERVAL = 366;
  private static final List<String> KEYS =
      List.of(
          "id",
          "name",
          "doses",
          "intervalDays",
          "earliestDays",
          "latestDays",
          "bookedTogether",
          "only",
          "not");
  private static final List<String> LATER_DOSES =
      List.of("intervalDays", "earliestDays", "latestDays", "bookedTogether");

  private final MistakeList mistakes;
  private final AudienceReader audiences;

  ProductReader(MistakeList mistakes, AudienceReader audiences) {
    this.mistakes = mistakes;
    this.audiences = audiences;
  }

  /// The products, or null when one of them could not be read.
  @Nullable List<Product> read(Section file) {
    List<Product> products = new ArrayList<>();
    List<Section.Item> items = file.items("products", MOST);
    if (items == null) {
      return null;
    }
    if (items.isEmpty()) {
      mistakes.add(file.at("products"), "products", "nothing", "a list of at least one product");
      return null;
    }
    for (Section.Item item : items) {
      Section section = file.section(item, KEYS);
      Product product = section == null ? null : product(section);
      if (section != null && product != null) {
        if (products.stream().anyMatch(other -> other.id().equals(product.id()))) {
          section.mistake("id", "an id that no other product has");
        }
        products.add(product);
      }
    }
    return products.size() == items.size() ? products : null;
  }

  private @Nullable Product product(Section section) {
    String id = section.required("id", Kinds.IDENTIFIER);
    LocalText name = CampaignFile.name(section);
    Integer doses = section.optional("doses", Kinds.whole(1, MAX_DOSES), 1);
    if (id == null || name == null || doses == null) {
      return null;
    }
    Audience audience = audiences.audience(section, Audience.Origin.ANY);
    if (doses > 1) {
      return withLaterDoses(section, id, name, doses, audience);
    }
    for (String key : LATER_DOSES) {
      if (section.has(key)) {
        section.mistake(key, "nothing here, as there is one dose");
      }
    }
    return new Product(id, name, 1, 0, 0, 0, false, audience);
  }

  private static @Nullable Product withLaterDoses(
      Section section, String id, LocalText name, int doses, Audience audience) {
    Integer interval = section.required("intervalDays", Kinds.whole(1, MAX_INTERVAL));
    Integer earliest =
        section.optional(
            "earliestDays", Kinds.whole(1, MAX_INTERVAL), Objects.requireNonNullElse(interval, 1));
    Integer latest =
        section.optional(
            "latestDays", Kinds.whole(1, MAX_INTERVAL), Objects.requireNonNullElse(interval, 1));
    Boolean together = section.optional("bookedTogether", Kinds.YES_OR_NO, false);
    if (interval == null || earliest == null || latest == null || together == null) {
      return null;
    }
    if (earliest > interval) {
      section.mistake("earliestDays", "at most intervalDays, " + interval);
    }
    if (latest < interval) {
      section.mistake("latestDays", "at least intervalDays, " + interval);
    }
    return new Product(id, name, doses, interval, earliest, latest, together, audience);
  }
}
