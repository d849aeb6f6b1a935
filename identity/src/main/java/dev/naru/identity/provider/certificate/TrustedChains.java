package dev.naru.identity.provider.certificate;

import dev.naru.identity.provider.ProviderTrouble;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CRL;
import java.security.cert.CertPath;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Whether a certificate's chain ends in one of the configured authorities, with every certificate
/// in force, none of them revoked, and a revocation list in force for each. A list that is missing
/// or out of date (by more than the 15 minutes that Java grants) lets nobody in.
final class TrustedChains {
  /// From a person by way of two intermediate authorities to the root.
  private static final int LONGEST_CHAIN = 3;

  private static final int DIGITAL_SIGNATURE = 0;
  private static final int NON_REPUDIATION = 1;

  private final Set<TrustAnchor> anchors;
  private final List<Path> lists;

  /// What came of looking at a chain.
  enum Verdict {
    TRUSTED,
    /// Not by one of the authorities, or not for signing.
    STRANGE,
    /// Not yet or no longer valid.
    EXPIRED,
    REVOKED
  }

  /// @throws IllegalArgumentException when the authorities cannot be read
  TrustedChains(CertificateSettings settings) {
    anchors =
        settings.authorities().stream()
            .flatMap(file -> authorities(file).stream())
            .map(certificate -> new TrustAnchor(certificate, null))
            .collect(Collectors.toSet());
    lists = settings.revocationLists();
  }

  private static List<X509Certificate> authorities(Path file) {
    try (InputStream stream = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(stream).stream()
          .map(X509Certificate.class::cast)
          .toList();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(file + " holds no certificates", e);
    }
  }

  /// @param others certificates that may stand in between
  /// @throws ProviderTrouble when a revocation list is missing or out of date
  Verdict judge(X509Certificate signer, Collection<X509Certificate> others, Instant now)
      throws IOException {
    boolean[] usage = signer.getKeyUsage();
    if (usage == null || !(usage[DIGITAL_SIGNATURE] || usage[NON_REPUDIATION])) {
      return Verdict.STRANGE;
    }
    if (now.isBefore(signer.getNotBefore().toInstant())
        || now.isAfter(signer.getNotAfter().toInstant())) {
      return Verdict.EXPIRED;
    }
    try {
      X509CertSelector target = new X509CertSelector();
      target.setCertificate(signer);
      PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target);
      parameters.setDate(Date.from(now));
      parameters.setMaxPathLength(LONGEST_CHAIN);
      parameters.setRevocationEnabled(false);
      parameters.addCertStore(store(others));
      parameters.addCertStore(store(Set.of(signer)));
      // The chain first and its revocation then: a builder would not tell one fault from the other.
      return revocation(
          CertPathBuilder.getInstance("PKIX").build(parameters).getCertPath(), parameters);
    } catch (CertPathBuilderException e) {
      return Verdict.STRANGE;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has PKIX", e);
    }
  }

  private Verdict revocation(CertPath chain, PKIXParameters parameters)
      throws IOException, GeneralSecurityException {
    CertPathValidator validator = CertPathValidator.getInstance("PKIX");
    PKIXRevocationChecker checker = (PKIXRevocationChecker) validator.getRevocationChecker();
    checker.setOptions(
        EnumSet.of(
            PKIXRevocationChecker.Option.PREFER_CRLS, PKIXRevocationChecker.Option.NO_FALLBACK));
    parameters.addCertStore(store(readLists()));
    parameters.addCertPathChecker(checker);
    try {
      validator.validate(chain, parameters);
      return Verdict.TRUSTED;
    } catch (CertPathValidatorException e) {
      if (e.getReason() == BasicReason.REVOKED) {
        return Verdict.REVOKED;
      }
      if (e.getReason() == BasicReason.UNDETERMINED_REVOCATION_STATUS) {
        throw new ProviderTrouble("a revocation list is missing or out of date", e);
      }
      return Verdict.STRANGE;
    }
  }

  private static CertStore store(Collection<?> content)
      throws GeneralSecurityException, InvalidAlgorithmParameterException {
    return CertStore.getInstance("Collection", new CollectionCertStoreParameters(content));
  }

  private Collection<CRL> readLists() throws IOException {
    Set<CRL> all = new HashSet<>();
    for (Path file : lists) {
      try (InputStream stream = Files.newInputStream(file)) {
        all.addAll(CertificateFactory.getInstance("X.509").generateCRLs(stream));
      } catch (IOException | GeneralSecurityException e) {
        throw new ProviderTrouble("a revocation list cannot be read", e);
      }
    }
    return all;
  }
}
