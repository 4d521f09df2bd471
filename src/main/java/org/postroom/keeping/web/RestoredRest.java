package org.postroom.keeping.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.environment.Environment;
import org.postroom.environment.Standing;
import org.postroom.http.Problem;
import org.postroom.keeping.EraseAgain;
import org.postroom.outbox.AfterRestore;
import org.postroom.outbox.Restored;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a restored copy waits for. */
@RestController
@RequestMapping("/api/v1/restored")
class RestoredRest {
  private final AfterRestore afterRestore;
  private final Environment environment;
  private final EraseAgain eraseAgain;

  RestoredRest(AfterRestore afterRestore, Environment environment, EraseAgain eraseAgain) {
    this.eraseAgain = eraseAgain;
    this.environment = environment;
    this.afterRestore = afterRestore;
  }

  record Wish(@Nullable String decision) {}

  @GetMapping
  Map<String, @Nullable Object> state(Caller caller) {
    caller.require(Right.MANAGE_PEOPLE);
    return write(caller, null);
  }

  @PostMapping
  Map<String, @Nullable Object> decide(Caller caller, @RequestBody Wish wish) {
    caller.require(Right.MANAGE_PEOPLE);
    return switch (wish.decision() == null ? "" : wish.decision()) {
      case "go_on" -> {
        if (afterRestore.restored().isEmpty())
          throw Problem.conflict("state", "This was never restored.");
        environment.become(caller, Standing.ORIGINAL);
        yield write(caller, null);
      }
      case "release" -> write(caller, afterRestore.releaseAll(caller));
      case "cancel" -> write(caller, afterRestore.cancelAll(caller));
      default ->
          throw Problem.invalid(
              List.of(
                  new Problem.FieldError(
                      "/decision", "unknown", "Decide one of: go_on, release, cancel.")));
    };
  }

  private Map<String, @Nullable Object> write(Caller caller, @Nullable Integer changed) {
    Restored restored = afterRestore.restored().orElse(null);
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("backup_taken_at", restored == null ? null : restored.taken());
    json.put("restored_at", restored == null ? null : restored.at());
    json.put("went_on_at", restored == null ? null : restored.wentOn());
    json.put("held", afterRestore.waiting(caller.company()));
    json.put("changed", changed);
    json.put("erasures", ErasureListRest.write(eraseAgain.standing(caller)));
    return json;
  }
}
