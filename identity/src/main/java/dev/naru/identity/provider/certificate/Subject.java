package dev.naru.identity.provider.certificate;

import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Attribute;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectDirectoryAttributes;
import org.bouncycastle.cert.X509CertificateHolder;
import org.jspecify.annotations.Nullable;

/// Whom a certificate is about.
///
/// @param commonName "" when there is none
/// @param ci connecting information, or issuer and subject in its place; "" when there is none
/// @param birthDate from the subject's directory attributes (RFC 3739); null when it is not told
record Subject(String commonName, String ci, @Nullable LocalDate birthDate) {
  private static final ASN1ObjectIdentifier DATE_OF_BIRTH =
      new ASN1ObjectIdentifier("1.3.6.1.5.5.7.9.1");

  /// @param ciAttribute OID of the subject's attribute with connecting information; null for issuer
  ///   and subject
  static Subject of(X509Certificate certificate, @Nullable String ciAttribute) {
    X509CertificateHolder holder;
    try {
      holder = new X509CertificateHolder(certificate.getEncoded());
    } catch (CertificateEncodingException | IOException e) {
      throw new IllegalStateException("a certificate that was read has an encoding", e);
    }
    String ci =
        ciAttribute == null
            ? "certificate " + holder.getIssuer() + " / " + holder.getSubject()
            : attribute(holder, new ASN1ObjectIdentifier(ciAttribute));
    return new Subject(attribute(holder, BCStyle.CN), ci, birthDate(holder));
  }

  private static String attribute(X509CertificateHolder holder, ASN1ObjectIdentifier name) {
    RDN[] values = holder.getSubject().getRDNs(name);
    return values.length == 1 ? String.valueOf(values[0].getFirst().getValue()) : "";
  }

  private static @Nullable LocalDate birthDate(X509CertificateHolder holder) {
    Extension extension = holder.getExtension(Extension.subjectDirectoryAttributes);
    if (extension == null) {
      return null;
    }
    try {
      for (Object each :
          SubjectDirectoryAttributes.getInstance(extension.getParsedValue()).getAttributes()) {
        Attribute attribute = Attribute.getInstance(each);
        if (attribute.getAttrType().equals(DATE_OF_BIRTH)) {
          return ASN1GeneralizedTime.getInstance(attribute.getAttrValues().getObjectAt(0))
              .getDate()
              .toInstant()
              .atOffset(ZoneOffset.UTC)
              .toLocalDate();
        }
      }
    } catch (IllegalArgumentException | ParseException e) {
      // The same as if it were not told: nobody is verified by it.
    }
    return null;
  }
}
