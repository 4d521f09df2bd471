package org.postroom.diagnosis.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Server-sent events (WHATWG HTML 9.2), written as they happen. A reader who has gone is no reason
 * to stop what is under way.
 */
final class EventStream {
  static final String TYPE = "text/event-stream";

  private final HttpServletResponse response;
  private boolean begun;
  private boolean gone;

  EventStream(HttpServletResponse response) {
    this.response = response;
  }

  void send(String event, String text) {
    if (gone) return;
    var lines = new StringBuilder("event: ").append(event).append('\n');
    text.lines().forEach(line -> lines.append("data: ").append(line).append('\n'));
    try {
      begin();
      response
          .getOutputStream()
          .write(lines.append('\n').toString().getBytes(StandardCharsets.UTF_8));
      response.flushBuffer();
    } catch (IOException nobodyReads) {
      gone = true;
    }
  }

  private void begin() {
    if (begun) return;
    begun = true;
    response.setContentType(TYPE + ";charset=UTF-8");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Accel-Buffering", "no"); // nginx would keep everything until the end
  }
}
