package org.postroom.bounces;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Takes what a reader finds and keeps the subjects; what is called a report is one. */
final class KeptMail implements Sink {
  final List<String> subjects = new ArrayList<>();
  final List<Instant> times = new ArrayList<>();
  Position position;
  private final int most;

  KeptMail(Position position, int most) {
    this.position = position;
    this.most = most;
  }

  @Override
  public Position position() {
    return position;
  }

  @Override
  public boolean take(byte[] mime, Instant at) {
    String text = new String(mime, StandardCharsets.US_ASCII);
    subjects.add(text.replaceAll("(?s).*Subject: ([^\\r\\n]*).*", "$1"));
    times.add(at);
    return text.contains("report");
  }

  @Override
  public void reached(String folder, String mark) {
    position = position.with(folder, mark);
  }

  @Override
  public boolean enough() {
    return subjects.size() >= most;
  }
}
