package dev.naru.booking.campaign;

import dev.naru.booking.supply.SupplyRules;
import dev.naru.common.eligibility.BookingWindow;
import dev.naru.common.yaml.Section;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the supply rules of a campaign file.
final class SupplyReader {
  /// A large hall with a hundred doctors gives fewer in half an hour.
  private static final int MAX_PER_HALF_HOUR = 1_000;

  /// Two years; with 15,000 sites this is 150 million half hours, more than one machine should
  /// hold.
  private static final int MAX_DAYS = 731;

  private static final int MAX_HOLIDAYS = 400;
  private static final List<String> KEYS =
      List.of("from", "to", "perHalfHour", "holidays", "closedWeekdays");

  @Nullable SupplyRules read(
      Section file, @Nullable List<Product> products, @Nullable CampaignCalendar calendar) {
    Section section = file.section("supply", KEYS);
    if (section == null) {
      return null;
    }
    LocalDate from = section.required("from", Kinds.DATE);
    LocalDate to = section.required("to", Kinds.DATE);
    List<Integer> perHalfHour = products == null ? List.of() : perHalfHour(section, products);
    Set<LocalDate> holidays = Set.copyOf(section.list("holidays", MAX_HOLIDAYS, Kinds.DATE));
    Set<DayOfWeek> closed = Set.copyOf(section.list("closedWeekdays", 7, Kinds.WEEKDAY));
    if (from == null || to == null) {
      return null;
    }
    SupplyRules rules = new SupplyRules(from, to, holidays, closed, perHalfHour);
    checkDates(section, rules);
    if (calendar != null) {
      checkWindows(section, to, calendar);
    }
    return rules;
  }

  private static void checkDates(Section section, SupplyRules rules) {
    LocalDate from = rules.from();
    LocalDate to = rules.to();
    if (to.isBefore(from)) {
      section.mistake("to", "a date not before from, " + from);
    } else if (ChronoUnit.DAYS.between(from, to) >= MAX_DAYS) {
      section.mistake("to", "a date at most " + MAX_DAYS + " days after from, " + from);
    } else if (from.datesUntil(to.plusDays(1)).noneMatch(rules::isWorkingDay)) {
      section.mistake("from", "at least one day that is neither a holiday nor a closed weekday");
    }
  }

  /// Whoever comes in the last window still has to find a day.
  private static void checkWindows(Section section, LocalDate to, CampaignCalendar calendar) {
    BookingWindow last = calendar.windows().getLast();
    LocalDate opens = LocalDate.ofInstant(last.opens(), calendar.zone());
    if (to.isBefore(opens)) {
      section.mistake("to", "a date not before the opening of the last window, " + opens);
    }
  }

  /// One number for each product.
  private static List<Integer> perHalfHour(Section section, List<Product> products) {
    List<String> ids = products.stream().map(Product::id).distinct().toList();
    Section.Kind<Integer> places = Kinds.whole(1, MAX_PER_HALF_HOUR);
    List<Integer> numbers = new ArrayList<>();
    if (section.isMapping("perHalfHour")) {
      Section mapping = section.section("perHalfHour", ids);
      for (String id : ids) {
        Integer number = mapping == null ? null : mapping.required(id, places);
        numbers.add(number == null ? 1 : number);
      }
      return numbers;
    }
    Integer number = section.required("perHalfHour", places);
    ids.forEach(_ -> numbers.add(number == null ? 1 : number));
    return numbers;
  }
}
