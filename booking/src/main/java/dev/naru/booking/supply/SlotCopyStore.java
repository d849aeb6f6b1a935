package dev.naru.booking.supply;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// Writes slots with COPY in PostgreSQL's binary format, the quickest way into a table: no text is
/// made here or read there.
final class SlotCopyStore implements AutoCloseable {
  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0
  };
  private static final short COLUMNS = 6;

  /// The number of columns, six lengths and 20 bytes of values.
  private static final int ROW = 2 + 6 * 4 + 20;

  /// The driver sends what it gets as one message; larger ones were no quicker.
  private static final int BUFFER = 64 * 1024;

  /// PostgreSQL counts from 2000-01-01.
  private static final long POSTGRES_EPOCH = 946_684_800L;

  private static final long MICROS = 1_000_000L;

  private final CopyIn copy;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private final short campaign;

  /// Opens the copy; the connection can do nothing else until it is closed.
  ///
  /// @param table one with the columns of `booking.slot` that a plan fills
  SlotCopyStore(Connection connection, String table, int campaign) throws SQLException {
    this.campaign = (short) campaign;
    this.copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn(
                "COPY "
                    + table
                    + " (campaign, product, site, starts_at, capacity, share_offset)"
                    + " FROM STDIN (FORMAT binary)");
    buffer.put(SIGNATURE).putInt(0).putInt(0);
  }

  void add(int site, int product, long startsAt, int capacity, int offset) throws SQLException {
    if (buffer.remaining() < ROW) {
      flush();
    }
    buffer.putShort(COLUMNS);
    buffer.putInt(Short.BYTES).putShort(campaign);
    buffer.putInt(Short.BYTES).putShort((short) product);
    buffer.putInt(Integer.BYTES).putInt(site);
    buffer.putInt(Long.BYTES).putLong((startsAt - POSTGRES_EPOCH) * MICROS);
    buffer.putInt(Short.BYTES).putShort((short) capacity);
    buffer.putInt(Short.BYTES).putShort((short) offset);
  }

  private void flush() throws SQLException {
    copy.writeToCopy(buffer.array(), 0, buffer.position());
    buffer.clear();
  }

  /// Ends the copy: the rows are in the table.
  void finish() throws SQLException {
    flush();
    buffer.putShort((short) -1);
    flush();
    copy.endCopy();
  }

  /// Breaks the copy off unless it was finished.
  @Override
  public void close() throws SQLException {
    if (copy.isActive()) {
      copy.cancelCopy();
    }
  }
}
