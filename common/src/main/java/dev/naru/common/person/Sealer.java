package dev.naru.common.person;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/// Seals what is personal (name, phone, birth date) with AES-256-GCM. Google Tink marks each sealed
/// value with its key's id, so keys rotate by adding a new primary key to the key set.
public final class Sealer {
  private final Aead aead;

  private Sealer(Aead aead) {
    this.aead = aead;
  }

  /// A fresh key set in Tink's JSON form. It is a secret.
  public static String newKeySet() {
    try {
      AeadConfig.register();
      return TinkJsonProtoKeysetFormat.serializeKeyset(
          KeysetHandle.generateNew(
              PredefinedAeadParameters.AES256_GCM, RegistryConfiguration.get()),
          RegistryConfiguration.get(),
          InsecureSecretKeyAccess.get());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM is always there", e);
    }
  }

  /// @param keySet Tink's JSON form, as [#newKeySet] makes it
  /// @throws IllegalArgumentException when it is not such a key set
  public static Sealer open(String keySet) {
    try {
      AeadConfig.register();
      KeysetHandle handle =
          TinkJsonProtoKeysetFormat.parseKeyset(
              keySet, RegistryConfiguration.get(), InsecureSecretKeyAccess.get());
      return new Sealer(handle.getPrimitive(RegistryConfiguration.get(), Aead.class));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not a Tink key set for AES-256-GCM", e);
    }
  }

  /// Seals bytes that are not a person's.
  ///
  /// @param place where they are kept: bound to the sealed bytes, so that rows cannot be swapped
  public byte[] seal(byte[] secret, String place) {
    try {
      return aead.encrypt(secret, place.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("sealing failed", e);
    }
  }

  /// @throws IllegalStateException when the bytes were altered, belong to another place, or the key
  ///   is no longer in the key set
  public byte[] unseal(byte[] sealed, String place) {
    try {
      return aead.decrypt(sealed, place.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("what is sealed in " + place + " cannot be opened", e);
    }
  }

  /// @param person whose data it is: bound to the sealed bytes, so that rows cannot be swapped
  public byte[] seal(String text, PersonKey person) {
    try {
      return aead.encrypt(text.getBytes(StandardCharsets.UTF_8), person.bytes());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("sealing failed", e);
    }
  }

  /// @throws IllegalStateException when the bytes were altered, belong to another person, or the
  ///   key is no longer in the key set
  public String unseal(byte[] sealed, PersonKey person) {
    try {
      return new String(aead.decrypt(sealed, person.bytes()), StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("sealed data of " + person + " cannot be opened", e);
    }
  }
}
