package dev.naru.rehearsal.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;

/// Requests as HTTP/1.1, straight into the buffer that is sent.
final class RequestWriter {
  private static final byte[] SESSION = bytes("Authorization: Bearer ");
  private static final byte[] PASS = bytes("X-Naru-Pass: ");
  private static final byte[] DEVICE = bytes("Cookie: naru_device=");
  private static final byte[] ADDRESS = bytes("X-Forwarded-For: ");
  private static final byte[] JSON = bytes("Content-Type: application/json\r\n");
  private static final byte[] LENGTH = bytes("Content-Length: ");
  private static final byte[] LINE = bytes("\r\n");

  private final byte[] afterPath;
  private final boolean forwarded;

  /// @param forwarded whether each person's address is told
  RequestWriter(String host, int port, boolean forwarded) {
    this.afterPath = bytes(" HTTP/1.1\r\nHost: " + host + ":" + port + "\r\n");
    this.forwarded = forwarded;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  void write(Request request, ByteBuf out) {
    ByteBufUtil.writeAscii(out, request.method().name());
    out.writeByte(' ');
    ByteBufUtil.writeAscii(out, request.path());
    out.writeBytes(afterPath);
    if (forwarded && request.person() >= 0) {
      header(ADDRESS, address(request.person()), out);
    }
    String session = request.session();
    if (session != null) {
      header(SESSION, session, out);
    }
    String pass = request.pass();
    if (pass != null) {
      header(PASS, pass, out);
    }
    if (request.device() != null) {
      header(DEVICE, request.device().toString(), out);
    }
    body(request, out);
  }

  private static void body(Request request, ByteBuf out) {
    String body = request.body();
    if (body == null) {
      if (request.method() != Request.Method.GET) {
        header(LENGTH, "0", out);
      }
      out.writeBytes(LINE);
    } else {
      out.writeBytes(JSON);
      header(LENGTH, Integer.toString(ByteBufUtil.utf8Bytes(body)), out);
      out.writeBytes(LINE);
      ByteBufUtil.writeUtf8(out, body);
    }
  }

  private static void header(byte[] name, String value, ByteBuf out) {
    out.writeBytes(name);
    ByteBufUtil.writeAscii(out, value);
    out.writeBytes(LINE);
  }

  /// The addresses of benchmarks, 198.18.0.0/15 (RFC 2544), belong to nobody.
  private static String address(int person) {
    int low = person & 0x1FFFF;
    return "198." + (18 + (low >> 16)) + "." + (low >> 8 & 0xFF) + "." + (low & 0xFF);
  }
}
