package dev.naru.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.common.paper.PaperKind;
import java.io.IOException;
import java.net.Socket;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Tricks that worked on real systems. Each must gain nothing, and be told why.
@ExtendWith(SharedNaru.class)
class BypassTest {
  private static final LocalDateTime NEVER = CampaignYaml.now().plusYears(1);

  /// B1: the page's failure handler is no way in, because the server alone admits.
  @Test
  void goingOfflineAndBackAdmitsNobody(NaruProcess naru) throws IOException, SQLException {
    Citizen citizen = Citizen.anybody(naru.uri(), SharedNaru.LATER);
    citizen.verify().must(200);
    citizen.join().must(200);
    long before = admissions(naru);
    String body = "{\"ticket\":\"" + citizen.ticket() + "\"}";
    String request =
        "POST /api/v1/campaigns/%s/admission HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n"
                .formatted(SharedNaru.LATER, citizen.session())
            + "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(body.length(), body);
    for (int i = 0; i < 50; i++) {
      try (Socket socket = new Socket(naru.uri().getHost(), naru.uri().getPort())) {
        String sent = i % 2 == 0 ? request : request.substring(0, request.length() - i);
        socket.getOutputStream().write(sent.getBytes(UTF_8));
      }
    }
    citizen.admission().refusedAs(425, "not-called");
    assertThat(admissions(naru)).isEqualTo(before);
  }

  /// B3.
  @Test
  void deepLinksLeadNowhereWithoutThePapersBefore(NaruProcess naru) {
    Citizen verified = Citizen.anybody(naru.uri(), SharedNaru.OPEN);
    verified.verify().must(200);
    verified.sites("").refusedAs(403, "pass-missing");
    verified.slots("1", NEVER.toLocalDate()).refusedAs(403, "pass-missing");
    verified.book(UUID.randomUUID(), "1").refusedAs(403, "pass-missing");
    verified.admission("").refusedAs(403, "ticket-invalid");

    Citizen early = Citizen.anybody(naru.uri(), SharedNaru.LATER);
    early.verify().must(200);
    early.join().must(200);
    early.sites("").refusedAs(403, "window-closed");
    early.book(UUID.randomUUID(), "1").refusedAs(403, "window-closed");
    early.admission().refusedAs(425, "not-called");

    Citizen stranger = Citizen.anybody(naru.uri(), SharedNaru.OPEN);
    stranger.me().refusedAs(401, "unauthenticated");
    stranger.join().refusedAs(401, "unauthenticated");
    stranger.admission("x").refusedAs(401, "unauthenticated");
    stranger.sites("").refusedAs(401, "unauthenticated");
    stranger.book(UUID.randomUUID(), "1").refusedAs(401, "unauthenticated");
  }

  /// B4.
  @Test
  void theClockOfTheDeviceCountsForNothing(NaruProcess naru) {
    Citizen early = Citizen.anybody(naru.uri(), SharedNaru.LATER);
    early.verify().must(200);
    early.join().must(200);
    Map<String, String> headers =
        Map.of(
            "Authorization", "Bearer " + early.session(),
            "If-Modified-Since", "Tue, 01 Jan 2099 00:00:00 GMT",
            "X-Client-Time", "2099-01-01T00:00:00Z");
    new Http(naru.uri())
        .send(
            "POST",
            "/api/v1/campaigns/" + SharedNaru.LATER + "/admission",
            Map.of("ticket", early.ticket()),
            headers)
        .refusedAs(425, "not-called");
  }

  /// B5: hours early, and 50 ms early. What was answered before the opening was refused as early;
  /// what was sent after it no longer is.
  @Test
  void bookingBeforeTheOpeningIsRefusedToTheMillisecond(NaruProcess naru) {
    LocalDateTime opens = CampaignYaml.now().plusSeconds(15);
    naru.apply(new CampaignYaml("soon", opens, 600_000, 1, 1, 1).text());
    Instant opening = opens.atZone(CampaignYaml.ZONE).toInstant();
    Citizen citizen = joined(naru, "soon");
    assertThat(Instant.now()).as("there is time left to be early").isBefore(opening);
    citizen.book(UUID.randomUUID(), "1").refusedAs(403, "window-closed");
    citizen.admission().refusedAs(425, "not-called");
    NaruProcess.pause(Duration.between(Instant.now(), opening.minusMillis(300)));
    int early = 0;
    int late = 0;
    while (late < 5) {
      Instant sent = Instant.now();
      Answer booking = citizen.book(UUID.randomUUID(), "1");
      if (Instant.now().isBefore(opening)) {
        booking.refusedAs(403, "window-closed");
        early++;
      } else if (!sent.isBefore(opening)) {
        booking.refusedAs(403, "pass-missing");
        late++;
      }
    }
    assertThat(early).isPositive();
    citizen.waitUntilCalled();
    citizen.book(UUID.randomUUID(), citizen.freeSlots(1).getFirst()).must(201);
  }

