package org.postroom.documents;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Who changed which layout, in the audit trail; HTML and CSS themselves are in the versions. */
@Component
class LayoutTrail {
  private static final Set<String> NOT_SOMEBODYS =
      Set.of("id", "html", "css", "created_at", "updated_at", "updated_by");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Audit audit;

  LayoutTrail(Audit audit) {
    this.audit = audit;
  }

  void created(Caller caller, OwnLayout layout) {
    audit.record(caller, "layout.created", layout.id(), null, text(told(layout)));
  }

  /** Only what differs, and which version is in use now. */
  void changed(Caller caller, OwnLayout before, OwnLayout after) {
    Map<String, @Nullable Object> from = told(before);
    Map<String, @Nullable Object> to = told(after);
    List<String> same =
        from.keySet().stream().filter(key -> Objects.equals(from.get(key), to.get(key))).toList();
    same.forEach(from::remove);
    same.forEach(to::remove);
    audit.record(caller, "layout.changed", after.id(), text(from), text(to));
  }

  void deleted(Caller caller, OwnLayout layout) {
    audit.record(caller, "layout.deleted", layout.id(), text(told(layout)), null);
  }

  private static Map<String, @Nullable Object> told(OwnLayout layout) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>(LayoutJson.write(layout));
    json.keySet().removeAll(NOT_SOMEBODYS);
    return json;
  }

  private static String text(Map<String, @Nullable Object> json) {
    return JSON.writeValueAsString(json);
  }
}
