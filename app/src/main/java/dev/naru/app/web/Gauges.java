package dev.naru.app.web;

import dev.naru.app.Node;
import dev.naru.app.connection.Connections;
import dev.naru.booking.eligibility.Entitlement;
import dev.naru.booking.personlist.PersonLists;
import dev.naru.common.eligibility.Reason;
import dev.naru.identity.person.Tidying;
import dev.naru.identity.session.EmbeddedSessionRegistry;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Locale;

/// What the situation room looks at first; requests and the Java machine are measured by the
/// framework.
@Singleton
public class Gauges {
  void register(
      @Observes StartupEvent event, MeterRegistry registry, Node node, Connections connections) {
    Gauge.builder("naru.booking.waiting", node.booking().appointments(), a -> a.waiting())
        .description("Bookings that wait to be decided")
        .register(registry);
    FunctionCounter.builder(
            "naru.invariant.violations", node.booking().invariants(), i -> i.violations())
        .description(
            "Slots whose counter was not the number of their rows, at each check; always 0")
        .register(registry);
    if (node.identity().sessions() instanceof EmbeddedSessionRegistry sessions) {
      Gauge.builder("naru.sessions", sessions, EmbeddedSessionRegistry::size)
          .description("Sessions that are known")
          .register(registry);
    }
    FunctionCounter.builder("naru.persons.resealed", node.identity().tidying(), Tidying::sealedAnew)
        .description("People whose data was sealed anew with the current key")
        .register(registry);
    FunctionCounter.builder("naru.persons.deleted", node.identity().tidying(), Tidying::deleted)
        .description("People whose data was deleted because its time was over")
        .register(registry);
    Gauge.builder("naru.lists.bytes", node.booking().personLists(), PersonLists::bytes)
        .description("Memory of the lists of people that agencies have imported")
        .register(registry);
    for (Entitlement.Door door : Entitlement.Door.values()) {
      for (Reason rule : Reason.values()) {
        FunctionCounter.builder(
                "naru.eligibility.refused",
                node.booking().entitlement(),
                entitlement -> entitlement.refusals(door, rule))
            .description("Refusals by door (identity check, line, booking) and rule")
            .tag("door", door.name().toLowerCase(Locale.ROOT))
            .tag("rule", rule.code())
            .register(registry);
      }
    }
    Gauge.builder("naru.requests.lag", connections, Connections::lagMillis)
        .baseUnit("milliseconds")
        .description("How long requests wait until they are read")
        .register(registry);
    FunctionCounter.builder("naru.connections.ended", connections, Connections::slow)
        .description("Connections that were closed")
        .tag("why", "slow")
        .register(registry);
    FunctionCounter.builder("naru.connections.ended", connections, Connections::displaced)
        .description("Connections that were closed")
        .tag("why", "full")
        .register(registry);
    Gauge.builder("naru.line.joined", node, n -> n.inLine().joined())
        .description("People who joined the current lines")
        .register(registry);
    Gauge.builder("naru.line.serving", node, n -> n.inLine().serving())
        .description("The places called in the current lines")
        .register(registry);
    Gauge.builder("naru.line.beat", node, n -> n.waitingRoom().statuses().writes() ? 1 : 0)
        .description("1 on the node that moves the lines and writes the status, 0 on the others")
        .register(registry);
  }
}
