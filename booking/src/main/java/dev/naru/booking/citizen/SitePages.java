package dev.naru.booking.citizen;

import static dev.naru.booking.citizen.JsonBytes.ascii;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.naru.booking.search.FreeDays;
import dev.naru.booking.search.Search;
import dev.naru.booking.site.Point;
import dev.naru.booking.site.Site;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Found sites as JSON: `{sites: [{id, name, …, meters?, days: [{date, free}]}], next?}`.
///
/// What of a site never changes is written once and kept, as bytes. Written anew for each search it
/// cost more than everything else that a search does.
public final class SitePages {
  /// The bytes of an ordinary page of 20 sites and a week.
  private static final int USUAL_LENGTH = 12_000;

  private static final int DATE_LENGTH = 32;

  private static final byte[] SITES = ascii("{\"sites\":[");
  private static final byte[] METERS = ascii(",\"meters\":");
  private static final byte[] DAYS = ascii(",\"days\":[");
  private static final byte[] DATE = ascii("{\"date\":\"");
  private static final byte[] FREE = ascii("\",\"free\":");
  private static final byte[] DAYS_END = ascii("]}");
  private static final byte[] NEXT = ascii("],\"next\":\"");
  private static final byte[] NEXT_END = ascii("\"}");

  private final ObjectMapper mapper;
  private final Map<Integer, Written> written = new ConcurrentHashMap<>();

  public SitePages(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  private static final class Written {
    final Site site;

    /// Without the brace at the end.
    final byte[] json;

    Written(Site site, byte[] json) {
      this.site = site;
      this.json = json;
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record SiteView(
      String id,
      String name,
      String kind,
      String address,
      @Nullable String phone,
      String region,
      @Nullable Double lat,
      @Nullable Double lng) {}

  /// The answer to a search.
  byte[] json(Search.Page page) {
    JsonBytes json = new JsonBytes(USUAL_LENGTH);
    json.put(SITES);
    List<Search.Found> found = page.sites();
    byte[][] dates = found.isEmpty() ? new byte[0][] : dates(found.getFirst().days());
    for (int i = 0; i < found.size(); i++) {
      if (i > 0) {
        json.put(',');
      }
      write(found.get(i), dates, json);
    }
    Integer next = page.next();
    if (next == null) {
      json.put(DAYS_END);
    } else {
      json.put(NEXT).put(next).put(NEXT_END);
    }
    return json.toByteArray();
  }

  /// All sites of a page were asked for the same days.
  private static byte[][] dates(FreeDays days) {
    byte[][] dates = new byte[days.length()][];
    for (int i = 0; i < dates.length; i++) {
      LocalDate day = LocalDate.ofEpochDay(days.day(i));
      dates[i] =
          new JsonBytes(DATE_LENGTH)
              .put(DATE)
              .putDate(day.getYear(), day.getMonthValue(), day.getDayOfMonth())
              .put(FREE)
              .toByteArray();
    }
    return dates;
  }

  private void write(Search.Found found, byte[][] dates, JsonBytes json) {
    json.put(unchanging(found.site()));
    Integer meters = found.meters();
    if (meters != null) {
      json.put(METERS).put(meters);
    }
    json.put(DAYS);
    FreeDays days = found.days();
    boolean isFirst = true;
    for (int i = 0; i < days.length(); i++) {
      if (days.free(i) > 0) {
        if (!isFirst) {
          json.put(',');
        }
        isFirst = false;
        json.put(dates[i]).put(days.free(i)).put('}');
      }
    }
    json.put(DAYS_END);
  }

  /// An import of sites makes new objects of them, which are written again.
  @SuppressWarnings("ReferenceEquality")
  private byte[] unchanging(Site site) {
    Written known = written.get(site.id());
    if (known == null || known.site != site) {
      known = new Written(site, written(site));
      written.put(site.id(), known);
    }
    return known.json;
  }

  private byte[] written(Site site) {
    Point point = site.point();
    try {
      String json =
          mapper.writeValueAsString(
              new SiteView(
                  String.valueOf(site.id()),
                  site.name(),
                  site.kind(),
                  site.address(),
                  site.phone(),
                  site.region(),
                  point == null ? null : point.lat(),
                  point == null ? null : point.lng()));
      return json.substring(0, json.length() - 1).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers can be written", e);
    }
  }
}
