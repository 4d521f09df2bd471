package org.postroom.payments;

import org.postroom.http.NavigationCount;
import org.springframework.stereotype.Component;

/** The number beside Payments: links with a warning nobody has looked at. */
@Component
class LinksToLookAt implements NavigationCount {
  private final PaymentLinks links;

  LinksToLookAt(PaymentLinks links) {
    this.links = links;
  }

  @Override
  public String path() {
    return "/payments";
  }

  @Override
  public long count(String company) {
    return links.toLookAt(company);
  }
}
