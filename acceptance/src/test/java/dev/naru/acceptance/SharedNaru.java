package dev.naru.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// One running server for all test classes of a process that ask for it, because each start takes
/// seconds. A test that ends the server starts it again.
///
/// Two campaigns: [#OPEN], which anybody may book now, and [#LATER], whose lobby is open and which
/// opens in three hours.
public final class SharedNaru implements ParameterResolver {
  static final String OPEN = "open";
  static final String LATER = "later";

  /// Places of a slot.
  static final int CAPACITY = 10;

  private static final Namespace NAMESPACE = Namespace.create(SharedNaru.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == NaruProcess.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
        .computeIfAbsent(Running.class, key -> Running.begin(), Running.class)
        .naru();
  }

  /// People who may book now: several come at a time, as in life.
  static List<Citizen> admitted(NaruProcess naru, String campaign, int people) {
    try (ExecutorService threads = Executors.newFixedThreadPool(32)) {
      List<CompletableFuture<Citizen>> coming =
          IntStream.range(0, people)
              .mapToObj(
                  _ ->
                      CompletableFuture.supplyAsync(
                          () -> Citizen.anybody(naru.uri(), campaign).admitted(), threads))
              .toList();
      return coming.stream().map(CompletableFuture::join).toList();
    }
  }

  /// Ended after the last test.
  record Running(NaruProcess naru, Path folder) implements AutoCloseable {
    static Running begin() {
      try {
        Path folder = Files.createTempDirectory("naru-acceptance");
        NaruProcess naru = NaruProcess.in(folder);
        naru.importNation(60);
        LocalDateTime now = CampaignYaml.now();
        naru.apply(new CampaignYaml(OPEN, now.minusMinutes(1), 600_000, 1, CAPACITY, 3).text());
        naru.apply(new CampaignYaml(LATER, now.plusHours(3), 600_000, 1, 1, 1).text());
        naru.serve();
        return new Running(naru, folder);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      naru.close();
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
