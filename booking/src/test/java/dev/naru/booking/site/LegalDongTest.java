package dev.naru.booking.site;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The region table against the ministry's list of legal-dong codes.
class LegalDongTest {
  /// Divided among several districts of today, or cut off in the list.
  private static final Set<String> WITHOUT_ONE_SUCCESSOR =
      Set.of(
          "인천직할시 북구",
          "인천광역시 북구",
          "경기도 시흥군",
          "경기도 인천시",
          "충청남도 대전시",
          "전라남도 광주시",
          "경상북도 대구시",
          "경상남도 부산시",
          "경상남도 동래군",
          "경상남도 울산시",
          "경상남도 부산시부산진");

  private final Regions regions = Regions.load();
  private List<CsvRecord> rows = List.of();

  @BeforeEach
  void read() throws IOException {
    Path file = SharedFiles.path("data/regions/molit_legal_dong_20250807_utf8bom.csv");
    try (CsvReader<CsvRecord> csv = CsvReader.builder().detectBomHeader(true).ofCsvRecord(file)) {
      rows = csv.stream().skip(1).filter(row -> row.getField(0).endsWith("00000")).toList();
    }
  }

  @Test
  void everyLiveDistrictIsThereAndNoOther() {
    Map<String, String> listed = new TreeMap<>();
    for (CsvRecord row : rows) {
      if (row.getField(7).isEmpty() && !row.getField(0).endsWith("00000000")) {
        listed.put(row.getField(0).substring(0, 5), row.getField(1) + row.getField(2));
      }
    }
    Map<String, String> ours =
        regions.districts().stream()
            .collect(
                Collectors.toMap(
                    District::code,
                    district -> regions.fullName(district).ko().replace(" ", ""),
                    (a, b) -> a,
                    TreeMap::new));
    assertThat(ours).hasSize(264).isEqualTo(listed);
  }

  @Test
  void everyAbolishedDistrictIsFoundByItsOldName() {
    List<String> lost =
        rows.stream()
            .filter(row -> !row.getField(7).isEmpty() && !row.getField(2).isEmpty())
            .filter(row -> !row.getField(0).endsWith("00000000"))
            .filter(row -> !row.getField(2).matches(".*(출장|출장소|출)"))
            .filter(row -> regions.find(row.getField(1), row.getField(2)).isEmpty())
            .map(row -> row.getField(1) + " " + row.getField(2))
            .filter(name -> !WITHOUT_ONE_SUCCESSOR.contains(name))
            .distinct()
            .toList();
    assertThat(lost).isEmpty();
  }
}
