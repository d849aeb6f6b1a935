package dev.naru.booking.campaign;

import dev.naru.booking.campaign.Requirements.NamedList;
import dev.naru.common.eligibility.Audience;
import dev.naru.common.eligibility.Audience.Origin;
import dev.naru.common.text.LocalText;
import dev.naru.common.yaml.Section;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the lists of a campaign file, and what is only for those on a list or not for them.
final class AudienceReader {
  /// The keys of everything that may ask lists.
  static final List<String> KEYS = List.of("only", "not");

  /// Each costs every door a question.
  private static final int MOST_LISTS = 10;

  private final List<NamedList> lists;
  private final Section.Kind<String> known;

  private AudienceReader(List<NamedList> lists) {
    this.lists = lists;
    List<String> ids = lists.stream().map(NamedList::id).toList();
    this.known =
        new Section.Kind<>(
            ids.isEmpty()
                ? "a list that is named under lists; there is none"
                : "one of the lists " + String.join(", ", ids),
            text -> ids.contains(text) ? text : null);
  }

  /// Reads the section `lists`; what is wrong there counts as if it were not there.
  static AudienceReader read(Section file) {
    List<NamedList> lists = new ArrayList<>();
    List<Section.Item> items = file.has("lists") ? file.items("lists", MOST_LISTS) : null;
    for (Section.Item item : items == null ? List.<Section.Item>of() : items) {
      Section section = file.section(item, List.of("id", "name"));
      NamedList list = section == null ? null : list(section);
      if (section != null && list != null) {
        if (lists.stream().anyMatch(other -> other.id().equals(list.id()))) {
          section.mistake("id", "an id that no other list has");
        }
        lists.add(list);
      }
    }
    return new AudienceReader(lists);
  }

  private static @Nullable NamedList list(Section section) {
    String id = section.required("id", Kinds.IDENTIFIER);
    LocalText name = CampaignFile.name(section);
    return id == null || name == null ? null : new NamedList(id, name);
  }

  List<NamedList> lists() {
    return lists;
  }

  /// The id of one of the lists.
  Section.Kind<String> known() {
    return known;
  }

  /// The keys `only` and `not` of a section.
  Audience audience(Section section, Origin origin) {
    List<String> only = section.list("only", MOST_LISTS, known);
    List<String> not = section.list("not", MOST_LISTS, known);
    for (String both : only) {
      if (not.contains(both)) {
        section.mistake("not", "lists that are not also under only");
        break;
      }
    }
    return new Audience(origin, only, not);
  }
}
