package dev.naru.app;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.naru.app.connection.Connections;
import dev.naru.booking.appointment.Appointments;
import dev.naru.booking.appointment.Changes;
import dev.naru.booking.appointment.LaterDoses;
import dev.naru.booking.campaign.Campaigns;
import dev.naru.booking.citizen.AppointmentViews;
import dev.naru.booking.citizen.Commitments;
import dev.naru.booking.citizen.PlaceViews;
import dev.naru.booking.citizen.SitePages;
import dev.naru.booking.eligibility.Entitlement;
import dev.naru.booking.hold.Holds;
import dev.naru.booking.search.Search;
import dev.naru.booking.search.Sites;
import dev.naru.booking.site.Regions;
import dev.naru.booking.waitlist.Waitlist;
import dev.naru.common.paper.Papers;
import dev.naru.common.web.Callers;
import dev.naru.identity.check.Checks;
import dev.naru.identity.helping.CallerChecks;
import dev.naru.identity.helping.Helpings;
import dev.naru.identity.light.ProviderBoard;
import dev.naru.identity.person.People;
import dev.naru.identity.session.SessionRegistry;
import dev.naru.identity.web.Cookies;
import dev.naru.waitingroom.WaitingRoom;
import dev.naru.waitingroom.line.LineCalendar;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;

/// Hands the running node's parts to the resources of the stations.
public class Beans {
  private static final AtomicReference<Node> NODE = new AtomicReference<>();
  private static final AtomicReference<RateLimits> LIMITS = new AtomicReference<>();
  private static final AtomicReference<Connections> CONNECTIONS = new AtomicReference<>();

  /// Set once, before the web server starts: the framework makes the resources, not we.
  static void serve(Node node, RateLimits limits, Connections connections) {
    NODE.set(node);
    LIMITS.set(limits);
    CONNECTIONS.set(connections);
  }

  private static Node node() {
    Node node = NODE.get();
    if (node == null) {
      throw new IllegalStateException("the node is started before the web server");
    }
    return node;
  }

  @Produces
  @Singleton
  Node theNode() {
    return node();
  }

  @Produces
  @Singleton
  RateLimits limits() {
    return requireNonNull(LIMITS.get(), "set with the node");
  }

  @Produces
  @Singleton
  Connections connections() {
    return requireNonNull(CONNECTIONS.get(), "set with the node");
  }

  @Produces
  @Singleton
  Papers papers() {
    return node().papers();
  }

  @Produces
  @Singleton
  InstantSource clock() {
    return node().clock();
  }

  @Produces
  @Singleton
  RandomGenerator random() {
    return new SecureRandom();
  }

  @Produces
  @Singleton
  Callers callers() {
    return node().identity().callers();
  }

  @Produces
  @Singleton
  Checks checks() {
    return node().identity().checks();
  }

  @Produces
  @Singleton
  Cookies cookies() {
    return node().identity().cookies();
  }

  @Produces
  @Singleton
  ProviderBoard providers() {
    return node().identity().providers();
  }

  @Produces
  @Singleton
  SessionRegistry sessions() {
    return node().identity().sessions();
  }

  @Produces
  @Singleton
  Helpings helpings() {
    return node().identity().helpings();
  }

  @Produces
  @Singleton
  CallerChecks callerChecks() {
    return node().identity().callerChecks();
  }

  @Produces
  @Singleton
  People people() {
    return node().identity().people();
  }

  @Produces
  @Singleton
  WaitingRoom waitingRoom() {
    return node().waitingRoom();
  }

  @Produces
  @Singleton
  LineCalendar lineCalendar() {
    return node().desk();
  }

  @Produces
  @Singleton
  Campaigns campaigns() {
    return node().booking().campaigns();
  }

  @Produces
  @Singleton
  Entitlement entitlement() {
    return node().booking().entitlement();
  }

  @Produces
  @Singleton
  Commitments commitments() {
    return (campaign, line) -> {
      List<String> all = node().waitingRoom().lines().commitments(campaign);
      return line < all.size() ? all.get(line) : null;
    };
  }

  @Produces
  @Singleton
  Regions regions() {
    return node().booking().regions();
  }

  @Produces
  @Singleton
  Sites sites() {
    return node().booking().sites();
  }

  @Produces
  @Singleton
  Search search() {
    return node().booking().search();
  }

  @Produces
  @Singleton
  SitePages sitePages(ObjectMapper mapper) {
    return new SitePages(mapper);
  }

  @Produces
  @Singleton
  Appointments appointments() {
    return node().booking().appointments();
  }

  @Produces
  @Singleton
  LaterDoses laterDoses() {
    return node().booking().laterDoses();
  }

  @Produces
  @Singleton
  Changes changes() {
    return node().booking().changes();
  }

  @Produces
  @Singleton
  Holds holds() {
    return node().booking().holds();
  }

  @Produces
  @Singleton
  Waitlist waitlist() {
    return node().booking().waitlist();
  }

  @Produces
  @Singleton
  PlaceViews placeViews() {
    return node().booking().placeViews();
  }

  @Produces
  @Singleton
  AppointmentViews appointmentViews() {
    return node().booking().views();
  }
}
