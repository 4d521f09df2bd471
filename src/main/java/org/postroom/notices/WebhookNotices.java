package org.postroom.notices;

import org.postroom.access.Access;
import org.postroom.access.Company;
import org.postroom.callbacks.WebhookEndpoint;
import org.postroom.callbacks.WebhookEndpoints;
import org.springframework.stereotype.Service;

/**
 * Tells administrators by mail when an endpoint was switched off because nobody was there, once.
 */
@Service
public class WebhookNotices {
  private static final String TEXT =
      """
      Postroom has stopped calling %s.

      What happened: %s

      The program behind it no longer hears what becomes of its mail. When it is there again, switch the endpoint on, \
      and let it ask for what it missed.

      Look at it: %s

      You get this once, because you administer Postroom.\
      """;

  private final Access access;
  private final WebhookEndpoints endpoints;
  private final NoticeMail mail;

  WebhookNotices(Access access, WebhookEndpoints endpoints, NoticeMail mail) {
    this.access = access;
    this.endpoints = endpoints;
    this.mail = mail;
  }

  /** Tells whatever is open in any company. What nobody can be told by now stays open. */
  public void tell() {
    for (Company company : access.companies())
      for (WebhookEndpoint endpoint : endpoints.untold(company.id())) tell(endpoint);
  }

  private void tell(WebhookEndpoint endpoint) {
    String link = mail.link("/webhooks/" + endpoint.id(), "Webhooks");
    String text = TEXT.formatted(endpoint.url(), String.valueOf(endpoint.offReason()), link);
    var notice = new Notice("A webhook was switched off: " + endpoint.url(), text);
    mail.send(
        endpoint.company(),
        "",
        notice,
        endpoint.id(),
        message -> endpoints.told(endpoint, message));
  }
}
