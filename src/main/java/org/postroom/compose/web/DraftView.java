package org.postroom.compose.web;

import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.compose.Composition;
import org.postroom.compose.MessageDraft;
import org.postroom.compose.MessageDrafts;
import org.postroom.compose.Preview;
import org.postroom.documents.DocumentKind;
import org.postroom.http.Heading;
import org.postroom.outbox.Message.DocumentRef;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What the page of a message being written shows. */
@Component
class DraftView {
  private final MessageDrafts drafts;
  private final DraftFields fields;
  private final SentBefore sentBefore;
  private final Access access;

  DraftView(MessageDrafts drafts, DraftFields fields, SentBefore sentBefore, Access access) {
    this.drafts = drafts;
    this.fields = fields;
    this.sentBefore = sentBefore;
    this.access = access;
  }

  /** The whole page. */
  void page(Caller caller, MessageDraft draft, Model model) {
    Composition composition = refreshed(caller, draft, model);
    fields.fill(caller, draft, composition, model);
    String title = title(draft.document());
    model.addAttribute("zone", zone(caller).getId().replace('_', ' '));
    model.addAttribute("title", title);
    model.addAttribute("heading", new Heading("/send", "Send a document", title, null));
  }

  /** What changes while somebody types: preview, checks and reasons. */
  @Nullable Composition refreshed(Caller caller, MessageDraft draft, Model model) {
    Preview preview = drafts.preview(caller, draft);
    Composition composition = preview.composition();
    String before = sentBefore.words(caller.company(), draft.document(), zone(caller));
    model.addAttribute("draft", draft);
    model.addAttribute("typed", draft.typed());
    model.addAttribute("composition", composition);
    model.addAttribute("checks", Check.of(preview, before));
    model.addAttribute("recipientsReason", reason(composition, preview, "recipients"));
    model.addAttribute("accountReason", reason(composition, preview, "account"));
    model.addAttribute("templateReason", reason(composition, preview, "template"));
    model.addAttribute("layoutReason", reason(composition, preview, "layout"));
    model.addAttribute("button", button(preview.people(), draft.typed().later()));
    model.addAttribute("seen", preview.seen());
    model.addAttribute("version", composition == null ? "0" : fingerprint(composition));
    return composition;
  }

  private ZoneId zone(Caller caller) {
    return access.company(caller.company()).timeZone();
  }

  private static String title(@Nullable DocumentRef document) {
    if (document == null) return "Write a message";
    String kind = DocumentKind.of(document.kind()).map(DocumentKind::words).orElse("Document");
    return "Send " + kind.toLowerCase(Locale.ROOT) + " " + document.number();
  }

  private static String button(int people, boolean later) {
    String who = people == 1 ? " to 1 person" : " to " + people + " people";
    return (later ? "Send later" : "Send") + (people == 0 ? "" : who);
  }

  /** Changes with the mail's HTML, so that the frame is loaded anew exactly then. */
  private static String fingerprint(Composition composition) {
    return Integer.toHexString(composition.html().hashCode());
  }

  private static @Nullable String reason(
      @Nullable Composition composition, Preview preview, String part) {
    if (part.equals("recipients") && preview.people() == 0) return null;
    String reason = composition == null ? null : composition.reasons().get(part);
    return reason == null ? null : reason.replaceAll("\\.+$", "");
  }
}
