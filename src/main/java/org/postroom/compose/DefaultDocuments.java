package org.postroom.compose;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postroom.accounts.Route;
import org.postroom.accounts.RouteCheck;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Layouts;
import org.postroom.http.Problem.FieldError;
import org.postroom.partners.Partner;
import org.postroom.partners.PartnerCheck;
import org.postroom.templates.Template;
import org.postroom.templates.Templates;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** What is set for a kind of document, or for it at a partner, exists and fits the kind. */
@Component
class DefaultDocuments implements RouteCheck, PartnerCheck {
  private final Templates templates;
  private final Layouts layouts;

  DefaultDocuments(@Lazy Templates templates, @Lazy Layouts layouts) {
    this.templates = templates;
    this.layouts = layouts;
  }

  @Override
  public List<FieldError> errors(String company, Route route) {
    List<FieldError> errors = new ArrayList<>();
    DocumentKind kind = DocumentKind.of(route.documentKind()).orElseThrow();
    if (route.template() != null && !fits(company, route.template(), kind))
      errors.add(unknown("/" + kind.word() + "/template", "template", route.template()));
    if (route.layout() != null && !prints(company, route.layout(), kind))
      errors.add(unknown("/" + kind.word() + "/layout", "layout", route.layout()));
    return errors;
  }

  @Override
  public List<FieldError> errors(String company, Partner partner) {
    List<FieldError> errors = new ArrayList<>();
    partner
        .templates()
        .forEach((word, id) ->
            DocumentKind.of(word)
                .filter(kind -> !fits(company, id, kind))
                .ifPresent(kind -> errors.add(unknown("/templates/" + word, "template", id))));
    partner
        .layouts()
        .forEach((word, id) ->
            DocumentKind.of(word)
                .filter(kind -> !prints(company, id, kind))
                .ifPresent(kind -> errors.add(unknown("/layouts/" + word, "layout", id))));
    return errors;
  }

  private boolean fits(String company, String id, DocumentKind kind) {
    Optional<Template> template = templates.find(company, id, null);
    return template.filter(t -> t.purpose().equals(Purposes.of(kind).word())).isPresent();
  }

  private boolean prints(String company, String id, DocumentKind kind) {
    return layouts.find(company, id).filter(layout -> layout.kinds().contains(kind)).isPresent();
  }

  private static FieldError unknown(String pointer, String what, String id) {
    String message = "There is no " + what + " “" + id + "” for this kind of document.";
    return new FieldError(pointer, "unknown_value", message);
  }
}
