package org.postroom.console.web;

import java.util.List;
import org.postroom.access.Caller;
import org.postroom.documents.DocumentFilter;
import org.postroom.documents.Documents;
import org.postroom.documents.StoredDocument;
import org.postroom.http.Slice;
import org.postroom.outbox.MessageFilter;
import org.springframework.stereotype.Component;

/** What lately happened between the company and one partner. */
@Component
class PartnerStory {
  private static final int LATEST = 10;
  private final Documents documents;
  private final Mails mails;

  PartnerStory(Documents documents, Mails mails) {
    this.documents = documents;
    this.mails = mails;
  }

  Slice<StoredDocument> documents(Caller caller, String ref) {
    var filter = new DocumentFilter(null, ref, null, null, null, null);
    return documents.list(caller.company(), filter, LATEST, null);
  }

  List<Mail> messages(Caller caller, String ref) {
    return mails.latest(caller, MessageFilter.ALL.partner(ref), LATEST);
  }
}
