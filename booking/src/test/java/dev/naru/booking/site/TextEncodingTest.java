package dev.naru.booking.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextEncodingTest {
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
  @TempDir Path folder;

  @Test
  void bothEncodingsAreRecognised() throws IOException {
    assertThat(of("이름,주소\n".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new TextEncoding.Known(StandardCharsets.UTF_8));
    assertThat(of("\uFEFF이름,주소\n".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new TextEncoding.Known(StandardCharsets.UTF_8));
    assertThat(of("이름,똠방각하\n".getBytes(TextEncoding.CP949)))
        .isEqualTo(new TextEncoding.Known(TextEncoding.CP949));
  }

  @Test
  void oneBrokenByteFarBehindIsEnoughToRefuse() throws IOException {
    byte[] text = ("이름\n" + "가나다\n".repeat(100_000)).getBytes(StandardCharsets.UTF_8);
    text[text.length - 2] = (byte) 0xFF;
    assertThat(of(text)).isInstanceOf(TextEncoding.Unreadable.class);
  }

  @Test
  void aReplacementCharacterMeansThatTheFileWasDamaged() throws IOException {
    assertThat(of("이름\n가\uFFFD나\n".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new TextEncoding.Unreadable(Damage.REFUSAL));
  }

  @Test
  void otherKindsOfFileAreNamed() throws IOException {
    assertThat(of("이름".getBytes(StandardCharsets.UTF_16)))
        .isEqualTo(new TextEncoding.Unreadable(FileRefusals.UTF_16));
    assertThat(of(new byte[] {'P', 'K', 3, 4, 0}))
        .isEqualTo(new TextEncoding.Unreadable(FileRefusals.WORKBOOK));
    assertThat(of(new byte[] {'a', 0, 'b'}))
        .isEqualTo(new TextEncoding.Unreadable(FileRefusals.BINARY));
    assertThat(of(new byte[] {(byte) 0xFF, (byte) 0xFF, 1}))
        .isEqualTo(new TextEncoding.Unreadable(FileRefusals.ENCODING));
  }

  private TextEncoding of(byte[] content) throws IOException {
    return TextEncoding.of(Files.write(folder.resolve("list.csv"), content));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "서울특별시 종로구",
        "慶州市 (경주시)",
        "Café à côté",
        "naïve façade",
        "日本語テキスト",
        "Привет мир",
        "가",
        "😀😀😀😀",
        "①②③㈜한국",
        "ÀÁÂ",
        "中華人民共和國",
        "…・・・",
        "제1·2·3동",
        "ㄱㄴㄷ"
      })
  void rightTextShowsNoDamage(String text) {
    assertThat(Damage.shows(text)).isFalse();
  }

  @Test
  void textDecodedInTheWrongEncodingShowsIt() {
    byte[] utf8 = "종로구보건소".getBytes(StandardCharsets.UTF_8);
    byte[] cp949 = "종로구보건소".getBytes(TextEncoding.CP949);
    assertThat(Damage.shows(new String(utf8, StandardCharsets.ISO_8859_1))).isTrue();
    assertThat(Damage.shows(new String("인천".getBytes(StandardCharsets.UTF_8), WINDOWS_1252)))
        .isTrue();
    assertThat(Damage.shows(new String(cp949, StandardCharsets.ISO_8859_1))).isTrue();
    assertThat(Damage.shows(new String(cp949, StandardCharsets.UTF_8))).isTrue();
    assertThat(Damage.shows("보\uFFFD소")).isTrue();
    assertThat(Damage.showsInHeading("????")).isTrue();
    assertThat(Damage.showsInHeading("open?")).isFalse();
  }

  @Property(tries = 2_000)
  void noKoreanTextShowsDamage(@ForAll("korean") String text) {
    assertThat(Damage.shows(text)).isFalse();
  }

  @Provide
  Arbitrary<String> korean() {
    return Arbitraries.strings().withCharRange('가', '힣').withChars(" 1,()-").ofMaxLength(30);
  }
}
