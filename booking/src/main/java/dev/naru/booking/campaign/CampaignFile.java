package dev.naru.booking.campaign;

import dev.naru.booking.campaign.Requirements.Foreigners;
import dev.naru.booking.supply.SupplyRules;
import dev.naru.common.text.LocalText;
import dev.naru.common.yaml.MistakeList;
import dev.naru.common.yaml.Section;
import dev.naru.common.yaml.YamlRoot;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The YAML file of a campaign. Times of day and dates are by the clocks of `zone`; a moment is
/// `2021-08-19T20:00`, with seconds if need be, or has an offset of its own; a duration is `90s`,
/// `10m` or `1h30m`.
///
/// | key | value |
/// |---|---|
/// | `campaign` | id: 1 to 32 of a-z, 0-9, - |
/// | `name` | `ko`, `en` |
/// | `zone` | Asia/Seoul when absent |
/// | `lists` | list of `id`, `name`: what the agency imports, see [AudienceReader] |
/// | `eligible.born` | `from`, `to`: days of birth, both included |
/// | `eligible.age` | instead: `from`, `to` in full years, `on` a date, see [Ages] |
/// | `eligible.foreigners` | allowed (when absent), refused, own-windows |
/// | `eligible.only`, `.not` | lists; also in products, rotation, openPhase and windows |
/// | `products` | list of `id`, `name`, `doses` (1) and what is said below of later doses |
/// | `rotation` | `by`, `first`, `days`, `opens`, `closes`, `digits`, see below |
/// | `openPhase` | `from`, `to` (moments): everybody |
/// | `windows` | instead of these two: list of `opens`, `closes` (moments), `digits` |
/// | `lobby.opensBefore` | how long before each opening, 30m |
/// | `line.admitPerMinute` | how many are called in a minute |
/// | `supply` | `from`, `to`: days of first doses; `perHalfHour`; see below |
/// | `times` | `session` (12h), `lease` (10m), `pass` (10m) |
/// | `appointments` | `returnDelay`, `hold`, `waitlist` (durations, 0s), `changesPerDay` (0) |
/// | `helping` | `family` (0), `staff` (a list): who may act for others |
///
/// A product of several doses has `intervalDays`, `earliestDays` and `latestDays` (both like
/// `intervalDays` when absent) and `bookedTogether` (false).
///
/// A rotation is `by: last-digit-of-birth-day`, begins on the date `first` and takes `days` (10).
/// It opens and closes at times of day; the closing is on the next day unless it is later than the
/// opening. `digits` has for each day the digit or list of digits whose day it is; without it this
/// is the last digit of the date. A window without `digits` is for everybody.
///
/// `supply.perHalfHour` is how many places each site has in half an hour: one number for each
/// product, or a mapping of product to number. There are none on `holidays` (dates) and
/// `closedWeekdays` (Mo, Tu, We, Th, Fr, Sa, Su).
public final class CampaignFile {
  /// A campaign has some 50 lines; this is for those with many windows and notes.
  public static final int MAX_LENGTH = 256 * 1024;

  private static final List<String> KEYS =
      List.of(
          "campaign",
          "name",
          "zone",
          "lists",
          "eligible",
          "products",
          "rotation",
          "openPhase",
          "windows",
          "lobby",
          "line",
          "supply",
          "times",
          "personsKeptDays",
          "appointments",
          "helping");

  private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration DAY = Duration.ofDays(1);

  /// One call a second at the least, the peak of 2021 (556/s) a hundred times over at the most.
  private static final int MAX_ADMIT_PER_MINUTE = 3_000_000;

  /// Long enough for questions about the last dose; vaccination records themselves are the health
  /// authority's.
  private static final int USUAL_KEPT_DAYS = 90;

  private static final int MAX_KEPT_DAYS = 3_650;

  private final MistakeList mistakes = new MistakeList();

  private CampaignFile() {}

