package dev.naru.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.rehearsal.crowd.Reservation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The comparison with the export finds each fault that is planted in it.
class BooksTest {
  private static final String ONE = "00000000-0000-4000-8000-000000000001";
  private static final String SECOND_DOSE = "00000000-0000-4000-8000-000000000002";
  private static final String OTHER = "00000000-0000-4000-8000-000000000003";

  private static final String RIGHT =
      """
      appointment,person,dose,slot,capacity,active
      00000000-0000-4000-8000-000000000001,1,1,7,1,t
      00000000-0000-4000-8000-000000000002,1,2,8,2,t
      00000000-0000-4000-8000-000000000003,2,1,9,1,f
      """;

  private static Reservation told(String id, String slot, Reservation.State state) {
    List<String> following = id.equals(ONE) ? List.of(SECOND_DOSE) : List.of();
    return new Reservation(0, id, 1, "3", slot, "", following, state);
  }

  private static Books compare(String export) throws IOException {
    return Books.compare(
        new BufferedReader(new StringReader(export)),
        List.of(
            told(ONE, "7", Reservation.State.BOOKED),
            told(OTHER, "9", Reservation.State.CANCELLED)));
  }

  @Test
  void whatWasToldAndIsThereIsRight() throws IOException {
    assertThat(compare(RIGHT)).isEqualTo(new Books(3, 0, 0, 0, List.of()));
  }

  @Test
  void aBookingThatIsMissingIsLost() throws IOException {
    Books books = compare(RIGHT.replace(ONE + ",1,1,7,1,t\n", ""));
    assertThat(books.lost()).isEqualTo(1);
    assertThat(books.examples()).containsExactly(ONE + " is not there");
  }

  @Test
  void aSecondDoseThatIsMissingIsLost() throws IOException {
    assertThat(compare(RIGHT.replace(SECOND_DOSE + ",1,2,8,2,t\n", "")).lost()).isEqualTo(1);
  }

  @Test
  void aBookingInAnotherSlotIsLost() throws IOException {
    assertThat(compare(RIGHT.replace(",1,1,7,1,t", ",1,1,6,1,t")).lost()).isEqualTo(1);
  }

  @Test
  void aBookingThatIsNotActiveIsLost() throws IOException {
    assertThat(compare(RIGHT.replace(",1,1,7,1,t", ",1,1,7,1,f")).lost()).isEqualTo(1);
  }

  @Test
  void aCancelledBookingThatLivesOnIsAFault() throws IOException {
    assertThat(compare(RIGHT.replace(",2,1,9,1,f", ",2,1,9,1,t")).lost()).isEqualTo(1);
  }

  @Test
  void aPersonWithTwoActiveAppointmentsIsDoubled() throws IOException {
    String more = "00000000-0000-4000-8000-000000000004,1,1,10,5,t\n";
    assertThat(compare(RIGHT + more).doubled()).isEqualTo(1);
    assertThat(compare(RIGHT + more.replace(",t", ",f")).doubled()).isZero();
  }

  @Test
  void aSlotBeyondItsCapacityIsOversold() throws IOException {
    String more = "00000000-0000-4000-8000-000000000004,5,1,7,1,t\n";
    assertThat(compare(RIGHT + more).oversold()).isEqualTo(1);
  }

  @Test
  void whatIsNoExportIsSaid() {
    assertThatThrownBy(() -> compare("<html>"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no export of appointments");
  }
}
