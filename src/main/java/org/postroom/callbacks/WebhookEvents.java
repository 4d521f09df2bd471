package org.postroom.callbacks;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.happenings.Happening;
import org.postroom.happenings.HappeningLog;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.springframework.stereotype.Service;

/**
 * Everything endpoints are told, as a list: for whoever was away, or would rather ask than be
 * called. Written down as long as the company has an endpoint, be it switched off; kept thirty
 * days.
 */
@Service
public class WebhookEvents {
  private final HappeningLog log;

  WebhookEvents(HappeningLog log) {
    this.log = log;
  }

  /**
   * In the order in which they are told, which is the same for everybody.
   *
   * @param types words; empty for all
   * @param cursor the id of any event: what came behind it
   */
  public Slice<Happening> list(
      Caller caller, Set<String> types, int limit, @Nullable String cursor) {
    caller.require(Right.SEE_ALL_MAIL);
    List<Happening> more = log.after(caller.company(), cursor(cursor), types, limit + 1);
    return Slice.of(more, limit, Happening::id);
  }

  /** 404 where there is none of that id, or it has no place in the order yet. */
  public Happening get(Caller caller, String id) {
    caller.require(Right.SEE_ALL_MAIL);
    return log.find(caller.company(), id)
        .filter(happening -> happening.body() != null)
        .orElseThrow(() -> Problem.notFound("The event"));
  }

  private static @Nullable String cursor(@Nullable String asked) {
    if (asked == null || asked.isEmpty()) return null;
    if (!asked.matches("hap_[0-9a-z]{26}(_[0-9a-z]{26})?"))
      throw Problem.invalid("cursor", "invalid", "This cursor did not come from this list.");
    return asked;
  }
}
