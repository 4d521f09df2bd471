package org.postroom.compose;

import java.util.Optional;
import org.postroom.accounts.Route;
import org.postroom.accounts.Routes;
import org.postroom.partners.Partners;
import org.postroom.templates.TemplateUse;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Document kinds and partners that name templates; they and templates do not know each other. */
@Component
class NamedTemplates implements TemplateUse {
  private final Routes routes;
  private final Partners partners;

  NamedTemplates(@Lazy Routes routes, @Lazy Partners partners) {
    this.routes = routes;
    this.partners = partners;
  }

  @Override
  public Optional<String> use(String company, String template) {
    return ofKind(company, template).or(() -> ofPartner(company, template));
  }

  private Optional<String> ofKind(String company, String template) {
    return routes.list(company).stream()
        .filter(route -> template.equals(route.template()))
        .map(Route::documentKind)
        .map(kind -> "the document kind " + kind.replace('_', ' '))
        .findFirst();
  }

  private Optional<String> ofPartner(String company, String template) {
    return partners.withTemplate(company, template).map(partner -> "the partner " + partner.name());
  }
}
