package dev.naru.identity.provider.certificate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Attribute;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.jspecify.annotations.Nullable;

/// A certificate authority of our own, for the length of a test.
public final class TestAuthority {
  /// A person with certificate and key.
  public record Holder(X509Certificate certificate, KeyPair keys) {}

  private final X500Name name;
  private final KeyPair keys = newKeys();
  private final List<BigInteger> revoked = new ArrayList<>();
  private final Instant now;
  final X509Certificate certificate;
  private long serial = 1;

  public TestAuthority(String name, Instant now) {
    this.name = new X500Name("CN=" + name);
    this.now = now;
    this.certificate =
        issue(
            this.name,
            keys,
            now.minus(Duration.ofDays(1)),
            now.plus(Duration.ofDays(900)),
            true,
            null,
            KeyUsage.keyCertSign | KeyUsage.cRLSign,
            "SHA256withECDSA");
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private X509Certificate issue(
      X500Name subject,
      KeyPair holder,
      Instant from,
      Instant until,
      boolean isAuthority,
      @Nullable String birth,
      int usage,
      String algorithm) {
    try {
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              name,
              BigInteger.valueOf(serial++),
              Date.from(from),
              Date.from(until),
              subject,
              holder.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
      if (birth != null) {
        Attribute birthDate =
            new Attribute(
                new ASN1ObjectIdentifier("1.3.6.1.5.5.7.9.1"),
                new DERSet(new ASN1GeneralizedTime(birth + "120000Z")));
        builder.addExtension(
            Extension.subjectDirectoryAttributes, false, new DERSequence(birthDate));
      }
      ContentSigner signer = new JcaContentSignerBuilder(algorithm).build(keys.getPrivate());
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(builder.build(signer).getEncoded()));
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Somebody born on a day, with a certificate for signing that is in force.
  public Holder issue(String subject, String birth) {
    return issue(
        subject,
        birth,
        now.minus(Duration.ofDays(10)),
        now.plus(Duration.ofDays(300)),
        KeyUsage.digitalSignature);
  }

  Holder issue(String subject, @Nullable String birth, Instant from, Instant until, int usage) {
    KeyPair holder = newKeys();
    return new Holder(
        issue(new X500Name(subject), holder, from, until, false, birth, usage, "SHA256withECDSA"),
        holder);
  }

  public void revoke(Holder holder) {
    revoked.add(holder.certificate().getSerialNumber());
  }

  /// Writes the certificate.
  public Path writeTo(Path folder) {
    return write(
        folder.resolve(name.toString().replaceAll("\\W", "") + ".pem"),
        pem("CERTIFICATE", encoded(certificate)));
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Writes the revocation list.
  public Path writeList(Path file, Instant until) {
    try {
      X509v2CRLBuilder builder = new X509v2CRLBuilder(name, Date.from(now.minusSeconds(3600)));
      builder.setNextUpdate(Date.from(until));
      revoked.forEach(
          each ->
              builder.addCRLEntry(each, Date.from(now.minusSeconds(30)), CRLReason.keyCompromise));
      byte[] der =
          builder
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
              .getEncoded();
      X509CRL list =
          (X509CRL)
              CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(der));
      return write(file, pem("X509 CRL", list.getEncoded()));
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Writes what a person keeps: the certificate and its key.
  public static Path writeHolder(Holder holder, Path file) {
    return write(
        file,
        pem("CERTIFICATE", encoded(holder.certificate()))
            + pem("PRIVATE KEY", holder.keys().getPrivate().getEncoded()));
  }

  private static String pem(String what, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(what, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der), what);
  }

  private static Path write(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The test's clock stands in another year than the computer's.
  private static AttributeTable signedAt(Holder holder) {
    Time time = new Time(holder.certificate().getNotBefore());
    return new AttributeTable(
        new DERSet(
            new org.bouncycastle.asn1.cms.Attribute(CMSAttributes.signingTime, new DERSet(time))));
  }

  /// What a signer in the browser does.
  ///
  /// @param inside whether the text is put into the signature
  static String sign(Holder holder, String text, boolean inside, String algorithm) {
    try {
      CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
      generator.addSignerInfoGenerator(
          new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
              .setSignedAttributeGenerator(
                  new DefaultSignedAttributeTableGenerator(signedAt(holder)))
              .build(
                  new JcaContentSignerBuilder(algorithm).build(holder.keys().getPrivate()),
                  holder.certificate()));
      generator.addCertificates(new JcaCertStore(List.of(holder.certificate())));
      return Base64.getMimeEncoder()
          .encodeToString(
              generator
                  .generate(
                      new CMSProcessableByteArray(text.getBytes(StandardCharsets.UTF_8)), inside)
                  .getEncoded());
    } catch (IOException | CMSException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }
}
