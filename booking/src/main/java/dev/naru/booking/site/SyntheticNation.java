package dev.naru.booking.site;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A country of sites that do not exist, for demo and tests: as many in each district as its
/// population asks for. Every name ends with (가상), "imaginary", and every telephone number has an
/// exchange that cannot be dialled.
public final class SyntheticNation {
  /// Source of all its sites.
  public static final String SOURCE = "synthetic";

  /// As many as took part in the vaccination of 2021.
  public static final int DEFAULT_SITES = 15_000;

  private static final int MOST_SITES = 100_000;

  private static final List<String> FIRST =
      List.of(
          "가온", "가람", "나래", "누리", "다솜", "다온", "달빛", "도담", "도란", "동틀", "라온", "마루", "맑은", "모란", "물결",
          "미르", "바른", "반디", "별빛", "보듬", "봄빛", "산들", "새봄", "새솔", "샛별", "선한", "소담", "솔빛", "시나브로",
          "아라", "아름", "여울", "온새", "우람", "은하", "이든", "잔별", "차오름", "초록", "튼튼", "파란", "포근", "푸른", "하늘",
          "하람", "한결", "한별", "한빛", "해든", "해솔", "햇살", "흰돌");

  private static final List<String> SECOND =
      List.of(
          "강", "고을", "구름", "그루", "길", "꽃", "나무", "나루", "내", "다리", "돌", "들", "뜰", "마을", "못", "바다",
          "바람", "별", "봉", "불", "산", "샘", "섬", "솔", "숲", "언덕", "우물", "터", "터전", "하루", "항", "해");

  private static final List<Kind> KINDS =
      List.of(
          new Kind("의원", 45, List.of("의원", "내과의원", "가정의학과의원", "연합의원")),
          new Kind("소아청소년과의원", 12, List.of("소아청소년과의원", "소아과의원")),
          new Kind("이비인후과의원", 12, List.of("이비인후과의원")),
          new Kind("정형외과의원", 9, List.of("정형외과의원", "재활의학과의원")),
          new Kind("병원", 15, List.of("병원", "요양병원")),
          new Kind("종합병원", 4, List.of("종합병원")),
          new Kind("보건지소", 3, List.of("보건지소")));

  private static final List<String> CLINIC_HOURS =
      List.of(
          "Mo-Fr 09:00-18:00; Sa 09:00-13:00",
          "Mo-Fr 09:00-12:30,13:30-18:00; Sa 09:00-13:00",
          "Mo-Fr 09:00-13:00,14:00-18:30; Sa 09:00-14:00",
          "Mo-Tu 09:00-18:00; We 09:00-13:00; Th-Fr 09:00-18:00; Sa 09:00-13:00",
          "Mo-Fr 09:30-19:00; Sa 09:30-15:00",
          "Mo-Fr 08:30-20:00; Sa 09:00-17:00; Su 10:00-13:00");

  private static final String HOSPITAL_HOURS = "Mo-Fr 08:30-17:30; Sa 08:30-12:30";
  private static final String OFFICE_HOURS = "Mo-Fr 09:00-12:00,13:00-18:00";

  private final Regions regions;

  public SyntheticNation(Regions regions) {
    this.regions = regions;
  }

  private record Kind(String name, int weight, List<String> endings) {}

  /// Makes sites; the same seed and number give the same sites in the same order. The first in each
  /// district is a public health centre.
  ///
  /// @param sites 1 to 100,000
  public Stream<ListedSite> generate(long seed, int sites) {
    if (sites < 1 || sites > MOST_SITES) {
      throw new IllegalArgumentException("Between 1 and 100,000 sites, not " + sites);
    }
    List<District> districts =
        regions.districts().stream().filter(district -> !district.divided()).toList();
    int[] shares = shares(districts.stream().mapToInt(District::population).toArray(), sites);
    SplittableRandom random = new SplittableRandom(seed);
    Set<String> names = new HashSet<>();
    List<ListedSite> made = new ArrayList<>(sites);
    for (int i = 0; i < shares.length; i++) {
      for (int index = 0; index < shares[i]; index++) {
        made.add(
            index == 0
                ? healthCentre(districts.get(i), random)
                : site(districts.get(i), index, random, names));
      }
    }
    return made.stream();
  }

