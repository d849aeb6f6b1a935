package dev.naru.identity.helping;

import dev.naru.common.paper.Paper;
import dev.naru.common.paper.PaperKind;
import dev.naru.common.person.PersonKey;
import dev.naru.common.web.LiveHelpings;
import dev.naru.identity.provider.CheckKeys;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets somebody act for a person in one campaign, with the person's one-time code (adr/0037).
///
/// What a helper carries is a paper that names both, so it is of use on every node at once. In
/// memory are only those that were ended before their time: on this node at once, by other nodes
/// within about a second ([#follow]). Everything else blocks.
public final class Helpings implements LiveHelpings {
  private static final Logger LOG = LoggerFactory.getLogger(Helpings.class);
  private static final long CODES = 10_000_000_000L;

  /// More than anybody can keep in mind; the rest are found when these are ended.
  private static final int MOST_SHOWN = 50;

  /// Ids of helpings are told from those of sessions by their version.
  private static final int VERSION = 8;

  private final Jdbi jdbi;
  private final HelpingDesk desk;
  private final HelpingLimits limits;
  private final CheckKeys keys;
  private final InstantSource clock;
  private final RandomGenerator random;

  /// With the time that they would have had: then nobody can ask for them any more.
  private final ConcurrentMap<UUID, Instant> ended = new ConcurrentHashMap<>();

  private final AtomicBoolean looking = new AtomicBoolean();
  private String seen = "0";

  /// @param keys what codes are hashed with
  /// @param random for codes and ids: nobody may be able to guess the next
  public Helpings(
      DataSource database,
      HelpingDesk desk,
      HelpingLimits limits,
      CheckKeys keys,
      InstantSource clock,
      RandomGenerator random) {
    this.jdbi = Jdbi.create(database);
    this.desk = desk;
    this.limits = limits;
    this.keys = keys;
    this.clock = clock;
    this.random = random;
  }

  /// Makes the code that a person gives to a helper; an earlier one stops being good.
  ///
  /// @param own the person's own session for the campaign
  /// @return null when the campaign allows no helping
  public @Nullable HelpingCode makeCode(Paper own) {
    if (desk.terms(own.campaign()) == null) {
      return null;
    }
    Instant now = clock.instant();
    String digits = "%010d".formatted(random.nextLong(CODES));
    HelpingCode code = new HelpingCode(digits, now.plus(limits.codeTime()));
    HelpingStore.inTransaction(
        jdbi,
        now,
        store -> {
          store.putCode(
              own.campaign(),
              own.person(),
              key(own.campaign(), digits),
              own.cohort(),
              code.expires());
          return code;
        });
    LOG.info("{} made a code for a helper in {}", own.person(), own.campaign());
    return code;
  }

  /// Begins to act for the person whose code it is. Whoever helped them before no longer does.
  ///
  /// @param own the helper's own session for the campaign
  /// @param address a number that stands for where they ask from; null when it does not count
  public HelpingResult begin(Paper own, String digits, @Nullable Long address) {
    HelpingTerms terms = desk.terms(own.campaign());
    if (terms == null) {
      return new HelpingResult.Forbidden();
    }
    Instant now = clock.instant();
    return begun(
        HelpingStore.inTransaction(
            jdbi, now, store -> enter(store, own, terms, digits, address, now)));
  }

  private Attempt.Outcome enter(
      HelpingStore store,
      Paper own,
      HelpingTerms terms,
      String digits,
      @Nullable Long address,
      Instant now) {
    Attempt attempt = new Attempt(store, desk, limits, keys, own, now);
    long wait = attempt.waitAfterTries(address);
    if (wait > 0) {
      return new Attempt.Outcome(new HelpingResult.TooManyTries(wait));
    }
    Optional<HelpingStore.OpenCode> code = store.code(own.campaign(), key(own.campaign(), digits));
    if (code.isEmpty()) {
      attempt.wrong(address);
      return new Attempt.Outcome(new HelpingResult.WrongCode());
    }
    return attempt.judged(terms, newId(), code.get().person(), code.get().cohort(), null);
  }

