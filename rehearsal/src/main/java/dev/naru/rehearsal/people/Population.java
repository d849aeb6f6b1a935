package dev.naru.rehearsal.people;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The people of a crowd, each made anew from seed and index whenever asked for: nobody is stored,
/// and the same seed makes the same people.
public final class Population {
  private static final String FAMILY_NAMES = "김이박최정강조윤장임한오서신권황안송류홍";
  private static final String SYLLABLES = "가나다라마바사아자하서연지우민준현수진영은혜도윤태성재호경미";

  /// Odd constants of SplitMix64: neighbouring seeds and indexes give unrelated streams.
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private static final long MIX = 0xBF58476D1CE4E5B9L;

  /// What a stream of random numbers is for; one purpose never shifts another.
  private static final long TRAITS = 1;

  private static final long BEHAVIOUR = 2;
  private static final long APPOINTMENT = 3;
  private static final long DEVICE = 4;

  private final long seed;
  private final BirthDates births;
  private final String[] districts;
  private final double[] upTo;
  private final @Nullable Ages ages;
  private final LocalDate asOf;

  /// People whose dates of birth have all the same chance.
  ///
  /// @param regions empty when nothing is known about where people live
  public Population(long seed, BirthDates births, List<Region> regions) {
    this(seed, births, regions, null, births.to());
  }

  /// @param ages null when all dates of birth have the same chance
  /// @param asOf the day on which the ages count
  public Population(
      long seed, BirthDates births, List<Region> regions, @Nullable Ages ages, LocalDate asOf) {
    if (ages != null && !ages.anyBetween(births.from(), births.to(), asOf)) {
      throw new IllegalArgumentException("nobody is of an age that may book");
    }
    this.seed = seed;
    this.births = births;
    this.ages = ages;
    this.asOf = asOf;
    this.districts = regions.stream().map(Region::code).toArray(String[]::new);
    this.upTo = regions.stream().mapToDouble(Region::weight).toArray();
    Arrays.parallelPrefix(upTo, Double::sum);
  }

  /// The person with an index.
  public Citizen citizen(int index) {
    RandomGenerator random = stream(TRAITS, index);
    String name = letter(FAMILY_NAMES, random) + letter(SYLLABLES, random);
    return new Citizen(
        index,
        name + letter(SYLLABLES, random),
        born(random),
        String.format(Locale.ROOT, "010-0000-%04d", index % 10_000),
        ci(index),
        district(random));
  }

  private LocalDate born(RandomGenerator random) {
    LocalDate date = births.draw(random);
    while (ages != null && !ages.takes(date, asOf, random)) {
      date = births.draw(random);
    }
    return date;
  }

  /// What the person with an index does is decided by these numbers alone.
  public RandomGenerator behaviour(int index) {
    return stream(BEHAVIOUR, index);
  }

  /// The appointment id of a person's attempt: the same whenever it is asked for.
  ///
  /// @param attempt from 0; another slot is another attempt
  public UUID appointment(int index, int attempt) {
    return uuid(new SplittableRandom(stream(APPOINTMENT, index).nextLong() + attempt * GOLDEN));
  }

  /// The phone or browser of a person, by which the server knows it again.
  public UUID device(int index) {
    return uuid(stream(DEVICE, index));
  }

  private static UUID uuid(RandomGenerator random) {
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | Long.MIN_VALUE;
    return new UUID(high, low);
  }

  private SplittableRandom stream(long purpose, int index) {
    long person = seed * GOLDEN + index;
    return new SplittableRandom(person * MIX + purpose);
  }

  private @Nullable String district(RandomGenerator random) {
    if (districts.length == 0) {
      return null;
    }
    double point = random.nextDouble() * upTo[upTo.length - 1];
    int found = Arrays.binarySearch(upTo, point);
    int after = found >= 0 ? found + 1 : -found - 1;
    return districts[Math.min(after, districts.length - 1)];
  }

  /// As long as the real thing, and as opaque.
  private String ci(int index) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-512")
              .digest(("nobody " + seed + " " + index).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-512", e);
    }
  }

  private static String letter(String letters, RandomGenerator random) {
    return String.valueOf(letters.charAt(random.nextInt(letters.length())));
  }
}
