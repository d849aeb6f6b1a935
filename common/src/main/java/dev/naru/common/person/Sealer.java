package dev.naru.common.person;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/// Seals what is personal (name, phone, birth date) with AES-256-GCM. Google Tink marks each sealed
/// value with its key's id, so keys rotate by adding a new primary key to the key set.
public final class Sealer {
  /// A sealed value begins with a byte for Tink's format and the key's id in four.
  private static final int MARK = 5;

  private record Keys(Aead aead, int primary) {}

  private volatile Keys keys;

  private Sealer(Keys keys) {
    this.keys = keys;
  }

  /// A fresh key set in Tink's JSON form. It is a secret.
  public static String newKeySet() {
    try {
      AeadConfig.register();
      return text(
          KeysetHandle.generateNew(
              PredefinedAeadParameters.AES256_GCM, RegistryConfiguration.get()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM is always there", e);
    }
  }

  /// The key set with a new primary key: the old keys open what they sealed.
  ///
  /// @throws IllegalArgumentException when it is not a key set
  public static String withNewKey(String keySet) {
    KeysetHandle handle = handle(keySet);
    try {
      return text(
          KeysetHandle.newBuilder(handle)
              .addEntry(
                  KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                      .withRandomId()
                      .makePrimary())
              .build());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM is always there", e);
    }
  }

  /// The key set without its old keys. What they sealed is lost.
  ///
  /// @throws IllegalArgumentException when it is not a key set
  public static String withoutOldKeys(String keySet) {
    KeysetHandle handle = handle(keySet);
    KeysetHandle.Builder builder = KeysetHandle.newBuilder(handle);
    for (int i = handle.size() - 1; i >= 0; i--) {
      if (!handle.getAt(i).isPrimary()) {
        builder.deleteAt(i);
      }
    }
    try {
      return text(builder.build());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a primary key is a key set", e);
    }
  }

  /// How many keys a key set has.
  ///
  /// @throws IllegalArgumentException when it is not a key set
  public static int count(String keySet) {
    return handle(keySet).size();
  }

  /// @param keySet Tink's JSON form, as [#newKeySet] makes it
  /// @throws IllegalArgumentException when it is not such a key set
  public static Sealer open(String keySet) {
    return new Sealer(keys(keySet));
  }

  /// Goes on with another key set, at once and for everybody who holds this sealer.
  ///
  /// @throws IllegalArgumentException when it is not a key set; the old one stays
  public void renew(String keySet) {
    keys = keys(keySet);
  }

  private static Keys keys(String keySet) {
    KeysetHandle handle = handle(keySet);
    try {
      return new Keys(
          handle.getPrimitive(RegistryConfiguration.get(), Aead.class),
          handle.getPrimary().getId());
    } catch (GeneralSecurityException e) {
      throw notAKeySet(e);
    }
  }

  private static KeysetHandle handle(String keySet) {
    try {
      AeadConfig.register();
      return TinkJsonProtoKeysetFormat.parseKeyset(
          keySet, RegistryConfiguration.get(), InsecureSecretKeyAccess.get());
    } catch (GeneralSecurityException e) {
      throw notAKeySet(e);
    }
  }

  private static IllegalArgumentException notAKeySet(GeneralSecurityException e) {
    return new IllegalArgumentException("not a Tink key set for AES-256-GCM", e);
  }

  private static String text(KeysetHandle handle) throws GeneralSecurityException {
    return TinkJsonProtoKeysetFormat.serializeKeyset(
        handle, RegistryConfiguration.get(), InsecureSecretKeyAccess.get());
  }

  /// With what every value that the current key sealed begins.
  public byte[] currentMark() {
    return ByteBuffer.allocate(MARK).put((byte) 1).putInt(keys.primary()).array();
  }

  /// @param person whose data it is: bound to the sealed bytes, so that rows cannot be swapped
  public byte[] seal(String text, PersonKey person) {
    try {
      return keys.aead().encrypt(text.getBytes(StandardCharsets.UTF_8), person.bytes());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("sealing failed", e);
    }
  }

  /// @throws IllegalStateException when the bytes were altered, belong to another person, or the
  ///   key is no longer in the key set
  public String unseal(byte[] sealed, PersonKey person) {
    try {
      return new String(keys.aead().decrypt(sealed, person.bytes()), StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("sealed data of " + person + " cannot be opened", e);
    }
  }
}
