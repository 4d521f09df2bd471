package org.postroom.templates;

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

/** Who changed which template, in the audit trail; the texts themselves are in the versions. */
@Component
class TemplateTrail {
  private static final Set<String> NOT_SOMEBODYS =
      Set.of("id", "body", "revision", "created_at", "updated_at", "updated_by");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Audit audit;

  TemplateTrail(Audit audit) {
    this.audit = audit;
  }

  void created(Caller caller, Template template) {
    audit.record(caller, "template.created", template.id(), null, text(told(template)));
  }

  /** Only what differs, and which version is in use now. */
  void changed(Caller caller, Template before, Template after) {
    Map<String, @Nullable Object> from = told(before);
    Map<String, @Nullable Object> to = told(after);
    List<String> same =
        from.keySet().stream().filter(key -> Objects.equals(from.get(key), to.get(key))).toList();
    same.forEach(from::remove);
    same.forEach(to::remove);
    audit.record(caller, "template.changed", after.id(), text(from), text(to));
  }

  void deleted(Caller caller, Template template) {
    audit.record(caller, "template.deleted", template.id(), text(told(template)), null);
  }

  private static Map<String, @Nullable Object> told(Template template) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>(TemplateJson.write(template));
    json.keySet().removeAll(NOT_SOMEBODYS);
    return json;
  }

  private static String text(Map<String, @Nullable Object> json) {
    return JSON.writeValueAsString(json);
  }
}
