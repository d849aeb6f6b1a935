package dev.naru.app.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProviderFileTest {
  private static final URI PUBLIC = URI.create("https://naru.example");

  @TempDir private Path folder;

  private ProviderFile read(String yaml) {
    return read(yaml, PUBLIC);
  }

  private ProviderFile read(String yaml, @Nullable URI publicUrl) {
    try {
      return ProviderFile.read(Files.writeString(folder.resolve("page.yaml"), yaml), publicUrl);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void refused(String yaml, String... says) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll(says);
  }

  private static String oidc(String more) {
    return """
    providers:
      - id: portal
        kind: oidc
        name: {ko: 포털, en: Portal}
        capacity: 10
        issuer: https://portal.example
        clientId: naru
    """
        + more.indent(4);
  }

  @Test
  void mistakesAreToldWithLineAndField() {
    refused(
        oidc("isuer: x\ncapacity: 0\nsecretIn: pocket"),
        "line 8, column 5: providers[0]: found the key \"isuer\", expected \"issuer\"",
        "line 9, column 5: providers[0].capacity: found the key a second time",
        "line 10, column 15: providers[0].secretIn: found \"pocket\", expected one of header, form");
    refused(
        "providers:\n  - {id: x, kind: magic}", "line 2", "kind", "oidc, phone-code, simulated");
    refused("providers: []", "providers", "a list of providers");
    refused("", "an empty file");
    refused("providers: [", "YAML");
  }

  @Test
  void aSecretInThePageIsRefusedAndNotRepeated() {
    assertThatThrownBy(() -> read(oidc("clientSecret: hunter2\nownPeople: true")))
        .hasMessageContaining("providers[0].clientSecret")
        .hasMessageContaining("secrets do not belong in this page")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void aSecretComesFromTheEnvironmentOrAFile() throws IOException {
    Files.writeString(folder.resolve("portal.secret"), "hunter2\n");
    assertThat(read(oidc("clientSecret: {file: portal.secret}\nownPeople: true")).providers())
        .hasSize(1);
    assertThat(read(oidc("clientSecret: {env: PATH}\nownPeople: true")).providers()).hasSize(1);
    refused(oidc("clientSecret: {env: NOT_SET_ANYWHERE}"), "an environment variable that is set");
    refused(oidc("clientSecret: {file: nowhere}"), "a file that can be read");
    refused(oidc("clientSecret: {}"), "either env or file");
  }

  @Test
  void whoDoesNotKnowPeopleByConnectingInformationMustSaySo() {
    refused(oidc(""), "providers[0].ownPeople", "true, because no claim ci is named");
    assertThat(read(oidc("claims: {ci: ci}")).warnings()).isEmpty();
    String both =
        oidc("ownPeople: true")
            + oidc("claims: {ci: ci}").replace("portal", "other").replace("providers:\n", "");
    assertThat(read(both).warnings())
        .singleElement()
        .asString()
        .contains("People of portal count as other people");
  }

  @Test
  void symmetricAndMissingSignaturesAndPlainHttpCannotBeConfigured() {
    refused(oidc("ownPeople: true\nalgorithms: [HS256]"), "algorithms[0]", "RS256");
    refused(oidc("ownPeople: true\nalgorithms: [none]"), "algorithms[0]");
    refused(
        oidc("ownPeople: true").replace("https://portal", "http://portal"),
        "providers[0].issuer",
        "an https address");
  }

  @Test
  void aProviderWithAPageOfItsOwnNeedsOurAddress() {
    assertThatThrownBy(() -> read(oidc("ownPeople: true"), null))
        .hasMessageContaining("--public-url");
  }

  @Test
  void twoProvidersOfOneIdAreRefused() {
    String one = oidc("ownPeople: true");
    refused(one + one.replace("providers:\n", ""), "two identity providers have the id portal");
  }

  @Test
  void simulatedChecksAreWarnedOfInLargeLetters() {
    assertThat(ProviderFile.read(Path.of("../examples/providers.yaml"), null).warnings())
        .anyMatch(line -> line.contains("SIMULATED IDENTITY CHECKS ARE ON"));
    assertThat(ProviderFile.NONE.warnings()).singleElement().asString().contains("nobody can");
  }

  /// Every example is right but for the secrets, which are not here.
  @Test
  void theExamplesAreRight() throws IOException {
    Path examples = Path.of("../examples/providers");
    Files.writeString(folder.resolve("authorities.pem"), "");
    Files.writeString(folder.resolve("authority-1.crl"), "");
    List<Path> pages;
    try (Stream<Path> files = Files.list(examples)) {
      pages = files.sorted().toList();
    }
    assertThat(pages).hasSize(7);
    for (Path page : pages) {
      String text = Files.readString(page).replaceAll("env: NARU_\\w+", "env: PATH");
      assertThat(read(text).providers()).as(page.toString()).hasSize(1);
    }
  }

  @Test
  void aFolderIsReadPageByPage() throws IOException {
    Files.writeString(folder.resolve("a.yaml"), oidc("ownPeople: true"));
    Files.writeString(folder.resolve("b.yaml"), oidc("claims: {ci: ci}").replace("portal", "b"));
    Files.writeString(folder.resolve("notes.txt"), "not a page");
    assertThat(ProviderFile.read(folder, PUBLIC).providers())
        .extracting(ProviderFile.Configured::id)
        .containsExactly("portal", "b");
  }
}