  /// Divides by weight: one for each when there is enough, the rest by largest remainder.
  static int[] shares(int[] weights, int total) {
    int least = total >= weights.length ? 1 : 0;
    long rest = total - (long) least * weights.length;
    long sum = IntStream.of(weights).asLongStream().sum();
    int[] shares = new int[weights.length];
    List<Integer> byRemainder = new ArrayList<>();
    long given = 0;
    for (int i = 0; i < weights.length; i++) {
      long share = rest * weights[i] / sum;
      shares[i] = least + (int) share;
      given += share;
      byRemainder.add(i);
    }
    byRemainder.sort(Comparator.comparingLong(i -> -(rest * weights[i] % sum)));
    for (int k = 0; k < rest - given; k++) {
      shares[byRemainder.get(k)]++;
    }
    return shares;
  }

  private ListedSite healthCentre(District district, SplittableRandom random) {
    String name = regions.fullName(district).ko() + " 나루보건소 (가상)";
    return site(district, 0, name, "보건소", OFFICE_HOURS, random);
  }

  private ListedSite site(
      District district, int index, SplittableRandom random, Set<String> names) {
    Kind kind = kind(random);
    String name = name(kind, random);
    for (int branch = 2; !names.add(name); branch++) {
      name = branch < 6 ? name(kind, random) : name(kind, random) + " 제" + branch + "분원";
    }
    String hours =
        switch (kind.name()) {
          case "병원", "종합병원" -> HOSPITAL_HOURS;
          case "보건지소" -> OFFICE_HOURS;
          default -> one(CLINIC_HOURS, random);
        };
    return site(district, index, name + " (가상)", kind.name(), hours, random);
  }

  private static Kind kind(SplittableRandom random) {
    int at = random.nextInt(KINDS.stream().mapToInt(Kind::weight).sum());
    for (Kind kind : KINDS) {
      at -= kind.weight();
      if (at < 0) {
        return kind;
      }
    }
    throw new IllegalStateException("The weights do not add up");
  }

  private static String name(Kind kind, SplittableRandom random) {
    return one(FIRST, random) + one(SECOND, random) + one(kind.endings(), random);
  }

  private ListedSite site(
      District district,
      int index,
      String name,
      String kind,
      String hours,
      SplittableRandom random) {
    return new ListedSite(
        SOURCE,
        district.code() + "-" + index,
        name,
        kind,
        address(district, random),
        "%s-000-%04d".formatted(areaCode(district.province()), random.nextInt(10_000)),
        district.code(),
        point(district, random),
        hours);
  }

  private String address(District district, SplittableRandom random) {
    String road = one(FIRST, random) + one(SECOND, random) + "로";
    if (random.nextInt(3) == 0) {
      road += (1 + random.nextInt(60)) + "번길";
    }
    return "%s %s %d, %d층"
        .formatted(
            regions.fullName(district).ko(), road, 1 + random.nextInt(400), 1 + random.nextInt(6));
  }

  /// Scattered around the centre, wards closely and counties widely, to 0.0001° (about 10 m).
  private static Point point(District district, SplittableRandom random) {
    String name = district.name().ko();
    double spread = name.endsWith("구") ? 0.012 : name.endsWith("시") ? 0.03 : 0.05;
    return new Point(
        scattered(district.centre().lat(), spread, random),
        scattered(district.centre().lng(), spread, random));
  }

  private static double scattered(double centre, double spread, SplittableRandom random) {
    double offset = Math.clamp(random.nextGaussian(0, spread), -2.5 * spread, 2.5 * spread);
    return Math.round((centre + offset) * 10_000) / 10_000.0;
  }

  private static String areaCode(String province) {
    return switch (province) {
      case "11" -> "02";
      case "26" -> "051";
      case "27" -> "053";
      case "28" -> "032";
      case "29" -> "062";
      case "30" -> "042";
      case "31" -> "052";
      case "36" -> "044";
      case "41" -> "031";
      case "43" -> "043";
      case "44" -> "041";
      case "46" -> "061";
      case "47" -> "054";
      case "48" -> "055";
      case "50" -> "064";
      case "51" -> "033";
      default -> "063";
    };
  }

  private static <T> T one(List<T> choice, SplittableRandom random) {
    return choice.get(random.nextInt(choice.size()));
  }
}
