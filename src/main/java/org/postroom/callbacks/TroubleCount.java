package org.postroom.callbacks;

import org.postroom.http.NavigationCount;
import org.springframework.stereotype.Component;

/** The number beside the menu's entry: endpoints that need somebody. */
@Component
class TroubleCount implements NavigationCount {
  private final WebhookEndpoints endpoints;

  TroubleCount(WebhookEndpoints endpoints) {
    this.endpoints = endpoints;
  }

  @Override
  public String path() {
    return "/webhooks";
  }

  @Override
  public long count(String company) {
    return endpoints.inTrouble(company);
  }

  @Override
  public String means() {
    return "in trouble";
  }
}
