package dev.naru.booking.personlist;

import dev.naru.common.person.PersonKey;
import dev.naru.common.person.PersonKeys;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Turns people into the fingerprints of one list: the first 8 bytes of HMAC-SHA256 of the person
/// key, with a secret of the list's own. So what is stored of a list tells nothing, not even
/// together with the rest of the database or with another list.
final class ListKey {
  /// Keying a Mac costs as much as a fingerprint.
  private final ThreadLocal<Mac> macs;

  /// @param campaign id
  /// @param list its id in the campaign
  ListKey(PersonKeys keys, String campaign, String list) {
    SecretKeySpec secret =
        new SecretKeySpec(keys.derived("list " + campaign + " " + list), "HmacSHA256");
    this.macs = ThreadLocal.withInitial(() -> mac(secret));
  }

  private static Mac mac(SecretKeySpec secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(secret);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  long fingerprint(PersonKey person) {
    return ByteBuffer.wrap(macs.get().doFinal(person.bytes())).getLong();
  }
}
