package org.postroom.diagnosis.web;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.diagnosis.CheckJson;
import org.postroom.diagnosis.CheckListener;
import org.postroom.diagnosis.CheckStage;
import tools.jackson.databind.json.JsonMapper;

/** Tells each stage as JSON. */
record JsonEvents(EventStream events) implements CheckListener {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  static String text(Map<String, @Nullable Object> json) {
    return JSON.writeValueAsString(json);
  }

  @Override
  public void stage(CheckStage stage) {
    events.send("stage", text(CheckJson.stage(stage)));
  }
}
