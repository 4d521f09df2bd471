package org.postroom.accounts.web;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.accounts.RouteJson;
import org.postroom.accounts.Routes;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

@RestController
@RequestMapping("/api/v1/routes")
class RouteController {
  private final Routes routes;

  RouteController(Routes routes) {
    this.routes = routes;
  }

  @GetMapping
  Map<String, Map<String, @Nullable Object>> get(Caller caller) {
    return RouteJson.write(routes.list(caller.company()));
  }

  /** Replaces all routes. */
  @PutMapping
  Map<String, Map<String, @Nullable Object>> put(Caller caller, @RequestBody JsonNode body) {
    return RouteJson.write(routes.replace(caller, RouteJson.read(body)));
  }
}
