package org.postroom.notices;

import org.postroom.access.Access;
import org.postroom.access.Company;
import org.postroom.callbacks.WebhookEndpoint;
import org.postroom.callbacks.WebhookEndpoints;
import org.springframework.stereotype.Service;

/** Tells administrators by mail when an endpoint was switched off because nobody was there, once. */
@Service
public class WebhookNotices {
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
    var notice =
        new Notice(
            "A webhook was switched off: " + endpoint.url(),
            "Postroom has stopped calling %s.\n\nWhat happened: %s\n\nThe program behind it no longer hears what becomes of its mail. When it is there again, switch the endpoint on, and let it ask for what it missed.\n\nLook at it: %s\n\nYou get this once, because you administer Postroom."
                .formatted(
                    endpoint.url(),
                    String.valueOf(endpoint.offReason()),
                    mail.link("/webhooks/" + endpoint.id(), "Webhooks")));
    mail.send(
        endpoint.company(), "", notice, endpoint.id(), message -> endpoints.told(endpoint, message));
  }
}
