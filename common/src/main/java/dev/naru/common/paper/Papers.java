package dev.naru.common.paper;

import static java.util.Objects.requireNonNull;

import dev.naru.common.person.PersonKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Issues and verifies papers: the one token codec of all stations.
///
/// A token is base64url without padding of: version (1 byte, now 1), kind (1), key id (1), cohort
/// (1), line (2), number (8), expiry in epoch seconds (8), session (16), person (32), of a helping
/// the helper (32), campaign (length 1, then ASCII), HMAC-SHA256 over all of that (32). At most 180
/// characters, a helping 223. The algorithm is the verifier's, never the token's; the signature is
/// compared in constant time.
public final class Papers {
  private static final int FIXED = 1 + 1 + 1 + 1 + 2 + 8 + 8 + 16 + PersonKey.LENGTH + 1;
  private static final int SIGNATURE = 32;
  private static final int MAX_CAMPAIGN = 32;
  private static final int MAX_TOKEN =
      (FIXED + PersonKey.LENGTH + MAX_CAMPAIGN + SIGNATURE) * 4 / 3 + 2;
  private static final byte VERSION = 1;

  private volatile Keyed keyed;
  private final InstantSource clock;

  public Papers(PaperKeys keys, InstantSource clock) {
    this.keyed = new Keyed(keys);
    this.clock = clock;
  }

  /// Keys with one initialised Mac for each key and thread: keying it anew costs as much as the
  /// signature.
  private record Keyed(PaperKeys keys, ThreadLocal<Map<Integer, Mac>> macs) {
    Keyed(PaperKeys keys) {
      this(keys, ThreadLocal.withInitial(() -> initialised(keys)));
    }

    byte[] sign(int keyId, byte[] bytes, int length) {
      Mac mac = requireNonNull(macs.get().get(keyId), "key ids are checked before");
      mac.update(bytes, 0, length);
      return mac.doFinal();
    }
  }

  /// Goes on with other keys, at once and for everybody who holds these papers.
  public void renew(PaperKeys keys) {
    keyed = new Keyed(keys);
  }

  /// The signed token of a paper.
  public String issue(Paper paper) {
    byte[] campaign = paper.campaign().getBytes(StandardCharsets.US_ASCII);
    if (campaign.length == 0 || campaign.length > MAX_CAMPAIGN) {
      throw new IllegalArgumentException("campaign ids have 1 to 32 characters");
    }
    Keyed current = keyed;
    int keyId = current.keys().current();
    byte[] helper = paper.helper() == null ? new byte[0] : paper.helper().bytes();
    ByteBuffer buffer = ByteBuffer.allocate(FIXED + helper.length + campaign.length + SIGNATURE);
    buffer
        .put(VERSION)
        .put(paper.kind().code)
        .put((byte) keyId)
        .put((byte) paper.cohort())
        .putShort((short) paper.line())
        .putLong(paper.number())
        .putLong(paper.expires().getEpochSecond())
        .putLong(paper.session().getMostSignificantBits())
        .putLong(paper.session().getLeastSignificantBits())
        .put(paper.person().bytes())
        .put(helper)
        .put((byte) campaign.length)
        .put(campaign);
    buffer.put(current.sign(keyId, buffer.array(), buffer.position()));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(buffer.array());
  }

  /// Verifies a token. Never throws, whatever the text.
  ///
  /// @param kind the only kind that is accepted
  public PaperCheck verify(PaperKind kind, @Nullable String token) {
    if (token == null || token.isEmpty() || token.length() > MAX_TOKEN) {
      return new PaperCheck.Forged();
    }
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException e) {
      return new PaperCheck.Forged();
    }
    if (bytes.length <= FIXED + SIGNATURE || !isCanonical(bytes, token)) {
      return new PaperCheck.Forged();
    }
    int signed = bytes.length - SIGNATURE;
    int keyId = Byte.toUnsignedInt(bytes[2]);
    Keyed known = keyed;
    if (bytes[0] != VERSION || bytes[1] != kind.code || !known.keys().all().containsKey(keyId)) {
      return new PaperCheck.Forged();
    }
    byte[] expected = known.sign(keyId, bytes, signed);
    if (!MessageDigest.isEqual(expected, Arrays.copyOfRange(bytes, signed, bytes.length))) {
      return new PaperCheck.Forged();
    }
    Paper paper = read(kind, bytes);
    return clock.instant().isBefore(paper.expires())
        ? new PaperCheck.Valid(paper)
        : new PaperCheck.Expired(paper);
  }

  /// Base64 leaves spare bits at the end; only the one spelling that we would write is accepted.
  private static boolean isCanonical(byte[] bytes, String token) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(token);
  }

  private static Paper read(PaperKind kind, byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 3, bytes.length - 3 - SIGNATURE);
    int cohort = buffer.get();
    int line = buffer.getShort();
    long number = buffer.getLong();
    Instant expires = Instant.ofEpochSecond(buffer.getLong());
    UUID session = new UUID(buffer.getLong(), buffer.getLong());
    PersonKey person = person(buffer);
    PersonKey helper = kind == PaperKind.HELPING ? person(buffer) : null;
    byte[] campaign = new byte[buffer.get()];
    buffer.get(campaign);
    return new Paper(
        kind,
        new String(campaign, StandardCharsets.US_ASCII),
        person,
        session,
        cohort,
        number,
        line,
        expires,
        helper);
  }

  private static PersonKey person(ByteBuffer buffer) {
    byte[] person = new byte[PersonKey.LENGTH];
    buffer.get(person);
    return PersonKey.of(person);
  }

  private static Map<Integer, Mac> initialised(PaperKeys keys) {
    Map<Integer, Mac> macs = new HashMap<>();
    for (Map.Entry<Integer, SecretKeySpec> key : keys.all().entrySet()) {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(key.getValue());
        macs.put(key.getKey(), mac);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every Java platform has HmacSHA256", e);
      }
    }
    return macs;
  }
}
