package org.postroom.diagnosis.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.diagnosis.CheckListener;
import org.postroom.diagnosis.CheckStage;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.ViewResolver;
import org.springframework.web.util.ContentCachingResponseWrapper;

/** Tells each stage as the piece of the page that shows it: one way of drawing for all. */
final class HtmlEvents implements CheckListener {
  private final ViewResolver views;
  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final EventStream events;

  HtmlEvents(ViewResolver views, HttpServletRequest request, HttpServletResponse response) {
    this.views = views;
    this.request = request;
    this.response = response;
    this.events = new EventStream(response);
  }

  @Override
  public void begins(List<CheckStage> stages) {
    Map<String, @Nullable Object> model = new HashMap<>();
    model.put("stages", stages);
    model.put("panel", null);
    events.send("begin", drawn("lines", model));
  }

  @Override
  public void stage(CheckStage stage) {
    events.send("stage", drawn("stage", Map.of("stage", stage)));
  }

  void result(Panel panel) {
    events.send("result", drawn("outcome", Map.of("panel", panel)));
  }

  private String drawn(String fragment, Map<String, ? extends @Nullable Object> model) {
    try {
      View view = views.resolveViewName("diagnosis/panel :: " + fragment, Locale.ENGLISH);
      if (view == null) throw new IllegalStateException("There is no " + fragment + ".");
      var captured = new ContentCachingResponseWrapper(response);
      view.render(model, request, captured);
      return new String(captured.getContentAsByteArray(), StandardCharsets.UTF_8);
    } catch (RuntimeException ours) {
      throw ours;
    } catch (Exception broken) {
      throw new IllegalStateException(broken);
    }
  }
}
