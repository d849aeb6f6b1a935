package dev.naru.identity.provider.certificate;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whose certificates are taken, and where the person is in them.
///
/// @param authorities PEM files with the certificates that chains must end in
/// @param revocationLists files, PEM or DER; every authority of a chain needs one that is in force
/// @param ci attribute of the subject with the connecting information, as an OID; null where issuer
///   and subject take its place
/// @param nameEnd where the name ends in the common name, such as `(`; null for its end
/// @param declared what the certificate does not tell and the person is asked for: `birthDate`,
///   `phone`, both or none
/// @param signer address of the module that signs in the browser; null where people bring a
///   signature of their own making
public record CertificateSettings(
    List<Path> authorities,
    List<Path> revocationLists,
    @Nullable String ci,
    @Nullable String nameEnd,
    List<String> declared,
    @Nullable String signer) {
  public CertificateSettings {
    authorities = List.copyOf(authorities);
    revocationLists = List.copyOf(revocationLists);
    declared = List.copyOf(declared);
  }
}
