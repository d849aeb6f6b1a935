package dev.naru.bench.line;

import dev.naru.bench.Folder;
import dev.naru.bench.Load;
import dev.naru.bench.Progress;
import dev.naru.bench.Report;
import dev.naru.bench.ReportOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `naru bench status`.
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "GET …/line of the packaged program on one core, beside nginx sending the same bytes from a",
      "file on the same core; then behind nginx as a cache: requests at the origin by waiters.",
      "Needs wrk, nginx and taskset (Debian: apt-get install wrk nginx util-linux)."
    })
public final class StatusCommand implements Callable<Integer> {
  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");

  /// How often somebody in the middle of a line asks.
  private static final int POLL_SECONDS = 10;

  private static final List<String> CORE = List.of("taskset", "-c", "0");

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Length of a run (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Mixin private ReportOptions options = new ReportOptions();

  @Override
  public Integer call() throws Exception {
    return options.run(this::measure);
  }

  private void measure(Report report) throws Exception {
    List.of("wrk", "nginx", "taskset").forEach(StatusCommand::refuseWithout);
    try (Folder folder = Folder.open(null);
        Program program = new Program(folder.path(), CORE, List.of())) {
      program.prepare();
      program.serve();
      String status = program.status();
      Files.writeString(folder.path().resolve("line"), status == null ? "" : status);
      int filePort = Program.freePort();
      int cachePort = Program.freePort();
      Process nginx = nginx(folder.path(), filePort, cachePort, program.port());
      try {
        URI file = URI.create("http://127.0.0.1:" + filePort + "/line");
        report.fact("bytes", status == null ? 0 : status.getBytes(StandardCharsets.UTF_8).length);
        wrk(program.line());
        for (int round = 1; round <= 3; round++) {
          double naru = wrk(program.line());
          double plain = wrk(file);
          report.row(row(round, naru, plain));
        }
        URI cached = URI.create("http://127.0.0.1:" + cachePort + program.line().getPath());
        for (int waiters : new int[] {500, 5_000, 50_000}) {
          report.row(behindCache(program, cached, waiters));
        }
      } finally {
        nginx.destroy();
        nginx.waitFor();
      }
    }
  }

  private static Map<String, Object> row(int round, double naru, double nginx) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("round", round);
    row.put("Naru, requests/s", naru);
    row.put("nginx, requests/s", nginx);
    row.put("ratio", naru / nginx);
    return row;
  }

  /// Waiters who each ask every ten seconds, whenever that falls.
  private Map<String, Object> behindCache(Program program, URI uri, int waiters)
      throws InterruptedException {
    Progress.show(waiters + " waiters");
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request = HttpRequest.newBuilder(uri).build();
    double before = atOrigin(program);
    Load.Outcome outcome =
        new Load(200, waiters / POLL_SECONDS)
            .run(
                _ -> client.sendAsync(request, BodyHandlers.discarding()),
                answer -> answer.statusCode() == 200,
                Duration.ofSeconds(2L * seconds));
    double origin = atOrigin(program) - before;
    Progress.clear();
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("waiters", waiters);
    row.put("requests/s at the cache", outcome.answers() / outcome.seconds());
    row.put("refused", outcome.answers() - outcome.successes());
    row.put("requests/s at the origin", origin / outcome.seconds());
    row.put("p50 ms", outcome.millis(50));
    row.put("p99 ms", outcome.millis(99));
    return row;
  }

  private static double atOrigin(Program program) throws InterruptedException {
    return program.metric("http_server_requests_seconds_count", "");
  }

  private static void refuseWithout(String tool) {
    try {
      if (new ProcessBuilder("which", tool).start().waitFor() != 0) {
        throw new IllegalStateException(tool + " is missing: apt-get install wrk nginx util-linux");
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private double wrk(URI uri) throws IOException, InterruptedException {
    Progress.show("wrk at " + uri);
    Process process =
        new ProcessBuilder(
                "taskset", "-c", "1", "wrk", "-t1", "-c64", "-d" + seconds + "s", uri.toString())
            .redirectErrorStream(true)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    Matcher rate = RATE.matcher(out);
    if (!rate.find() || out.contains("Non-2xx")) {
      throw new IllegalStateException("wrk: " + out);
    }
    Progress.clear();
    return Double.parseDouble(rate.group(1));
  }

  private static Process nginx(Path folder, int filePort, int cachePort, int origin)
      throws IOException, InterruptedException {
    Path conf = folder.resolve("nginx.conf");
    Files.writeString(
        conf,
        """
        daemon off;
        worker_processes 1;
        pid %1$s/nginx.pid;
        error_log %1$s/nginx.log;
        events { worker_connections 2048; }
        http {
          access_log off;
          default_type application/json;
          open_file_cache max=10;
          client_body_temp_path %1$s/t1; proxy_temp_path %1$s/t2; fastcgi_temp_path %1$s/t3;
          uwsgi_temp_path %1$s/t4; scgi_temp_path %1$s/t5;
          proxy_cache_path %1$s/cache keys_zone=line:1m;
          keepalive_requests 100000000;
          server {
            listen 127.0.0.1:%2$d;
            root %1$s;
            add_header Cache-Control "public, max-age=1";
          }
          server {
            listen 127.0.0.1:%3$d;
            location / {
              proxy_pass http://127.0.0.1:%4$d;
              proxy_cache line;
              proxy_cache_lock on;
              proxy_cache_use_stale updating;
              proxy_cache_background_update on;
            }
          }
        }
        """
            .formatted(folder, filePort, cachePort, origin));
    folder.toFile().setExecutable(true, false);
    folder.toFile().setReadable(true, false);
    Process process =
        new ProcessBuilder("taskset", "-c", "0", "nginx", "-c", conf.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("nginx.out").toFile())
            .start();
    Thread.sleep(500);
    if (!process.isAlive()) {
      throw new IllegalStateException(Files.readString(folder.resolve("nginx.out")));
    }
    return process;
  }
}
