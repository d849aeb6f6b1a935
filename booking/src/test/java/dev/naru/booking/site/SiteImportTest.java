package dev.naru.booking.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import dev.naru.booking.site.ImportResult.FileRefused;
import dev.naru.booking.site.ImportResult.Imported;
import dev.naru.booking.site.ImportResult.ListFormat;
import dev.naru.booking.site.ImportResult.RowRefusal;
import dev.naru.booking.site.ImportResult.RowsRefused;
import dev.naru.booking.site.SiteStore.Saved;
import dev.naru.database.Database;
import dev.naru.database.TestPostgres;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SiteImportTest {
  private static final SiteMapping MAPPING =
      MappingReaderTest.valid(
          """
          source: clinics
          columns: {name: name, kind: kind, address: address, phone: phone, hours: hours,
                    province: province, district: district, lat: lat, lng: lng}
          constants: {kind: 의원}
          values: {kind: {H: 병원}, hours: {평일: "Mo-Fr 09:00-18:00"}}
          hours: {default: "Mo-Fr 09:00-17:00", 병원: "Mo-Sa 08:00-18:00"}
          """);
  private static final String HEADING = "name,kind,address,phone,hours,province,district,lat,lng\n";

  @TempDir Path folder;
  private static final Database DATABASE = TestPostgres.with("booking");
  private final Regions regions = Regions.load();
  private final SiteStore store = new SiteStore(DATABASE.dataSource());
  private final SiteImport imports = new SiteImport(store, regions, HoursPattern::matches);
  private Path list = Path.of("list.csv");

  @BeforeEach
  void empty() throws SQLException {
    list = folder.resolve("list.csv");
    try (Connection connection = DATABASE.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("TRUNCATE booking.site RESTART IDENTITY");
    }
  }

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "x-windows-949"})
  void aListBecomesSites(String charset) throws IOException {
    Files.writeString(
        list,
        (HEADING
                + "한빛의원,,\"서울 중구 나루로 1, 2층\",02-1,평일,서울,중구,37.56,127.0\r\n"
                + " 새 \t봄  병원 ,H,수원 장안구 나루로 2,,,경기,수원시,,\r\n")
            .replace("\n", "\r\n")
            .replace("\r\r", "\r"),
        Charset.forName(charset));
    assertThat(run(false))
        .isEqualTo(
            new Imported(
                new ListFormat(charset.equals("UTF-8") ? "UTF-8" : "CP949", ',', "clinics"),
                new Saved(2, 0, 0),
                new ImportResult.Refusals(0, List.of(), null)));
    assertThat(store.all())
        .containsExactly(
            new Site(
                1,
                "한빛의원",
                "의원",
                "서울 중구 나루로 1, 2층",
                "02-1",
                "11140",
                new Point(37.56, 127.0),
                "Mo-Fr 09:00-18:00",
                true),
            new Site(
                2, "새 봄 병원", "병원", "수원 장안구 나루로 2", null, "41111", null, "Mo-Sa 08:00-18:00", true));
    assertThat(list.resolveSibling("list.csv.refused.csv")).doesNotExist();
  }

  @Test
  void aRefusedRowRefusesTheListUnlessTheGoodOnesAreTakenAlone() throws IOException {
    Files.writeString(
        list,
        HEADING
            + "a,,서울 중구 1,,,서울,중구,,\n"
            + "\"=1+1\",,\"x\ny\",,,서울,없는구,,\n"
            + "b,,서울 중구 2,,,서울,중구,,\n"
            + "a,,서울 중구 1,,,서울,중구,,\n");
    RowsRefused refused = (RowsRefused) run(false);
    assertThat(refused.good()).isEqualTo(2);
    assertThat(refused.refusals().count()).isEqualTo(2);
    assertThat(refused.refusals().first())
        .extracting(RowRefusal::row, RowRefusal::line, r -> r.reason().en())
        .containsExactly(
            tuple(3, 3L, "district (district) names no known district: '서울 없는구'."),
            tuple(5, 6L, "It is the same site as in row 2."));
    assertThat(store.count()).isZero();

    Imported imported = (Imported) run(true);
    assertThat(imported.saved()).isEqualTo(new Saved(2, 0, 0));
    Path file = Objects.requireNonNull(imported.refusals().file());
    assertThat(Files.readString(file)).startsWith("\uFEFF행,줄,거부 사유,reason,name,kind");
    List<CsvRecord> rows;
    try (CsvReader<CsvRecord> csv = CsvReader.builder().ofCsvRecord(file)) {
      rows = csv.stream().toList();
    }
    assertThat(rows).hasSize(3);
    assertThat(rows.get(1).getField(4)).isEqualTo("'=1+1");

    Files.writeString(list, HEADING + "b,,서울 중구 2,,,서울,중구,,\n");
    assertThat(((Imported) run(false)).saved()).isEqualTo(new Saved(0, 0, 1));
    assertThat(file).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | 서울 중구 1 | '' | '' | '' | '' | name (name) is empty.",
        "a | '' | '' | '' | '' | '' | address (address) is empty.",
        "a | b | '' | Mo-Fr 25:00-26:00 | '' | '' | hours (hours) is not like",
        "a | b | '' | '평일만' | '' | '' | hours (hours) is not like",
        "a | b | call me | '' | '' | '' | phone (phone) is not a phone number.",
        "a | b | '' | '' | 127.0 | 37.5 | lat (lat) and lng must be numbers",
        "a | b | '' | '' | 37.5 | '' | lat (lat) and lng must be numbers",
        "a | b | '' | '' | NaN | NaN | lat (lat) and lng must be numbers",
        "a | b | '' | '' | 37.5 | 1e2 | lat (lat) and lng must be numbers",
        "a\u0007b | b | '' | '' | '' | '' | name (name) has characters that do not show.",
        "a\u202Eb | b | '' | '' | '' | '' | name (name) has characters that do not show.",
      })
  void aWrongValueIsRefusedWithItsReason(
      String name,
      String address,
      String phone,
      String hours,
      String lat,
      String lng,
      String reason)
      throws IOException {
    Files.writeString(
        list,
        HEADING + String.join(",", name, "", address, phone, hours, "서울", "중구", lat, lng) + "\n");
    assertThat(((RowsRefused) run(false)).refusals().first())
        .singleElement()
        .satisfies(refusal -> assertThat(refusal.reason().en()).startsWith(reason));
  }

  @Test
  void aRowWithAnotherNumberOfColumnsIsRefused() throws IOException {
    Files.writeString(list, HEADING + "a,,b,,,서울,중구,\na,,b,,,서울,중구,,,\n");
    assertThat(((RowsRefused) run(false)).refusals().count()).isEqualTo(2);
  }

  @Test
  void withoutColumnsForTheRegionTheAddressTellsIt() throws IOException {
    SiteMapping mapping =
        MappingReaderTest.valid(
            """
            source: addresses
            columns: {name: 이름, address: 주소}
            constants: {kind: 의원}
            hours: {default: "Mo-Fr 09:00-17:00"}
            """);
    Files.writeString(list, "이름;주소\na;전북 전주시 덕진구 나루로 1\nb;세종시 나루로 2\n");
    assertThat(imports.run(list, mapping, false, (_, _, _) -> {})).isInstanceOf(Imported.class);
    assertThat(store.all()).extracting(Site::region).containsExactly("52113", "36110");
  }

  @ParameterizedTest
  @CsvSource({
    "서울, 서울특별시 종로구 나루로 1, 11110",
    "서울, 종로구 나루로 1, 11110",
    "세종, 나루로 1, 36110",
    "'', 충북 청주시 청원구 나루로 1, 43114",
    "서울, 부산 중구 나루로 1, ''"
  })
  void withoutADistrictTheAddressTellsItWithinTheProvince(
      String province, String address, String region) throws IOException {
    Files.writeString(list, HEADING + "a,," + address + ",,," + province + ",,,\n");
    run(false);
    assertThat(store.all())
        .extracting(Site::region)
        .isEqualTo(region.isEmpty() ? List.of() : List.of(region));
  }

  @Test
  void aFileThatIsNoListIsRefusedAsAWhole() throws IOException {
    assertThat(run(false)).isEqualTo(new FileRefused(FileRefusals.MISSING));
    Files.writeString(list, "");
    assertThat(run(false)).isEqualTo(new FileRefused(FileRefusals.EMPTY));
    Files.writeString(list, "a,b\n1,2\n");
    assertThat(((FileRefused) run(false)).reason().en()).contains("lacks address, district");
    assertThat(((FileRefused) imports.run(list, null, false, (_, _, _) -> {})).reason().en())
        .contains("--mapping", "It has a, b.");
    Files.writeString(list, HEADING.replace("kind", "name") + "a,b\n");
    assertThat(((FileRefused) run(false)).reason().en()).contains("lacks kind");
    Files.writeString(list, HEADING.strip() + ",name\n");
    assertThat(((FileRefused) run(false)).reason().en()).contains("'name' stands there twice");
    Files.writeString(list, HEADING + "a,,서울 중구 1,,,서울,중구,,\n\"b\"x,\n");
    assertThat(((FileRefused) run(true)).reason().en()).contains("near line 3");
    Files.writeString(list, "????,???\n");
    assertThat(run(false)).isEqualTo(new FileRefused(Damage.REFUSAL));
    String wrong = new String("종로구".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    Files.writeString(
        list, HEADING + "a,,서울 중구 1,,,서울,중구,,\nx,,y,,,서울,없는구,,\n" + wrong + ",,b,,,서울,중구,,\n");
    assertThat(run(true)).isEqualTo(new FileRefused(Damage.REFUSAL));
    assertThat(list.resolveSibling("list.csv.refused.csv")).doesNotExist();
    assertThat(store.count()).isZero();
  }

  @Test
  void withoutAPlaceForTheRefusedRowsNothingIsImported() throws IOException {
    Files.writeString(list, HEADING + "a,,서울 중구 1,,,서울,중구,,\nx,,y,,,서울,없는구,,\n");
    Files.createDirectories(list.resolveSibling("list.csv.refused.csv").resolve("occupied"));
    assertThat(((FileRefused) run(true)).reason().en()).contains("cannot be written");
    assertThat(store.count()).isZero();
  }

  @Test
  void aLongListTakesSecondsAndSaysHowFarItIs() throws IOException {
    try (CsvWriter csv = CsvWriter.builder().build(list)) {
      csv.writeRecord(HEADING.strip().split(",", -1));
      new SyntheticNation(regions)
          .generate(1, 20_000)
          .forEach(
              site ->
                  csv.writeRecord(
                      site.name(),
                      site.kind(),
                      site.address(),
                      site.phone(),
                      site.hours(),
                      "",
                      "",
                      "",
                      ""));
    }
    List<Long> seen = new ArrayList<>();
    ImportResult result =
        imports.run(
            list,
            MAPPING,
            false,
            (bytes, of, _) -> {
              seen.add(bytes);
              assertThat(bytes).isLessThanOrEqualTo(of);
            });
    assertThat(((Imported) result).saved()).isEqualTo(new Saved(20_000, 0, 0));
    assertThat(seen).hasSize(21).isSorted().endsWith(Files.size(list));
  }

  @Test
  void theMinistrysListArrivesCompleteWithRightDistricts() throws IOException {
    Path original =
        SharedFiles.path("data/institutions/mohw_public_health_centres_20221231_cp949.csv");
    Files.copy(original, list);
    Imported first = (Imported) imports.run(list, null, false, (_, _, _) -> {});
    assertThat(first.format())
        .isEqualTo(new ListFormat("CP949", ',', "mohw-public-health-centres"));
    assertThat(first.saved()).isEqualTo(new Saved(3_598, 0, 0));
    List<Site> sites = store.all();
    assertThat(sites).hasSize(3_598);
    assertThat(sites)
        .filteredOn(
            site ->
                !regions
                    .inAddress(site.address())
                    .map(District::code)
                    .equals(Optional.of(site.region())))
        .extracting(Site::name)
        .containsExactly("옹진군보건소");
    assertThat(sites)
        .filteredOn(site -> site.name().equals("옹진군보건소"))
        .extracting(Site::region)
        .containsExactly("28720");
    Map<String, Long> byProvince =
        sites.stream()
            .collect(
                Collectors.groupingBy(
                    site -> regions.province(site.region()).orElseThrow().name().en(),
                    Collectors.counting()));
    assertThat(byProvince)
        .hasSize(17)
        .containsEntry("Jeonbuk-do", 409L)
        .containsEntry("Gangwon-do", 256L)
        .containsEntry("Sejong", 19L)
        .containsEntry("Daegu", 27L + 18L);
    Imported again = (Imported) imports.run(list, null, false, (_, _, _) -> {});
    assertThat(again.saved()).isEqualTo(new Saved(0, 0, 3_598));
    assertThat(store.all()).isEqualTo(sites);
  }

  @Test
  void theMinistrysListIsTheSameInUtf8AndWithTabs() throws IOException {
    Path original =
        SharedFiles.path("data/institutions/mohw_public_health_centres_20221231_cp949.csv");
    Files.copy(original, list);
    imports.run(list, null, false, (_, _, _) -> {});
    Files.writeString(list, "\uFEFF" + Files.readString(original, TextEncoding.CP949));
    assertThat(((Imported) imports.run(list, null, false, (_, _, _) -> {})).saved())
        .isEqualTo(new Saved(0, 0, 3_598));
    try (CsvReader<CsvRecord> csv = CsvReader.builder().ofCsvRecord(original, TextEncoding.CP949);
        CsvWriter tabs = CsvWriter.builder().fieldSeparator('\t').build(list)) {
      csv.forEach(row -> tabs.writeRecord(row.getFields()));
    }
    Imported third = (Imported) imports.run(list, null, false, (_, _, _) -> {});
    assertThat(third.saved()).isEqualTo(new Saved(0, 0, 3_598));
    assertThat(third.format().delimiter()).isEqualTo('\t');
  }

  @Test
  void theDamagedListIsRefusedWithASentenceThatSaysWhy() {
    Path damaged = SharedFiles.path("data/institutions/mohw_public_health_centres_MOJIBAKE.csv");
    FileRefused refused = (FileRefused) imports.run(damaged, null, true, (_, _, _) -> {});
    assertThat(refused.reason().en())
        .contains("damaged by an earlier conversion", "Get the original file");
    assertThat(store.count()).isZero();
  }

  @Test
  void naughtyNamesAreStoredAsTheyAreOrRefused() throws IOException {
    String[] naughty =
        new ObjectMapper()
            .readValue(SharedFiles.path("conformance/blns/blns.json").toFile(), String[].class);
    List<String> names = new ArrayList<>(List.of(naughty));
    assertThat(names).hasSizeGreaterThan(400);
    try (CsvWriter csv = CsvWriter.builder().build(list)) {
      csv.writeRecord(HEADING.strip().split(",", -1));
      for (int i = 0; i < names.size(); i++) {
        csv.writeRecord(
            names.get(i).replace("\uFFFD", ""), "", "서울 중구 나루로 " + i, "", "", "서울", "중구", "", "");
      }
    }
    Imported imported = (Imported) run(true);
    Set<String> expected = new HashSet<>();
    names.forEach(name -> expected.add(RowRules.clean(name)));
    assertThat(expected).containsAll(store.all().stream().map(Site::name).toList());
    assertThat(imported.saved().created() + imported.refusals().count()).isEqualTo(names.size());
    assertThat(imported.saved().created()).isGreaterThan(400);
    Path file = Objects.requireNonNull(imported.refusals().file());
    try (CsvReader<CsvRecord> csv = CsvReader.builder().ofCsvRecord(file)) {
      assertThat(csv.stream().flatMap(row -> row.getFields().stream()))
          .noneMatch(cell -> cell.matches("(?s)[=+@\\-].*"));
    }
    assertThat(((Imported) run(true)).saved().unchanged()).isEqualTo(imported.saved().created());
  }

  private ImportResult run(boolean partial) {
    return imports.run(list, MAPPING, partial, (_, _, _) -> {});
  }
}
