package dev.naru.booking.site;

import dev.naru.booking.site.RegionsView.DistrictView;
import dev.naru.booking.site.RegionsView.ProvinceView;
import dev.naru.common.text.LocalText;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The region table: 17 provinces and all their districts, found by code, by name, by a short or
/// former name, or at the beginning of an address. Immutable.
public final class Regions {
  /// The longest name has 12 characters; more than this is not a name but some other text.
  private static final int LONGEST_NAME = 60;

  private final Map<String, Province> provinces;
  private final Map<String, District> districts;
  private final Map<String, Province> provincesByName;
  private final Map<String, District> districtsByName;
  private final Map<String, Set<String>> within;

  private Regions(Map<String, Province> provinces, Map<String, District> districts) {
    this.provinces = provinces;
    this.districts = districts;
    this.provincesByName = new HashMap<>();
    this.districtsByName = new HashMap<>();
    this.within = new HashMap<>();
    for (District district : districts.values()) {
      for (String code : codesOf(district)) {
        within.computeIfAbsent(code, _ -> new LinkedHashSet<>()).add(district.code());
      }
    }
  }

  /// The codes that stand for a district, alone or with others.
  private static Set<String> codesOf(District district) {
    Set<String> codes = new HashSet<>(List.of(district.province(), district.code()));
    String city = district.city();
    if (city != null) {
      codes.add(city);
    }
    return codes;
  }

  /// Reads the table that ships with the product.
  public static Regions load() {
    RegionTable table = RegionTable.read();
    Regions regions = new Regions(table.provinces(), table.districts());
    regions.nameProvinces();
    regions.nameDistricts(table.formerNames());
    return regions;
  }

  private void nameProvinces() {
    for (Province province : provinces.values()) {
      provincesByName.put(plain(province.name().ko()), province);
      province.otherNames().forEach(name -> provincesByName.put(plain(name), province));
    }
  }

  /// Today's names count before listed former ones, and those before names cut short, which count
  /// only where they mean one district of the province.
  private void nameDistricts(Map<String, List<String>> formerNames) {
    for (District district : districts.values()) {
      districtsByName.put(key(district.province(), district.name().ko()), district);
    }
    formerNames.forEach(
        (code, names) -> {
          District district = known(code);
          for (String name : names) {
            int colon = name.indexOf(':');
            String province = colon < 0 ? district.province() : name.substring(0, colon);
            districtsByName.putIfAbsent(key(province, name.substring(colon + 1)), district);
          }
        });
    Map<String, Set<District>> shortNames = new HashMap<>();
    for (District district : districts.values()) {
      for (String name : shortNames(district)) {
        shortNames
            .computeIfAbsent(key(district.province(), name), _ -> new LinkedHashSet<>())
            .add(district);
      }
    }
    shortNames.forEach(
        (name, meant) -> {
          if (meant.size() == 1) {
            districtsByName.putIfAbsent(name, meant.iterator().next());
          }
        });
  }

  /// 수원시 장안구 is also written 수원 장안구 and 장안구, 청주시 also 청주; but 중구 is never 중.
  private static List<String> shortNames(District district) {
    String name = district.name().ko();
    int space = name.indexOf(' ');
    if (space > 0) {
      String ward = name.substring(space + 1);
      return List.of(ward, name.substring(0, space - 1) + ward);
    }
    return name.length() > 2 ? List.of(name.substring(0, name.length() - 1)) : List.of();
  }

  /// The provinces in order of their codes.
  public List<Province> provinces() {
    return List.copyOf(provinces.values());
  }

  /// All districts in order of their codes, cities with wards and their wards among them.
  public List<District> districts() {
    return List.copyOf(districts.values());
  }

  /// The districts of a province in order of their codes; none for an unknown code.
  ///
  /// @param province two digits
  public List<District> districts(String province) {
    return districts.values().stream().filter(d -> d.province().equals(province)).toList();
  }

  /// The district with a code of five digits.
  public Optional<District> byCode(String code) {
    return Optional.ofNullable(districts.get(code));
  }