  /// What was ended by a new helping is over here at once.
  HelpingResult begun(Attempt.Outcome outcome) {
    ended.putAll(outcome.replaced());
    if (outcome.result() instanceof HelpingResult.Begun(Helping helping)) {
      LOG.info(
          "{} acts for {} in {} until {}",
          helping.helper(),
          helping.person(),
          helping.campaign(),
          helping.until());
    }
    return outcome.result();
  }

  /// What the helper sends beside their own session.
  public Paper paper(Helping helping) {
    return new Paper(
        PaperKind.HELPING,
        helping.campaign(),
        helping.person(),
        helping.id(),
        helping.cohort(),
        0,
        0,
        helping.until(),
        helping.helper());
  }

  /// How it stands with a person's helper.
  ///
  /// @param helping null when nobody acts for them
  /// @param codeExpires null when no code is open
  public record Standing(@Nullable Helping helping, @Nullable Instant codeExpires) {}

  /// Who helps a person in a campaign, or may begin to.
  public Standing of(String campaign, PersonKey person) {
    return HelpingStore.inTransaction(
        jdbi,
        clock.instant(),
        store ->
            new Standing(
                store.of(campaign, person).orElse(null),
                store.codeExpires(campaign, person).orElse(null)));
  }

  /// Whether somebody is staff of an office that helps in their session's campaign.
  public boolean isStaff(Paper own) {
    return desk.terms(own.campaign()) != null && desk.isStaff(own.campaign(), own.person());
  }

  /// Whom somebody helps in a campaign now, the latest first.
  public List<Helping> ofHelper(String campaign, PersonKey helper) {
    return HelpingStore.inTransaction(
        jdbi, clock.instant(), store -> store.ofHelper(campaign, helper, MOST_SHOWN));
  }

  /// The person wants no help any more: nobody acts for them from now on, and an open code is void.
  public void endOf(String campaign, PersonKey person) {
    Map<UUID, Instant> over =
        HelpingStore.inTransaction(
            jdbi,
            clock.instant(),
            store -> {
              store.removeCode(campaign, person);
              return store.endOf(campaign, person, HelpingEvent.ENDED_BY_PERSON);
            });
    ended(over, "by the person");
  }

  /// The helper is done with one.
  public void endOne(UUID id, PersonKey helper) {
    ended(
        HelpingStore.inTransaction(jdbi, clock.instant(), store -> store.endOne(id, helper)),
        "by the helper");
  }

  /// The helper logs out.
  public void endAll(PersonKey helper) {
    if (desk.isAllowedAnywhere()) {
      ended(
          HelpingStore.inTransaction(jdbi, clock.instant(), store -> store.endAll(helper)),
          "by logging out");
    }
  }

  private void ended(Map<UUID, Instant> over, String how) {
    ended.putAll(over);
    if (!over.isEmpty()) {
      LOG.info("{} helpings were ended {}", over.size(), how);
    }
  }

  @Override
  public boolean counts(Paper helping) {
    return isRunning(helping.session()) && desk.terms(helping.campaign()) != null;
  }

  /// Whether an id is one of a helping that nobody has ended. Of a session's it is not.
  public boolean isRunning(UUID id) {
    return id.version() == VERSION && !ended.containsKey(id);
  }

  private UUID newId() {
    return id(random.nextLong(), random.nextLong());
  }

  /// Of random bits.
  static UUID id(long high, long low) {
    return new UUID(
        (high & ~0xF000L) | ((long) VERSION << 12),
        (low & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L);
  }

  private byte[] key(String campaign, String digits) {
    return keys.mac("helping code", campaign, digits);
  }

  /// Looks on a thread of its own, unless the last look still goes on.
  public void look() {
    if (looking.compareAndSet(false, true)) {
      Thread.startVirtualThread(
          () -> {
            try {
              follow();
            } catch (RuntimeException e) {
              // Not the message: it may repeat what a row holds.
              LOG.warn("Looking for ended helpings failed: {}", e.getClass().getName());
            } finally {
              looking.set(false);
            }
          });
    }
  }

  /// Learns what other nodes have ended, and forgets what is over by itself.
  public synchronized void follow() {
    Instant now = clock.instant();
    String since = seen;
    HelpingStore.Ended news =
        HelpingStore.inTransaction(jdbi, now, store -> store.endedSince(since));
    ended.putAll(news.ids());
    seen = news.next();
    ended.values().removeIf(until -> !until.isAfter(now));
  }
}