  /// B6: each paper counts for its person, session, campaign and kind alone.
  @Test
  void papersAreOfNoUseToOthersOrElsewhere(NaruProcess naru) {
    Citizen owner = Citizen.anybody(naru.uri(), SharedNaru.OPEN).admitted();
    Citizen thief = Citizen.anybody(naru.uri(), SharedNaru.OPEN);
    thief.verify().must(200);
    thief.admission(owner.ticket()).refusedAs(403, "ticket-invalid");
    thief.with(thief.session(), owner.pass()).sites("").refusedAs(403, "pass-missing");
    thief
        .with(thief.session(), owner.pass())
        .book(UUID.randomUUID(), "1")
        .refusedAs(403, "pass-missing");
    thief.with(owner.ticket(), null).me().refusedAs(401, "unauthenticated");
    thief.with(owner.pass(), null).me().refusedAs(401, "unauthenticated");
    thief.admission(owner.pass()).refusedAs(403, "ticket-invalid");
    owner.with(owner.session(), owner.ticket()).sites("").refusedAs(403, "pass-missing");

    Citizen elsewhere = owner.in(SharedNaru.LATER).with(owner.session(), owner.pass());
    elsewhere.join().refusedAs(401, "unauthenticated");
    elsewhere.admission(owner.ticket()).refusedAs(401, "unauthenticated");

    String old = owner.session();
    String oldPass = owner.pass();
    owner.logOut().must(204);
    owner.with(old, oldPass).sites("").refusedAs(401, "unauthenticated");
    Citizen next = owner.atAnotherDevice();
    next.verify().must(200);
    next.with(next.session(), oldPass).sites("").refusedAs(403, "pass-missing");
    owner.with(old, oldPass).me().refusedAs(401, "unauthenticated");
  }

  /// B6: an identity check is finished where it was begun.
  @Test
  void anIdentityCheckIsOfNoUseOnAnotherDevice(NaruProcess naru) {
    Citizen victim = Citizen.anybody(naru.uri(), SharedNaru.OPEN);
    String request = victim.start().must(200).text("request");
    Citizen thief = victim.atAnotherDevice();
    thief.start().must(200);
    thief.complete(request).refusedAs(403, "request-elsewhere");
    thief.complete("x").refusedAs(403, "request-forged");
    victim.complete(request).must(200);
  }

  /// B7.
  @Test
  void forgedPapersAreRefused(NaruProcess naru) {
    Citizen citizen = Citizen.anybody(naru.uri(), SharedNaru.OPEN).admitted();
    Forge forge = Forge.of(naru);
    for (String session : forge.attempts(PaperKind.SESSION, citizen.session())) {
      citizen.with(session, citizen.pass()).me().refusedAs(401, "unauthenticated");
    }
    for (String ticket : forge.attempts(PaperKind.TICKET, citizen.ticket())) {
      citizen.with(citizen.session(), null).admission(ticket).refusedAs(403, "ticket-invalid");
    }
    for (String pass : forge.attempts(PaperKind.PASS, citizen.pass())) {
      citizen
          .with(citizen.session(), pass)
          .book(UUID.randomUUID(), "1")
          .refusedAs(403, "pass-missing");
    }
    String expired = forge.expired(PaperKind.SESSION, citizen.session());
    citizen.with(expired, citizen.pass()).me().refusedAs(401, "unauthenticated");
    citizen.sites("").must(200);
  }

  /// B12: asking a hundred times as often gains no place.
  @Test
  void hammeringMovesNobodyForward(NaruProcess naru) throws SQLException {
    Citizen citizen = Citizen.anybody(naru.uri(), SharedNaru.LATER);
    citizen.verify().must(200);
    String number = citizen.join().must(200).text("number");
    long before = admissions(naru);
    for (int i = 0; i < 500; i++) {
      citizen.admission().refusedAs(425, "not-called");
    }
    assertThat(citizen.join().must(200).text("number")).isEqualTo(number);
    assertThat(admissions(naru)).isEqualTo(before);
  }

  /// B13.
  @Test
  void othersAppointmentsDoNotExist(NaruProcess naru) {
    Citizen owner = Citizen.anybody(naru.uri(), SharedNaru.OPEN).admitted();
    List<String> slots = owner.freeSlots(2);
    UUID id = UUID.randomUUID();
    Answer booked = owner.book(id, slots.get(0)).must(201);
    Citizen stranger = Citizen.anybody(naru.uri(), SharedNaru.OPEN).admitted();
    List<Answer> answers = new ArrayList<>();
    answers.add(stranger.read(id));
    answers.add(stranger.calendar(id));
    answers.add(stranger.move(id, slots.get(1)));
    answers.add(stranger.cancel(id));
    answers.add(stranger.read(UUID.randomUUID()));
    assertThat(answers)
        .allSatisfy(answer -> answer.refusedAs(404, "appointment-unknown"))
        .extracting(Answer::text)
        .as("nobody can tell which ids exist")
        .containsOnly(answers.getFirst().text());
    assertThat(owner.read(id).must(200).body()).isEqualTo(booked.body());
    for (int guess = 0; guess < 200; guess++) {
      stranger
          .read(new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits() + 1 + guess))
          .refusedAs(404, "appointment-unknown");
      stranger.with(UUID.randomUUID().toString(), null).me().refusedAs(401, "unauthenticated");
    }
    owner.with(null, null).read(id).refusedAs(401, "unauthenticated");
  }

  private static long admissions(NaruProcess naru) throws SQLException {
    return Books.of(naru).number("SELECT count(*) FROM waitingroom.admission");
  }

  /// Somebody who has joined as soon as the campaign and its line are there.
  private static Citizen joined(NaruProcess naru, String campaign) {
    naru.awaitKnown(campaign);
    Citizen citizen = Citizen.anybody(naru.uri(), campaign);
    citizen.verify().must(200);
    naru.await("the line takes people", () -> citizen.join().status() != 503);
    citizen.join().must(200);
    return citizen;
  }
}