  /// The province with a code of two digits, or the one that the code of a district lies in.
  public Optional<Province> province(String code) {
    return code.length() < 2
        ? Optional.empty()
        : Optional.ofNullable(provinces.get(code.substring(0, 2)));
  }

  /// Codes of the districts that a code stands for: all of a province, a city with its wards, or
  /// the district itself. Empty for an unknown code.
  ///
  /// @param code two or five digits
  public Set<String> within(String code) {
    return within.getOrDefault(code, Set.of());
  }

  /// Finds a district by the names of province and district, in any spelling that is common:
  /// today's names, short and former names, with and without spaces. A province without districts
  /// below it (세종) needs no district name; without a province the district text is read like an
  /// address.
  public Optional<District> find(String province, String district) {
    if (province.isBlank()) {
      return inAddress(district);
    }
    Province found = named(province);
    if (found == null) {
      return Optional.empty();
    }
    Optional<District> direct = inProvince(found, district);
    return direct.isPresent()
        ? direct
        : inAddress(district).filter(d -> d.province().equals(found.code()));
  }

  private Optional<District> inProvince(Province province, String district) {
    if (district.isBlank()) {
      List<District> only = districts(province.code());
      return only.size() == 1 ? Optional.of(only.getFirst()) : Optional.empty();
    }
    return district.length() > LONGEST_NAME
        ? Optional.empty()
        : Optional.ofNullable(districtsByName.get(key(province.code(), district)));
  }

  /// The district that an address begins with: "경기 수원시 장안구 …", "세종특별자치시 …".
  public Optional<District> inAddress(String address) {
    List<String> words = firstWords(address);
    Province province = words.isEmpty() ? null : named(words.getFirst());
    if (province == null) {
      return Optional.empty();
    }
    for (int length = Math.min(2, words.size() - 1); length >= 0; length--) {
      String name = String.join("", words.subList(1, 1 + length));
      Optional<District> found = inProvince(province, name);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /// The ward, when only its city is named and the address names the ward; else the same district.
  public District refined(District district, String address) {
    if (!district.divided()) {
      return district;
    }
    List<String> words = firstWords(address);
    return districts.values().stream()
        .filter(d -> district.code().equals(d.city()))
        .filter(d -> words.contains(d.name().ko().substring(d.name().ko().indexOf(' ') + 1)))
        .findFirst()
        .orElse(district);
  }

  /// "경기도 수원시 장안구": a district with its province.
  public LocalText fullName(District district) {
    LocalText province = known(provinces, district.province()).name();
    LocalText own = district.name();
    return new LocalText(province.ko() + " " + own.ko(), own.en() + ", " + province.en());
  }

  /// The whole table for the pages.
  public RegionsView view() {
    return new RegionsView(provinces.values().stream().map(this::view).toList());
  }

  private ProvinceView view(Province province) {
    return new ProvinceView(
        province.code(),
        province.name(),
        districts(province.code()).stream().map(Regions::view).toList());
  }

  private static DistrictView view(District d) {
    return new DistrictView(
        d.code(), d.name(), d.city(), d.divided(), d.centre().lat(), d.centre().lng());
  }

  private @Nullable Province named(String name) {
    return name.length() > LONGEST_NAME ? null : provincesByName.get(plain(name));
  }

  private District known(String code) {
    return known(districts, code);
  }

  private static <T> T known(Map<String, T> table, String code) {
    T found = table.get(code);
    if (found == null) {
      throw new IllegalStateException("The region table has no " + code);
    }
    return found;
  }

  /// Province, city and ward stand in the first words; what follows may name anything.
  private static List<String> firstWords(String address) {
    List<String> words = new ArrayList<>();
    for (String word : address.strip().split("[\\s\\u00a0\\u3000,]+", 5)) {
      if (words.size() < 4 && !word.isEmpty()) {
        words.add(word);
      }
    }
    return words;
  }

  private static String key(String province, String district) {
    return province + plain(district);
  }

  private static String plain(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC).replaceAll("[\\s\\u00a0\\u3000]", "");
  }
}
