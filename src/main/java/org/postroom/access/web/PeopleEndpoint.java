package org.postroom.access.web;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.People;
import org.postroom.access.Person;
import org.postroom.http.Slice;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/v1/people}: who works in the company, for whoever names owners of accounts. */
@RestController
class PeopleEndpoint {
  private final People people;

  PeopleEndpoint(People people) {
    this.people = people;
  }

  record View(String id, String name, String email, String role, @Nullable Instant signedInAt) {
    static View of(Person person) {
      return new View(
          person.id(),
          person.name(),
          person.email(),
          person.role().name().toLowerCase(Locale.ROOT),
          person.signedInAt());
    }
  }

  @GetMapping("/api/v1/people")
  Slice<View> list(
      Caller caller,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor) {
    int most = Slice.limit(limit);
    String after = Slice.cursor(cursor, "usr");
    List<View> all =
        people.list(caller).stream()
            .map(member -> View.of(member.person()))
            .filter(view -> after == null || view.id().compareTo(after) > 0)
            .sorted(Comparator.comparing(View::id))
            .limit(most + 1L)
            .toList();
    return Slice.of(all, most, View::id);
  }
}
