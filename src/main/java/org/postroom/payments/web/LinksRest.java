package org.postroom.payments.web;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.documents.DocumentKind;
import org.postroom.http.Idempotency;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.postroom.payments.LinkFilter;
import org.postroom.payments.NewLink;
import org.postroom.payments.PaymentLink;
import org.postroom.payments.PaymentLinks;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Payment, deposit and approval links. */
@RestController
@RequestMapping("/api/v1/payment_links")
class LinksRest {
  private final PaymentLinks links;
  private final LinkViews views;
  private final Idempotency idempotency;

  LinksRest(PaymentLinks links, LinkViews views, Idempotency idempotency) {
    this.links = links;
    this.views = views;
    this.idempotency = idempotency;
  }

  @PostMapping
  ResponseEntity<Map<String, @Nullable Object>> make(Caller caller, @RequestBody JsonNode body) {
    caller.require(Right.MANAGE_PAYMENTS);
    NewLink wanted = LinkJson.read(body);
    return idempotency.once(() -> {
      PaymentLink link = links.make(caller, wanted);
      return ResponseEntity.created(URI.create("/api/v1/payment_links/" + link.id()))
          .body(json(caller, link));
    });
  }

  @GetMapping
  Slice<Map<String, @Nullable Object>> list(
      Caller caller,
      LinkQuery query,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor) {
    caller.require(Right.MANAGE_PAYMENTS);
    return links
        .list(caller.company(), query.filter(), Slice.limit(limit), cursor)
        .map(LinkJson::write);
  }

  @GetMapping("/{id}")
  Map<String, @Nullable Object> get(Caller caller, @PathVariable String id) {
    caller.require(Right.MANAGE_PAYMENTS);
    return json(caller, links.get(caller, id));
  }

  @PostMapping("/{id}/withdraw")
  Map<String, @Nullable Object> withdraw(Caller caller, @PathVariable String id) {
    return json(caller, links.withdraw(caller, id));
  }

  /** Money that somebody saw elsewhere; the same reference again is the same money. */
  @PostMapping("/{id}/payments")
  ResponseEntity<Map<String, @Nullable Object>> note(
      Caller caller, @PathVariable String id, @RequestBody JsonNode body) {
    caller.require(Right.MANAGE_PAYMENTS);
    PaymentLink link = links.get(caller, id);
    var noted = LinkJson.Noted.read(body, views.today(caller));
    return idempotency.once(() ->
        ResponseEntity.ok(
            json(caller, links.paidByHand(caller, id, views.paid(caller, link, noted)))));
  }

  private Map<String, @Nullable Object> json(Caller caller, PaymentLink link) {
    return LinkJson.write(
        links.look(caller, link.id()), views.url(link), links.history(caller.company(), link.id()));
  }

  /** What a list may be narrowed to. */
  record LinkQuery(
      @Nullable String state,
      @Nullable String partner,
      @Nullable String kind,
      @Nullable String number) {

    LinkFilter filter() {
      LinkFilter filter = LinkFilter.ALL.partner(given(partner));
      if (given(state) != null) filter = filter.states(state(state));
      if (given(kind) == null && given(number) == null) return filter;
      if (given(kind) == null)
        throw Problem.invalid("kind", "required", "kind and number belong together.");
      DocumentKind of =
          DocumentKind.of(String.valueOf(kind))
              .orElseThrow(() ->
                  Problem.invalid("kind", "unknown_value", "There is no such kind of document."));
      return filter.document(of, given(number));
    }

    private static PaymentLink.State state(@Nullable String word) {
      return PaymentLink.State.of(String.valueOf(word))
          .orElseThrow(() ->
              Problem.invalid(
                  "state", "unknown_value", "state is usable, used, expired or withdrawn."));
    }

    private static @Nullable String given(@Nullable String text) {
      return text == null || text.isBlank() ? null : text;
    }
  }
}
