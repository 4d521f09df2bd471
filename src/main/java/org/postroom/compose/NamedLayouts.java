package org.postroom.compose;

import java.util.Optional;
import org.postroom.accounts.Route;
import org.postroom.accounts.Routes;
import org.postroom.documents.LayoutUse;
import org.postroom.partners.Partners;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Document kinds and partners that name layouts; they and layouts do not know each other. */
@Component
class NamedLayouts implements LayoutUse {
  private final Routes routes;
  private final Partners partners;

  NamedLayouts(@Lazy Routes routes, @Lazy Partners partners) {
    this.routes = routes;
    this.partners = partners;
  }

  @Override
  public Optional<String> use(String company, String layout) {
    return ofKind(company, layout).or(() -> ofPartner(company, layout));
  }

  private Optional<String> ofKind(String company, String layout) {
    return routes.list(company).stream()
        .filter(route -> layout.equals(route.layout()))
        .map(Route::documentKind)
        .map(kind -> "the document kind " + kind.replace('_', ' '))
        .findFirst();
  }

  private Optional<String> ofPartner(String company, String layout) {
    return partners
        .withLayout(company, layout)
        .map(partner -> "the partner " + partner.name());
  }
}
