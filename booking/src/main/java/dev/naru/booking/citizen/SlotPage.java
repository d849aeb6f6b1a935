package dev.naru.booking.citizen;

import static dev.naru.booking.citizen.JsonBytes.ascii;

import dev.naru.booking.campaign.Campaign;
import dev.naru.booking.search.SlotIndex.FreeSlot;
import java.util.List;

/// The slots of a site on a day as JSON: `{slots: [{slot, startsAt, product, free}]}`. Whoever
/// books asks for it, so it is written as [SitePages] are: a mapper took longer, half of it for the
/// moments.
final class SlotPage {
  /// The bytes of a slot with an ordinary product.
  private static final int USUAL_LENGTH = 100;

  private static final byte[] SLOTS = ascii("{\"slots\":[");
  private static final byte[] SLOT = ascii("{\"slot\":\"");
  private static final byte[] STARTS_AT = ascii("\",\"startsAt\":\"");
  private static final byte[] PRODUCT = ascii("\",\"product\":\"");
  private static final byte[] FREE = ascii("\",\"free\":");
  private static final byte[] END = ascii("]}");

  private SlotPage() {}

  /// @param slots in order
  static byte[] json(Campaign campaign, List<FreeSlot> slots) {
    JsonBytes json = new JsonBytes(USUAL_LENGTH * (slots.size() + 1));
    List<byte[]> products =
        campaign.products().stream().map(product -> ascii(product.id())).toList();
    json.put(SLOTS);
    for (int i = 0; i < slots.size(); i++) {
      if (i > 0) {
        json.put(',');
      }
      FreeSlot free = slots.get(i);
      json.put(SLOT)
          .put(free.slot().id())
          .put(STARTS_AT)
          .put(RefusalProblems.time(free.slot().startsAt(), campaign.zone()))
          .put(PRODUCT)
          .put(products.get(free.slot().product()))
          .put(FREE)
          .put(free.free())
          .put('}');
    }
    return json.put(END).toByteArray();
  }
}
