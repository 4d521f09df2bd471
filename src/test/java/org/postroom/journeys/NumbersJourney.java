package org.postroom.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.RunningPostroom.json;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postroom.testkit.RunningPostroom;

/** ERPs number things as they like; what they call them survives the way into an address. */
class NumbersJourney {
  private static final List<String> NUMBERS =
      List.of(
          "2026/0412",
          "A//B",
          "/7/",
          "INV.2026.1",
          "...",
          "50% off",
          "%2F",
          "R&D+1",
          "Ä-Ö/ß",
          "請求書-1",
          "№ 7",
          "a b",
          "x?y#z",
          "it's",
          "\"q\"",
          "7@home",
          "=1+1",
          "9".repeat(100));

  @Test
  void anyNumberCanBePutAndRead() {
    try (var postroom = RunningPostroom.start()) {
      for (String number : NUMBERS) {
        String path = "/api/v1/documents/invoice/" + encoded(number);
        assertThat(postroom.put(path, "{\"currency\": \"EUR\"}").statusCode())
            .as(number)
            .isEqualTo(201);
        var read = postroom.get(path);
        assertThat(read.statusCode()).as(number).isEqualTo(200);
        assertThat(json(read).get("number").asString()).isEqualTo(number);
        assertThat(postroom.get(path + "/payments").statusCode()).as(number).isEqualTo(200);
        String partner = "/api/v1/partners/" + encoded(number);
        assertThat(postroom.put(partner, "{\"name\": \"P\"}").statusCode())
            .as(number)
            .isEqualTo(201);
        assertThat(json(postroom.get(partner)).get("ref").asString()).isEqualTo(number);
      }
    }
  }

  /** What an address cannot carry is refused with a problem, never taken for something else. */
  @Test
  void whatAnAddressCannotCarryIsRefused() {
    try (var postroom = RunningPostroom.start()) {
      for (String number : List.of("%00", "%0A", "%5C", "a%3Bb", "%2E%2E", "%C0%AF", "%7F")) {
        var reply = postroom.put("/api/v1/documents/invoice/" + number, "{\"currency\": \"EUR\"}");
        assertThat(reply.statusCode()).as(number).isBetween(400, 422);
      }
      assertThat(json(postroom.get("/api/v1/documents")).get("data")).isEmpty();
    }
  }

  private static String encoded(String number) {
    return URLEncoder.encode(number, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
