package org.postroom.access;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Who changed which thing of one sort: only what differs is told. */
public final class AuditTrail {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Audit audit;
  private final String sort;
  private final Set<String> leftOut;

  /**
   * @param sort word before the dot, such as {@code template} in {@code template.changed}
   * @param leftOut fields that are nobody's doing, or kept elsewhere
   */
  public AuditTrail(Audit audit, String sort, Set<String> leftOut) {
    this.audit = audit;
    this.sort = sort;
    this.leftOut = Set.copyOf(leftOut);
  }

  public void created(Caller caller, String id, Map<String, ? extends @Nullable Object> thing) {
    audit.record(caller, sort + ".created", id, null, JSON.writeValueAsString(told(thing)));
  }

  public void changed(
      Caller caller,
      String id,
      Map<String, ? extends @Nullable Object> before,
      Map<String, ? extends @Nullable Object> after) {
    Map<String, @Nullable Object> from = told(before);
    Map<String, @Nullable Object> to = told(after);
    List<String> same =
        from.keySet().stream().filter(key -> Objects.equals(from.get(key), to.get(key))).toList();
    same.forEach(from::remove);
    same.forEach(to::remove);
    audit.record(
        caller, sort + ".changed", id, JSON.writeValueAsString(from), JSON.writeValueAsString(to));
  }

  public void deleted(Caller caller, String id, Map<String, ? extends @Nullable Object> thing) {
    audit.record(caller, sort + ".deleted", id, JSON.writeValueAsString(told(thing)), null);
  }

  private Map<String, @Nullable Object> told(Map<String, ? extends @Nullable Object> thing) {
    Map<String, @Nullable Object> told = new LinkedHashMap<>(thing);
    told.keySet().removeAll(leftOut);
    return told;
  }
}
