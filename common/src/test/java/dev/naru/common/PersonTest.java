package dev.naru.common;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.common.person.PersonKey;
import dev.naru.common.person.PersonKeys;
import dev.naru.common.person.Sealer;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PersonTest {
  private static final byte[] SECRET = "s".repeat(32).getBytes(US_ASCII);

  @Test
  void theSamePersonHasTheSameKeyAndAnotherSecretAnother() {
    PersonKey key = new PersonKeys(SECRET).of("ci");
    assertThat(new PersonKeys(SECRET).of("ci")).isEqualTo(key);
    assertThat(new PersonKeys(SECRET).of("ci2")).isNotEqualTo(key);
    assertThat(new PersonKeys(new byte[32]).of("ci")).isNotEqualTo(key);
    assertThatThrownBy(() -> new PersonKeys(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property
  void aKeyIsItsBytesAndIsOrderedLikeThem(@ForAll @Size(32) byte[] a, @ForAll @Size(32) byte[] b) {
    assertThat(PersonKey.of(a).bytes()).isEqualTo(a);
    assertThat(Integer.signum(PersonKey.of(a).compareTo(PersonKey.of(b))))
        .isEqualTo(Integer.signum(Arrays.compareUnsigned(a, b)));
  }

  @Test
  void aKeyInALogIsNotTheKey() {
    PersonKey key = new PersonKeys(SECRET).of("ci");
    assertThat(key.toString()).hasSize(9);
  }

  @Test
  void sealedDataOpensForItsPersonOnly() {
    Sealer sealer = Sealer.open(Sealer.newKeySet());
    PersonKey person = new PersonKeys(SECRET).of("ci");
    PersonKey other = new PersonKeys(SECRET).of("other");
    byte[] sealed = sealer.seal("홍길동", person);
    assertThat(sealer.unseal(sealed, person)).isEqualTo("홍길동");
    assertThat(sealer.seal("홍길동", person)).isNotEqualTo(sealed);
    assertThatThrownBy(() -> sealer.unseal(sealed, other))
        .isInstanceOf(IllegalStateException.class)
        .message()
        .doesNotContain("홍길동");
    assertThatThrownBy(() -> Sealer.open(Sealer.newKeySet()).unseal(sealed, person))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> Sealer.open("{}")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void afterARotationOldDataOpensAndNewDataHasTheNewKey() {
    PersonKey person = new PersonKeys(SECRET).of("ci");
    String old = Sealer.newKeySet();
    String rotated = Sealer.withNewKey(old);
    Sealer sealer = Sealer.open(old);
    byte[] before = sealer.seal("홍길동", person);
    assertThat(before).startsWith(sealer.currentMark());

    sealer.renew(rotated);
    assertThat(sealer.unseal(before, person)).isEqualTo("홍길동");
    byte[] mark = sealer.currentMark();
    assertThat(Arrays.copyOf(before, mark.length)).isNotEqualTo(mark);
    byte[] after = sealer.seal("홍길동", person);
    assertThat(after).startsWith(sealer.currentMark());

    Sealer without = Sealer.open(Sealer.withoutOldKeys(rotated));
    assertThat(without.unseal(after, person)).isEqualTo("홍길동");
    assertThatThrownBy(() -> without.unseal(before, person))
        .isInstanceOf(IllegalStateException.class);
    assertThat(Sealer.count(rotated)).isEqualTo(2);
  }
}
