package dev.naru.rehearsal.crowd;

import com.fasterxml.jackson.databind.JsonNode;
import dev.naru.rehearsal.http.Answer;
import dev.naru.rehearsal.http.Call;
import dev.naru.rehearsal.http.Request;
import dev.naru.rehearsal.people.Population;
import dev.naru.rehearsal.people.Region;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The last station: look for a site near home, then further away, choose a day and a time, book,
/// and take another when it is gone.
final class Booking {
  /// As many as Naru's own page asks for at once.
  private static final int SITES = 10;

  /// Whole searches, from the own district to the whole country, before somebody goes home.
  private static final int SEARCHES = 4;

  /// Slots tried before somebody goes home.
  private static final int ATTEMPTS = 12;

  /// Passes that somebody lets expire before going home.
  private static final int ADMISSIONS = 3;

  /// How far down the list somebody goes, on average.
  private static final int COMPARED = 5;

  private static final long LOOK_AGAIN_MILLIS = 1_000;

  /// How far from home somebody looks.
  private enum Reach {
    DISTRICT,
    PROVINCE,
    EVERYWHERE
  }

  private final Agenda agenda;
  private final Persistence persistence;
  private final Population population;
  private final Thinking thinking;
  private final Tally tally;
  private final Steps steps;
  private final String campaign;

  Booking(
      Agenda agenda,
      Persistence persistence,
      Population population,
      Thinking thinking,
      Tally tally,
      Steps steps,
      String campaign) {
    this.agenda = agenda;
    this.persistence = persistence;
    this.population = population;
    this.thinking = thinking;
    this.tally = tally;
    this.steps = steps;
    this.campaign = campaign;
  }

  void enter(Person person) {
    if (person.wanted == null) {
      search(person);
    } else {
      book(person, person.wanted);
    }
  }

  private void search(Person person) {
    String home = population.citizen(person.index).region();
    search(person, home == null ? Reach.EVERYWHERE : Reach.DISTRICT, home);
  }

  private void search(Person person, Reach reach, @Nullable String home) {
    String path = "/api/v1/campaigns/" + campaign + "/sites?limit=" + SITES + region(reach, home);
    persistence.ask(
        person,
        Call.SITES,
        Request.get(path).by(person.session).with(person.pass),
        answer -> {
          if (!answer.isOk()) {
            refused(person, Call.SITES, answer);
            return;
          }
          Day day = Day.choose(answer.body().path("sites"), person.random);
          if (day != null) {
            thinking.then(person, () -> slots(person, day));
          } else {
            switch (reach) {
              case DISTRICT -> search(person, Reach.PROVINCE, home);
              case PROVINCE -> search(person, Reach.EVERYWHERE, home);
              case EVERYWHERE -> searchAgain(person);
            }
          }
        });
  }

  private static String region(Reach reach, @Nullable String home) {
    if (home == null) {
      return "";
    }
    return switch (reach) {
      case DISTRICT -> "&region=" + encode(home);
      case PROVINCE -> "&region=" + encode(Region.provinceOf(home));
      case EVERYWHERE -> "";
    };
  }

  private void searchAgain(Person person) {
    if (++person.searches < SEARCHES) {
      agenda.after(LOOK_AGAIN_MILLIS, () -> search(person));
    } else {
      steps.leave(person, new Departure.NoSlot());
    }
  }

  private void slots(Person person, Day day) {
    persistence.ask(
        person,
        Call.SLOTS,
        slotsOf(campaign, day.site(), day.date()).by(person.session).with(person.pass),
        answer -> {
          if (!answer.isOk()) {
            refused(person, Call.SLOTS, answer);
            return;
          }
          List<String> free = freeSlots(answer.body().path("slots"));
          if (free.isEmpty()) {
            searchAgain(person);
          } else {
            String slot = free.get(person.random.nextInt(free.size()));
            thinking.then(person, () -> book(person, slot));
          }
        });
  }

