package org.postroom.statements.web;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.statements.RunJson;
import org.postroom.statements.RunRequest;
import org.springframework.web.bind.annotation.BindParam;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The form that begins a run, as typed. */
record RunForm(
    @Nullable String date,
    @Nullable String kind,
    @Nullable String from,
    @Nullable String q,
    @Nullable String partners,
    @Nullable String exclude,
    @Nullable String zero,
    @BindParam("min_amount") @Nullable String least,
    @Nullable String ageing) {

  static RunForm empty(LocalDate today) {
    return new RunForm(today.toString(), "open_items", "", "", "", "", null, "", "30, 60, 90");
  }

  /** As the API would read it; 422 with what is wrong. */
  RunRequest request(LocalDate today) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("date", given(date));
    body.put("kind", given(kind));
    body.put("from", "activity".equals(kind) ? given(from) : null);
    body.put("q", given(q));
    body.put("ageing", given(ageing));
    body.put("min_amount", given(least));
    body.put("skip_zero", zero == null);
    body.put("dry_run", true);
    refs(partners).forEach(body.withArray("partners")::add);
    refs(exclude).forEach(body.withArray("exclude")::add);
    return RunJson.read(body, today);
  }

  private static List<String> refs(@Nullable String text) {
    if (text == null) return List.of();
    return Arrays.stream(text.split("[\\r\\n,;]+"))
        .map(String::strip)
        .filter(ref -> !ref.isEmpty())
        .toList();
  }

  private static @Nullable String given(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }
}
