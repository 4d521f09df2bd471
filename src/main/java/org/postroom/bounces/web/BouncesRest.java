package org.postroom.bounces.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.bounces.Arrived;
import org.postroom.bounces.Bounce;
import org.postroom.bounces.BounceFilter;
import org.postroom.bounces.BounceJson;
import org.postroom.bounces.Bounces;
import org.postroom.bounces.Reason;
import org.postroom.bounces.Returned;
import org.postroom.db.Database;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Reports handed in by programs, and all that came back. */
@RestController
@RequestMapping("/api/v1/bounces")
class BouncesRest {
  private final Bounces bounces;
  private final Database database;

  BouncesRest(Bounces bounces, Database database) {
    this.bounces = bounces;
    this.database = database;
  }

  /** One mail as it came, headers and all. The same report again says nothing new. */
  @PostMapping(consumes = "message/rfc822")
  Map<String, @Nullable Object> take(Caller caller, HttpServletRequest request) throws IOException {
    caller.require(Right.SEND);
    byte[] mime = request.getInputStream().readNBytes(Arrived.MOST_BYTES + 1);
    if (mime.length > Arrived.MOST_BYTES)
      throw Problem.of(413, "too_large", "The report is larger than 10 MB.");
    if (mime.length == 0) throw Problem.unreadable("The body must be a mail.", List.of());
    var arrived = new Arrived(caller.company(), mime, Bounce.Source.API, null, database.now());
    return BounceJson.write(bounces.take(arrived));
  }

  @GetMapping
  Slice<Map<String, @Nullable Object>> list(
      Caller caller, @RequestParam Map<String, String> query) {
    Set<String> known = Set.of("limit", "cursor", "kind", "reason", "matched", "message", "q");
    query.keySet().stream()
        .filter(name -> !known.contains(name))
        .findFirst()
        .ifPresent(name -> {
          throw Problem.invalid(
              name, "unknown_parameter", "There is no parameter “" + name + "” here.");
        });
    var filter =
        new BounceFilter(
            choice(Returned.Kind.values(), "kind", query.get("kind")),
            choice(Reason.values(), "reason", query.get("reason")),
            matched(query.get("matched")),
            query.get("message"),
            query.get("q"),
            null,
            null);
    return bounces
        .list(caller, filter, Slice.limit(whole(query.get("limit"))), query.get("cursor"))
        .map(BounceJson::write);
  }

  @GetMapping("/{id}")
  Map<String, @Nullable Object> get(Caller caller, @PathVariable String id) {
    return BounceJson.write(bounces.get(caller, id));
  }

  private static <E extends Enum<E>> @Nullable E choice(
      E[] all, String name, @Nullable String word) {
    if (word == null || word.isBlank()) return null;
    return Arrays.stream(all)
        .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(word.strip()))
        .findFirst()
        .orElseThrow(() ->
            Problem.invalid(name, "unknown_value", "There is no " + name + " “" + word + "”."));
  }

  private static @Nullable Boolean matched(@Nullable String word) {
    if (word == null || word.isBlank()) return null;
    if (!word.equals("true") && !word.equals("false"))
      throw Problem.invalid("matched", "unknown_value", "matched must be true or false.");
    return Boolean.valueOf(word);
  }

  private static @Nullable Integer whole(@Nullable String text) {
    if (text == null || text.isBlank()) return null;
    if (!text.matches("\\d{1,6}"))
      throw Problem.invalid("limit", "out_of_range", "limit must be between 1 and 200.");
    return Integer.valueOf(text);
  }
}
