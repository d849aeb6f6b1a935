package dev.naru.app.web;

import dev.naru.app.Node;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready means that the database answers: without it nobody can join or book.
@Readiness
public class DatabaseCheck implements HealthCheck {
  private final Node node;

  @Inject
  public DatabaseCheck(Node node) {
    this.node = node;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("database").status(node.database().answers()).build();
  }
}
