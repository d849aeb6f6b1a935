package dev.naru.app.provider;

import dev.naru.identity.provider.About;
import dev.naru.identity.provider.UsedResultStore;
import dev.naru.identity.provider.certificate.CertificateProvider;
import dev.naru.identity.provider.certificate.CertificateSettings;
import java.util.List;

/// Certificates of configured authorities.
final class CertificateReader implements ProviderFile.KindReader {
  private static final String OID = "[0-2](\\.(0|[1-9][0-9]{0,9})){1,20}";

  @Override
  public List<String> keys() {
    return List.of("authorities", "revocationLists", "ci", "nameEnd", "declared", "signer");
  }

  @Override
  public ProviderFile.Factory read(About about, Values values) {
    CertificateSettings settings =
        new CertificateSettings(
            values.files("authorities"),
            values.files("revocationLists"),
            values.textOrNull("ci"),
            values.textOrNull("nameEnd"),
            values.words("declared", List.of("birthDate", "phone"), List.of()),
            values.textOrNull("signer"));
    String ci = settings.ci();
    if (ci == null) {
      values.needsOwnPeople("no attribute ci is named, by which people are the same everywhere");
    } else if (!ci.matches(OID)) {
      values.mistake("ci", "an OID such as 1.2.410.200004.10.1.1");
    }
    String signer = settings.signer();
    if (signer != null && !signer.matches("/[A-Za-z0-9/._-]+\\.js")) {
      values.mistake("signer", "an address on this server such as /signer/agency.js");
    }
    return tools ->
        new CertificateProvider(
            about,
            settings,
            new UsedResultStore(tools.database(), tools.clock()),
            tools.clock(),
            tools.threads());
  }
}
