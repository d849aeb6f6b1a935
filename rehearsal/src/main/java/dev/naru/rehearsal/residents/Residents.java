package dev.naru.rehearsal.residents;

import java.time.LocalDate;
import java.util.List;

/// The people of a country by district and age.
///
/// @param asOf the day on which they were counted; ages are of this day
/// @param districts at least one, in the order of the table
public record Residents(LocalDate asOf, List<District> districts) {
  public Residents {
    districts = List.copyOf(districts);
  }

  /// A city, county or ward.
  ///
  /// @param code five digits; the first two are the province
  /// @param name with its province, such as `서울특별시 종로구`
  /// @param byAge people of age 0, 1, …; the last number is of that age and older
  public record District(String code, String name, List<Integer> byAge) {
    public District {
      byAge = List.copyOf(byAge);
    }

    /// The code of today: Gangwon and Jeonbuk were given new ones in 2023 and 2024, and Gunwi went
    /// to Daegu in 2023.
    public String codeOfToday() {
      if (code.equals("47720")) {
        return "27720";
      }
      return switch (code.substring(0, 2)) {
        case "42" -> "51" + code.substring(2);
        case "45" -> "52" + code.substring(2);
        default -> code;
      };
    }

    /// Everybody.
    public long total() {
      return byAge.stream().mapToLong(Integer::longValue).sum();
    }
  }

  /// The districts whose code begins so: a province by two digits, a district by five.
  ///
  /// @throws IllegalArgumentException when there is none
  public Residents within(String code) {
    List<District> inside =
        districts.stream().filter(district -> district.code().startsWith(code)).toList();
    if (inside.isEmpty()) {
      throw new IllegalArgumentException("no district's code begins with " + code);
    }
    return new Residents(asOf, inside);
  }

  /// How many people are of each age, from 0; the last number is of that age and older.
  public double[] byAge() {
    double[] sum = new double[districts.getFirst().byAge().size()];
    for (District district : districts) {
      for (int age = 0; age < sum.length; age++) {
        sum[age] += district.byAge().get(age);
      }
    }
    return sum;
  }

  /// Everybody in the country.
  public long total() {
    return districts.stream().mapToLong(District::total).sum();
  }
}
