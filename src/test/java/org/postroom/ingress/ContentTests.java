package org.postroom.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTests {
  private static final int LARGEST = 100_000;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a↵.↵|a↵",
        ".↵|''",
        "..↵.↵|.↵",
        "...a↵.↵|..a↵",
        ".a↵.↵|a↵",
        "a↵..b↵.↵|a↵.b↵",
        "a.↵b.c↵.↵|a.↵b.c↵",
        "↵↵.↵|↵↵"
      })
  void undoesDots(String said, String content) {
    // Cut at every place: the end may come in pieces.
    byte[] octets = octets(said);
    for (int cut = 0; cut <= octets.length; cut++) {
      var read = new Content(0, LARGEST, new Room(LARGEST));
      int first = read.take(octets, 0, cut);
      int last = first < cut ? first : read.take(octets, cut, octets.length);
      assertThat(read.complete()).isTrue();
      assertThat(last).isEqualTo(octets.length);
      assertThat(read.refusal()).isNull();
      assertThat(text(read)).isEqualTo(new String(octets(content), StandardCharsets.UTF_8));
    }
  }

  /** What other servers have taken for the end (SMTP smuggling), one by one. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n.\n",
        "\n.\r\n",
        "\r\n.\n",
        "\r.\r",
        "\r.\r\n",
        "\r\n.\r",
        "\n\n.\r\n\n",
        "\r\n\0.\r\n",
        "\r\n.\0\r\n",
        "\0\r.\r\n",
        "\r\n.\r\r\n",
        "\r\r\n.\r\n\0",
        "\n.\r"
      })
  void nothingElseEndsIt(String trick) {
    byte[] octets =
        ("before" + trick + "MAIL FROM:<x@evil.example>").getBytes(StandardCharsets.US_ASCII);
    var read = new Content(0, LARGEST, new Room(LARGEST));
    boolean realEnd = trick.contains("\r\n.\r\n");
    read.take(octets, 0, octets.length);
    assertThat(read.complete()).isEqualTo(realEnd);
    byte[] end = "\r\n.\r\n".getBytes(StandardCharsets.US_ASCII);
    if (!realEnd) read.take(end, 0, end.length);
    assertThat(read.complete()).isTrue();
    assertThat(String.valueOf(read.refusal())).startsWith("554 5.6.0 Line ");
  }

  @Test
  void refusesLongLinesAndNamesThem() {
    assertThat(refusal("a\r\n" + "x".repeat(998) + "\r\n.\r\n")).isEqualTo("null");
    assertThat(refusal("a\r\n" + "x".repeat(999) + "\r\n.\r\n"))
        .startsWith("554 5.6.0 Line 2 has more than 998 octets");
  }

  @Test
  void refusesNulsAndNamesTheLine() {
    assertThat(refusal("a\r\nb\r\nc\0\r\n.\r\n")).startsWith("554 5.6.0 Line 3 has a NUL");
  }

  @Test
  void readsWhatIsTooLargeToItsEndAndGivesTheRoomBack() {
    var room = new Room(1_000_000);
    var read = new Content(0, 20_000, room);
    byte[] line = ("x".repeat(900) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < 100; i++) read.take(line, 0, line.length);
    byte[] end = ".\r\nRSET\r\n".getBytes(StandardCharsets.US_ASCII);
    assertThat(read.take(end, 0, end.length)).isEqualTo(3);
    assertThat(String.valueOf(read.refusal())).startsWith("552 5.3.4");
    assertThat(room.left()).isLessThan(1_000_000);
    read.release();
    assertThat(room.left()).isEqualTo(1_000_000);
  }

  @Test
  void isPutOffWhereNoRoomIsLeft() {
    var room = new Room(1000);
    var read = new Content(5000, LARGEST, room);
    byte[] octets = octets("a↵.↵");
    read.take(octets, 0, octets.length);
    assertThat(String.valueOf(read.refusal())).startsWith("452 4.3.1");
    read.release();
    assertThat(room.left()).isEqualTo(1000);
  }

  /** Random octets in random pieces beside the plainest reading there is. */
  @Test
  void agreesWithAPlainReading() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    byte[] alphabet = {'\r', '\n', '.', 'a', '.', '\r', '\n'};
    for (int round = 0; round < 20_000; round++) {
      byte[] octets = new byte[random.nextInt(40)];
      for (int i = 0; i < octets.length; i++) octets[i] = alphabet[random.nextInt(alphabet.length)];
      String said = new String(octets, StandardCharsets.US_ASCII);
      int at = ("\r\n" + said).indexOf("\r\n.\r\n");
      var read = new Content(0, LARGEST, new Room(LARGEST));
      int place = 0;
      while (place < octets.length && !read.complete()) {
        int next = Math.min(octets.length, place + 1 + random.nextInt(5));
        place = read.take(octets, place, next);
      }
      assertThat(read.complete()).as("seed %d: %s", seed, said).isEqualTo(at >= 0);
      if (at < 0) continue;
      assertThat(place).as("seed %d", seed).isEqualTo(at + 3);
      String content = said.substring(0, at);
      boolean clean = !content.replace("\r\n", "").matches("(?s).*[\r\n].*");
      assertThat(read.refusal() == null).as("seed %d: %s", seed, said).isEqualTo(clean);
      if (clean)
        assertThat("\r\n" + text(read)).isEqualTo(("\r\n" + content).replace("\r\n.", "\r\n"));
    }
  }

  private static String refusal(String said) {
    var read = new Content(0, LARGEST, new Room(LARGEST));
    byte[] octets = said.getBytes(StandardCharsets.US_ASCII);
    read.take(octets, 0, octets.length);
    assertThat(read.complete()).isTrue();
    return String.valueOf(read.refusal());
  }

  private static byte[] octets(String text) {
    return text.replace("↵", "\r\n").getBytes(StandardCharsets.UTF_8);
  }

  private static String text(Content content) {
    return new String(content.octets(), 0, content.length(), StandardCharsets.UTF_8);
  }
}
