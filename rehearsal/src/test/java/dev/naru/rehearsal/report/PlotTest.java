package dev.naru.rehearsal.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class PlotTest {
  private static final double[] TIMES = IntStream.range(0, 100_000).asDoubleStream().toArray();

  @Test
  void aPlotHasATitleAndSaysInWordsWhatIsHighest() throws Exception {
    Document plot =
        parsed(plot().step("booked", new double[] {0, 60, 120}, new double[] {1, 500, 3}).html());
    assertThat(plot.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("Bookings");
    assertThat(plot.getElementsByTagName("desc").item(0).getTextContent())
        .contains("booked: highest 500 at 1:00");
  }

  @Test
  void oneHighSecondAmongAHundredThousandIsSeen() {
    double[] values = new double[TIMES.length];
    values[54_321] = 1_000;
    assertThat(highest(plot().line("booked", TIMES, values).html())).isEqualTo(12.0);
    values[54_321] = 0;
    values[7] = 1;
    assertThat(highest(plot().reaching(1_000).line("booked", TIMES, values).html()))
        .isGreaterThan(200);
  }

  @Test
  void aLongSeriesMakesAShortPicture() {
    double[] values = DoubleStream.of(TIMES).map(t -> t % 97).toArray();
    assertThat(plot().step("booked", TIMES, values).html()).hasSizeLessThan(100_000);
  }

  @Test
  void aGapIsNotBridged() {
    double[] values = {1, Double.NaN, 3, 4};
    String html = plot().line("booked", new double[] {0, 1, 2, 3}, values).html();
    assertThat(Pattern.compile("<path class=\"c0 l\" d=\"M").matcher(html).results()).hasSize(2);
  }

  @Test
  void namesFromOutsideAreNoMarkup() throws Exception {
    String evil = "</title><script>alert('\"&\u0000')</script>";
    Document plot =
        parsed(
            new Plot(evil, evil, Unit.TIME, Unit.COUNT)
                .over(evil)
                .line(evil, new double[] {0}, new double[] {1})
                .mark(0, evil)
                .limit(1, evil)
                .html());
    assertThat(plot.getElementsByTagName("script").getLength()).isZero();
  }

  @Property(tries = 200)
  void anyNumbersMakeAWellFormedPicture(@ForAll @Size(max = 30) List<Double> values)
      throws Exception {
    double[] y = values.stream().mapToDouble(v -> v % 1e15).toArray();
    double[] x = IntStream.range(0, y.length).asDoubleStream().toArray();
    String html =
        plot().line("a", x, y).band("b", x, y, y).points("c", x, y).logarithmic().html()
            + plot().step("a", x, y).html()
            + plot().bars("d", Arrays.stream(x).mapToObj(i -> "" + i).toList(), y).html();
    assertThat(html).doesNotContain("NaN", "Infinity");
    parsed("<all>" + html + "</all>");
  }

  @Test
  void unitsReadLikeThoseOfPeople() {
    assertThat(Unit.TIME.text(45)).isEqualTo("45 s");
    assertThat(Unit.TIME.text(3_390)).isEqualTo("56:30");
    assertThat(Unit.TIME.text(-7_500)).isEqualTo("−2:05:00");
    assertThat(Unit.COUNT.text(1_900_000)).isEqualTo("1.9 M");
    assertThat(Unit.COUNT.text(33_000)).isEqualTo("33,000");
    assertThat(Unit.COUNT.text(0.4)).isEqualTo("0.4");
    assertThat(Unit.MICROS.text(250)).isEqualTo("250 µs");
    assertThat(Unit.MICROS.text(1_500_000)).isEqualTo("1.5 s");
    assertThat(Unit.BYTES.text(512e6)).isEqualTo("512 MB");
  }

  private static Plot plot() {
    return new Plot("Bookings", "a second", Unit.TIME, Unit.COUNT);
  }

  /// The least vertical pixel of a path: 12 is the upper edge.
  private static double highest(String html) {
    Matcher path = Pattern.compile("<path class=\"c0 l\" d=\"([^\"]+)\"").matcher(html);
    assertThat(path.find()).isTrue();
    return Pattern.compile("[ML][\\d.]+ ([\\d.]+)")
        .matcher(path.group(1))
        .results()
        .mapToDouble(point -> Double.parseDouble(point.group(1)))
        .min()
        .orElseThrow();
  }

  private static Document parsed(String html)
      throws ParserConfigurationException, IOException, SAXException {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(html)));
  }
}
