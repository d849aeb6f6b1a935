package dev.naru.identity.provider.certificate;

import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.jspecify.annotations.Nullable;

/// A CMS (PKCS#7) signature over a challenge of ours, by exactly one signer with SHA-256 or better.
///
/// @param signer the certificate that it verifies with; nothing is known of its chain yet
/// @param others certificates that came along
record SignedChallenge(X509Certificate signer, List<X509Certificate> others) {
  private static final Provider PROVIDER = new BouncyCastleProvider();

  private static final Set<String> DIGESTS =
      Set.of(
          NISTObjectIdentifiers.id_sha256.getId(),
          NISTObjectIdentifiers.id_sha384.getId(),
          NISTObjectIdentifiers.id_sha512.getId());

  /// More than a chain has; each costs a signature check.
  private static final int MOST_CERTIFICATES = 6;

  /// @param signature Base64, the challenge inside or left out
  /// @return null when it is no such signature over the challenge
  static @Nullable SignedChallenge read(String signature, String challenge) {
    byte[] expected = challenge.getBytes(StandardCharsets.UTF_8);
    try {
      byte[] der = Base64.getMimeDecoder().decode(signature);
      CMSSignedData cms = new CMSSignedData(der);
      if (cms.getSignedContent() == null) {
        cms = new CMSSignedData(new CMSProcessableByteArray(expected), der);
      } else if (!(cms.getSignedContent().getContent() instanceof byte[] content)
          || !Arrays.equals(content, expected)) {
        return null;
      }
      return verified(cms);
    } catch (CMSException | CertificateException | OperatorCreationException | RuntimeException e) {
      // Whatever is sent: the parser trips over odd input with exceptions of many kinds.
      return null;
    }
  }

  private static @Nullable SignedChallenge verified(CMSSignedData cms)
      throws CMSException, CertificateException, OperatorCreationException {
    Collection<SignerInformation> signers = cms.getSignerInfos().getSigners();
    Collection<X509CertificateHolder> holders = cms.getCertificates().getMatches(null);
    if (signers.size() != 1 || holders.size() > MOST_CERTIFICATES) {
      return null;
    }
    SignerInformation signer = signers.iterator().next();
    if (!DIGESTS.contains(signer.getDigestAlgOID())) {
      return null;
    }
    JcaX509CertificateConverter converter = new JcaX509CertificateConverter();
    X509Certificate own = null;
    List<X509Certificate> others = new ArrayList<>();
    for (X509CertificateHolder holder : holders) {
      X509Certificate certificate = converter.getCertificate(holder);
      if (own == null && signer.getSID().match(holder)) {
        own = certificate;
      } else {
        others.add(certificate);
      }
    }
    boolean right =
        own != null
            && signer.verify(
                new JcaSimpleSignerInfoVerifierBuilder().setProvider(PROVIDER).build(own));
    return own != null && right ? new SignedChallenge(own, List.copyOf(others)) : null;
  }
}