  /// Reads a file. Never throws, whatever the text.
  public static CampaignReading read(String text) {
    CampaignFile file = new CampaignFile();
    Section root = YamlRoot.read(text, MAX_LENGTH, KEYS, file.mistakes);
    Campaign campaign = root == null ? null : file.campaign(root);
    return campaign == null || !file.mistakes.isEmpty()
        ? new CampaignReading.Mistakes(file.mistakes.sorted())
        : new CampaignReading.Read(campaign);
  }

  private @Nullable Campaign campaign(Section file) {
    String id = file.required("campaign", Kinds.IDENTIFIER);
    LocalText name = name(file);
    ZoneId zone = file.optional("zone", Kinds.ZONE, SEOUL);
    AudienceReader audiences = AudienceReader.read(file);
    EligibleReader.Eligible eligible = EligibleReader.read(file, audiences);
    @Nullable List<Product> products = new ProductReader(mistakes, audiences).read(file);
    CampaignCalendar calendar =
        new CalendarReader(
                mistakes,
                zone == null ? SEOUL : zone,
                audiences,
                eligible != null && eligible.foreigners() == Foreigners.OWN_WINDOWS)
            .read(file);
    Integer admitPerMinute = admitPerMinute(file);
    SupplyRules supply = new SupplyReader().read(file, products, calendar);
    Times times = times(file);
    AppointmentTerms terms = TermsReader.read(file);
    Helping helping = HelpingReader.read(file, audiences);
    Integer personsKeptDays =
        file.optional("personsKeptDays", Kinds.whole(1, MAX_KEPT_DAYS), USUAL_KEPT_DAYS);
    if (id == null
        || name == null
        || zone == null
        || eligible == null
        || products == null
        || calendar == null
        || admitPerMinute == null
        || supply == null
        || times == null
        || personsKeptDays == null
        || terms == null
        || helping == null) {
      return null;
    }
    return new Campaign(
        id,
        name,
        zone,
        products,
        eligible.from(),
        eligible.to(),
        calendar,
        admitPerMinute,
        supply,
        times.session(),
        times.lease(),
        times.pass(),
        personsKeptDays,
        terms,
        new Requirements(eligible.foreigners(), eligible.audience(), audiences.lists()),
        helping);
  }

  static @Nullable LocalText name(Section of) {
    Section section = of.section("name", List.of("ko", "en"));
    if (section == null) {
      return null;
    }
    String ko = section.required("ko", Kinds.NAME);
    String en = section.required("en", Kinds.NAME);
    return ko == null || en == null ? null : new LocalText(ko, en);
  }

  private static @Nullable Integer admitPerMinute(Section file) {
    Section line = file.section("line", List.of("admitPerMinute"));
    return line == null
        ? null
        : line.required("admitPerMinute", Kinds.whole(1, MAX_ADMIT_PER_MINUTE));
  }

  private record Times(Duration session, Duration lease, Duration pass) {}

  private static @Nullable Times times(Section file) {
    Times usual = new Times(Duration.ofHours(12), Duration.ofMinutes(10), Duration.ofMinutes(10));
    if (!file.has("times")) {
      return usual;
    }
    Section section = file.section("times", List.of("session", "lease", "pass"));
    if (section == null) {
      return null;
    }
    Duration session = section.optional("session", Kinds.duration(MINUTE, DAY), usual.session());
    Duration lease = section.optional("lease", Kinds.duration(MINUTE, DAY), usual.lease());
    Duration pass = section.optional("pass", Kinds.duration(MINUTE, DAY), usual.pass());
    if (session == null || lease == null || pass == null) {
      return null;
    }
    if (lease.compareTo(session) > 0) {
      section.mistake("lease", "a time not longer than the session");
    }
    if (pass.compareTo(session) > 0) {
      section.mistake("pass", "a time not longer than the session");
    }
    return new Times(session, lease, pass);
  }
}
