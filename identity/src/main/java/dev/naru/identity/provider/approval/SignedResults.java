package dev.naru.identity.provider.approval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.naru.identity.provider.ProviderTrouble;
import dev.naru.identity.provider.remote.Remote;
import java.net.MalformedURLException;
import java.util.Map;
import java.util.Set;

/// Checks what an app's server says was approved: a JSON Web Signature by one of its keys, for us,
/// from it, not past its time.
final class SignedResults {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long KEYS_KEPT_MILLIS = 15 * 60_000;
  private static final long KEYS_WAIT_MILLIS = 5_000;
  private static final long KEYS_NOT_BEFORE_MILLIS = 5_000;

  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

  SignedResults(ApprovalSettings settings, Remote remote) {
    try {
      JWKSource<SecurityContext> keys =
          JWKSourceBuilder.<SecurityContext>create(
                  settings.keys().toURL(),
                  address -> {
                    Remote.Reply reply = remote.get(settings.keys(), Map.of());
                    return new Resource(reply.json().toString(), reply.type());
                  })
              .cache(KEYS_KEPT_MILLIS, KEYS_WAIT_MILLIS)
              .rateLimited(KEYS_NOT_BEFORE_MILLIS)
              .build();
      processor.setJWSKeySelector(
          new JWSVerificationKeySelector<>(JWSAlgorithm.parse(settings.algorithm()), keys));
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("the address of the keys cannot be read", e);
    }
    processor.setJWTClaimsSetVerifier(
        new DefaultJWTClaimsVerifier<>(
            settings.clientId(),
            new JWTClaimsSet.Builder().issuer(settings.issuer()).build(),
            Set.of("exp", "transaction", "nonce")));
  }

  /// @throws ProviderTrouble when it is not to be trusted
  JsonNode read(String signed) throws ProviderTrouble {
    try {
      return JSON.readTree(processor.process(signed, null).toString());
    } catch (JsonProcessingException e) {
      throw new ProviderTrouble("signed something that is no JSON", e);
    } catch (Exception e) {
      throw new ProviderTrouble(
          "its result is not to be trusted (" + e.getClass().getSimpleName() + ")", e);
    }
  }
}
