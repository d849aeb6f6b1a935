package dev.naru.booking.personlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.booking.campaign.CampaignTexts;
import dev.naru.booking.campaign.Campaigns;
import dev.naru.booking.personlist.ListImportResult.Imported;
import dev.naru.booking.personlist.ListImportResult.LinesRefused;
import dev.naru.common.eligibility.Membership.Standing;
import dev.naru.common.person.PersonKeys;
import dev.naru.database.Database;
import dev.naru.database.TestPostgres;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// On a real PostgreSQL.
class PersonListsTest {
  private static final String CAMPAIGN = "small";
  private static final String LIST = "vaccinated";

  private final Database database = TestPostgres.with("booking");
  private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-03-01T00:00:00Z"));
  private final PersonKeys keys = new PersonKeys(new byte[32]);
  private final ListImports imports = new ListImports(database.dataSource(), keys, clock);
  private final PersonLists node = new PersonLists(database.dataSource(), keys);
  private final PersonLists otherNode = new PersonLists(database.dataSource(), keys);

  @TempDir private Path folder = Path.of(".");

  @BeforeEach
  void applyACampaign() {
    new Campaigns(database.dataSource(), clock).apply(CampaignTexts.SMALL);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private ListImportResult run(String text, boolean partial) throws IOException {
    return run(text, StandardCharsets.UTF_8, partial);
  }

  private ListImportResult run(String text, Charset charset, boolean partial) throws IOException {
    Path file = Files.write(folder.resolve("list.csv"), text.getBytes(charset));
    return imports.run(CAMPAIGN, LIST, file, "ci", partial, (_, _) -> {});
  }

  private Standing standing(PersonLists lists, String ci) {
    lists.refresh();
    return lists.standing(CAMPAIGN, LIST, keys.of(ci));
  }

  @Test
  void whoIsOnTheFileIsOnTheListOfEveryNodeAndNobodyElse() throws IOException {
    assertThat(standing(node, "ci-1")).isEqualTo(Standing.MISSING);

    assertThat(run("ci,dose\nci-1,2021-05-01\nci-2,2021-05-02\n", false))
        .isEqualTo(new Imported(2, 0, none()));

    for (PersonLists lists : List.of(node, otherNode)) {
      assertThat(standing(lists, "ci-1")).isEqualTo(Standing.ON);
      assertThat(standing(lists, "ci-2")).isEqualTo(Standing.ON);
      assertThat(standing(lists, "ci-3")).isEqualTo(Standing.OFF);
      assertThat(standing(lists, "CI-1")).isEqualTo(Standing.OFF);
      assertThat(lists.entries(CAMPAIGN, LIST)).isEqualTo(2);
    }
  }

  private static ListImportResult.Refused none() {
    return new ListImportResult.Refused(0, List.of());
  }

  @Test
  void aNewImportReplacesTheListAsAWhole() throws IOException {
    run("ci\nci-1\nci-2\n", false);
    assertThat(standing(node, "ci-1")).isEqualTo(Standing.ON);
    run("ci\nci-2\nci-3\n", false);
    assertThat(standing(node, "ci-1")).isEqualTo(Standing.OFF);
    assertThat(standing(node, "ci-2")).isEqualTo(Standing.ON);
    assertThat(standing(node, "ci-3")).isEqualTo(Standing.ON);
  }

  @Test
  void anEmptyListIsThereAndHasNobody() throws IOException {
    run("ci\n", false);
    assertThat(standing(node, "ci-1")).isEqualTo(Standing.OFF);
  }

  @Test
  void aListThatIsRemovedIsMissing() throws IOException {
    run("ci\nci-1\n", false);
    assertThat(imports.remove(CAMPAIGN, LIST)).isTrue();
    assertThat(imports.remove(CAMPAIGN, LIST)).isFalse();
    assertThat(standing(node, "ci-1")).isEqualTo(Standing.MISSING);
    assertThat(rows("SELECT 1 FROM booking.person_list_part")).isEmpty();
  }

  @Test
  void whoStandsThereTwiceCountsOnce() throws IOException {
    assertThat(run("ci\nci-1\nci-1\nci-1\n", false)).isEqualTo(new Imported(1, 2, none()));
  }

  @Test
  void wrongLinesAreNumberedWithTheirReasonAndNothingIsImported() throws IOException {
    String secret = "ci-with-ü";
    ListImportResult result =
        run("name,ci\nKim,ci-1\nLee,\nPark," + secret + "\nChoi\nHan, ci-2\n", false);

    assertThat(result)
        .isInstanceOfSatisfying(
            LinesRefused.class,
            refused -> {
              assertThat(refused.good()).isEqualTo(1);
              assertThat(refused.refused().count()).isEqualTo(4);
              assertThat(refused.refused().first())
                  .extracting(ListImportResult.Line::number)
                  .containsExactly(3L, 4L, 5L, 6L);
            });
    assertThat(result.toString()).doesNotContain(secret, "Park", "Han", "ci-2");
    assertThat(standing(node, "ci-1")).isEqualTo(Standing.MISSING);
    assertThat(run("name,ci\nKim,ci-1\nLee,\n", true))
        .isInstanceOfSatisfying(
            Imported.class, imported -> assertThat(imported.entries()).isEqualTo(1));
  }

  @Test
  void otherColumnsMayBeInAnyEncodingAndTheMarkOfUtf8IsNoLetter() throws IOException {
    run("\uFEFF\"CI\";이름\nci-1;홍길동\n", false);
    assertThat(standing(node, "ci-1")).isEqualTo(Standing.ON);
    run("이름\tci\n홍길동\tci-2\n", Charset.forName("MS949"), false);
    assertThat(standing(node, "ci-2")).isEqualTo(Standing.ON);
  }

  @Test
  void aFileWithoutTheColumnIsRefused() throws IOException {
    for (String text : List.of("", "name,phone\nKim,010\n", "\0\0\0")) {
      assertThat(run(text, false)).isInstanceOf(ListImportResult.FileRefused.class);
    }
  }

  @Test
  void aCampaignThatThereIsNotTakesNoList() throws IOException {
    Path file = Files.writeString(folder.resolve("list.csv"), "ci\nci-1\n");
    assertThatThrownBy(() -> imports.run("other", LIST, file, "ci", false, (_, _) -> {}))
        .hasMessageContaining("no campaign other");
  }

  @Test
  void nothingOfAPersonIsInTheDatabaseNotEvenThePersonKey() throws IOException {
    run("ci\nci-1\n", false);
    String stored =
        String.join(" ", rows("SELECT encode(fingerprints, 'hex') FROM booking.person_list_part"));
    assertThat(stored).hasSize(16);
    assertThat(HexFormat.of().formatHex(keys.of("ci-1").bytes())).doesNotContain(stored);
    assertThat(stored)
        .isNotEqualTo(HexFormat.of().formatHex("ci-1".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void theSamePersonHasAnotherFingerprintOnEachList() {
    assertThat(new ListKey(keys, CAMPAIGN, "a").fingerprint(keys.of("ci-1")))
        .isNotEqualTo(new ListKey(keys, CAMPAIGN, "b").fingerprint(keys.of("ci-1")))
        .isNotEqualTo(new ListKey(keys, "other", "a").fingerprint(keys.of("ci-1")));
  }

  /// More than one row of the table, and the control: a list of which a row was lost is not taken.
  @Test
  void aListOfManyRowsIsReadWholeOrNotAtAll() throws Exception {
    String many =
        IntStream.range(0, 150_000).mapToObj(i -> "ci-" + i).collect(Collectors.joining("\n"));
    run("ci\n" + many + "\n", false);
    assertThat(rows("SELECT part FROM booking.person_list_part")).hasSize(3);
    assertThat(standing(node, "ci-149999")).isEqualTo(Standing.ON);
    assertThat(standing(node, "ci-150000")).isEqualTo(Standing.OFF);

    rows("DELETE FROM booking.person_list_part WHERE part = 1 RETURNING part");
    assertThatThrownBy(() -> otherNode.refresh()).hasMessageContaining("cannot be read");
    assertThat(node.standing(CAMPAIGN, LIST, keys.of("ci-3"))).isEqualTo(Standing.ON);
  }

  private List<String> rows(String sql) {
    List<String> rows = new ArrayList<>();
    try (var connection = database.dataSource().getConnection();
        var statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        rows.add(result.getString(1));
      }
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
    return rows;
  }
}
