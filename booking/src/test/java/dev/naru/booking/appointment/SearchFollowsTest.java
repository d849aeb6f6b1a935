package dev.naru.booking.appointment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.booking.supply.Share;
import dev.naru.common.paper.Paper;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The index of one node, while others book.
class SearchFollowsTest {
  private static final Desk DESK = new Desk();

  @AfterAll
  static void end() {
    DESK.close();
  }

  @BeforeEach
  void renew() {
    DESK.renew();
  }

  @Test
  void aBookingOfThisNodeIsCountedAtOnceAndOnlyOnce() {
    Desk.Node node = DESK.node();
    long slot = slot(node);
    int before = free(node, slot);

    book(node, 1, slot);
    assertThat(free(node, slot)).isEqualTo(before - 1);
    node.indexes().follow();
    node.indexes().follow();
    assertThat(free(node, slot)).isEqualTo(before - 1);
  }

  @Test
  void whatAnotherNodeBooksMovesAndCancelsIsCounted() {
    Desk.Node node = DESK.node();
    Desk.Node other = DESK.node();
    long slot = slot(node);
    Paper session = DESK.session(1);
    UUID id = book(other, 1, slot);
    node.indexes().follow();
    assertThat(freeAll(node)).isEqualTo(DESK.world().free());

    long later = Desk.slot(node, 1, 0, "2026-03-09T09:30").id();
    assertThat(other.changes().move(session, id, later, DESK.pass(session, 2)))
        .isInstanceOf(ChangeResult.Done.class);
    node.indexes().follow();
    assertThat(freeAll(node)).isEqualTo(DESK.world().free());

    assertThat(other.changes().cancel(session, id)).isInstanceOf(ChangeResult.Done.class);
    node.indexes().follow();
    assertThat(freeAll(node)).isEqualTo(DESK.world().free());
  }

  @Test
  void whatCommitsAfterALaterOneIsCountedToo() throws Exception {
    Desk.Node node = DESK.node();
    long slot = slot(node);
    long other = Desk.slot(node, 2, 0, "2026-03-09T09:00").id();
    int before = free(node, slot);
    try (Connection slow = DESK.world().database().dataSource().getConnection();
        Statement statement = slow.createStatement()) {
      slow.setAutoCommit(false);
      statement.execute("UPDATE booking.slot SET booked = booked + 1 WHERE id = " + slot);
      statement.execute(
          "INSERT INTO booking.appointment_event (at, node, kind, appointment, to_slot)"
              + " VALUES (now(), 99, 1, gen_random_uuid(), "
              + slot
              + ")");
      book(node, 2, other);
      node.indexes().follow();
      assertThat(free(node, slot)).isEqualTo(before);
      slow.commit();
      slow.setAutoCommit(true);
    }
    node.indexes().follow();
    node.indexes().follow();
    assertThat(freeAll(node)).isEqualTo(DESK.world().free());
  }

  /// As when the connection breaks after the commit.
  @Test
  void aCommitOfThisNodeThatItDidNotHearOfIsCounted() {
    Desk.Node node = DESK.node();
    long slot = slot(node);
    try (BookingEngine deaf = new BookingEngine(DESK.world().store(0))) {
      assertThat(World.book(deaf, World.request(3, slot))).isInstanceOf(BookingResult.Booked.class);
    }
    assertThat(freeAll(node)).isNotEqualTo(DESK.world().free());

    node.indexes().follow();
    assertThat(freeAll(node)).isEqualTo(DESK.world().free());
  }

  private static long slot(Desk.Node node) {
    return Desk.slot(node, 1, 0, "2026-03-09T09:00").id();
  }

  private static UUID book(Desk.Node node, int person, long slot) {
    Paper session = DESK.session(person);
    UUID id = UUID.randomUUID();
    assertThat(node.appointments().book(session, id, "small", slot, DESK.pass(session, 2)).join())
        .isInstanceOf(BookingResult.Booked.class);
    return id;
  }

  private static int free(Desk.Node node, long slot) {
    return node.index().free(slot, Share.ALL);
  }

  private static Map<Long, Long> freeAll(Desk.Node node) {
    return node.free(DESK.world().free().keySet());
  }
}