  /// Books with an id that belongs to this person and this attempt: each retry has the same, each
  /// other slot another.
  private void book(Person person, String slot) {
    person.wanted = slot;
    String id = population.appointment(person.index, person.attempts).toString();
    persistence.ask(
        person,
        Call.BOOK,
        Request.put("/api/v1/appointments/" + id)
            .saying("campaign", campaign, "slot", slot, "pass", String.valueOf(person.pass))
            .by(person.session),
        answer -> {
          if (answer.isOk()) {
            booked(person, slot, id, answer.body());
          } else {
            refused(person, Call.BOOK, answer);
          }
        });
  }

  private void booked(Person person, String slot, String id, JsonNode body) {
    String got = body.path("slot").asText();
    if (!got.equals(slot) || !body.path("id").asText().equals(id)) {
      tally.contradiction(person, "asked for slot " + slot + " and got " + got);
    }
    List<String> following = new ArrayList<>();
    for (JsonNode dose : body.path("following")) {
      following.add(dose.isTextual() ? dose.asText() : dose.path("id").asText());
    }
    Reservation reservation =
        new Reservation(
            person.index,
            id,
            body.path("dose").asInt(1),
            body.path("site").asText(),
            got,
            body.path("startsAt").asText(),
            List.copyOf(following),
            Reservation.State.BOOKED);
    tally.booked(reservation, agenda.elapsedMillis());
    steps.settle(person, reservation);
  }

  private void refused(Person person, Call call, Answer answer) {
    switch (answer.code()) {
      case "slot-full", "slot-unknown" -> {
        person.wanted = null;
        List<String> others = freeSlots(answer.body().path("alternatives"));
        if (++person.attempts >= ATTEMPTS) {
          steps.leave(person, new Departure.NoSlot());
        } else if (others.isEmpty()) {
          searchAgain(person);
        } else {
          String other = others.get(nearFirst(others.size(), person.random));
          thinking.then(person, () -> book(person, other));
        }
      }
      case "pass-expired", "pass-missing" -> {
        if (person.admissions < ADMISSIONS) {
          steps.askAdmission(person);
        } else {
          steps.leave(person, new Departure.Refused(answer.code()));
        }
      }
      default -> steps.unexpected(person, call, answer);
    }
  }

  /// Half take the first, a quarter the second, and so on: the nearest or earliest is liked best.
  private static int nearFirst(int size, RandomGenerator random) {
    return Long.numberOfTrailingZeros(random.nextLong()) % size;
  }

  /// Which slots of a list can be had; an alternative need not say how many are left.
  static List<String> freeSlots(JsonNode slots) {
    List<String> free = new ArrayList<>();
    for (JsonNode slot : slots) {
      if (slot.path("free").asLong(1) > 0) {
        free.add(slot.path("slot").asText());
      }
    }
    return free;
  }

  static Request slotsOf(String campaign, String site, String date) {
    return Request.get(
        "/api/v1/campaigns/%s/sites/%s/slots?date=%s"
            .formatted(campaign, encode(site), encode(date)));
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /// A site on a day on which it has something free.
  private record Day(String site, String date) {
    /// People compare some sites of the list before they take one, but like an early day.
    static @Nullable Day choose(JsonNode sites, RandomGenerator random) {
      List<List<Day>> found = new ArrayList<>();
      for (JsonNode site : sites) {
        List<Day> days = new ArrayList<>();
        for (JsonNode day : site.path("days")) {
          if (day.path("free").asLong() > 0) {
            days.add(new Day(site.path("id").asText(), day.path("date").asText()));
          }
        }
        if (!days.isEmpty()) {
          found.add(days);
        }
      }
      if (found.isEmpty()) {
        return null;
      }
      List<Day> days = found.get((int) (random.nextExponential() * COMPARED) % found.size());
      return days.get(nearFirst(days.size(), random));
    }
  }
}
