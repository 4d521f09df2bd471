package org.postroom.compose.web;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.accounts.Account;
import org.postroom.accounts.Accounts;
import org.postroom.compose.Composition;
import org.postroom.compose.MessageDraft;
import org.postroom.compose.MessageDrafts;
import org.postroom.compose.Preview;
import org.postroom.documents.DocumentKind;
import org.postroom.outbox.Message;
import org.postroom.outbox.Message.DocumentRef;
import org.postroom.outbox.MessageFilter;
import org.postroom.outbox.MessageState;
import org.postroom.outbox.Outbox;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What the page of a message being written shows. */
@Component
class DraftView {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm", Locale.ENGLISH);
  private static final Set<MessageState> ON_ITS_WAY =
      Set.of(
          MessageState.SENT,
          MessageState.QUEUED,
          MessageState.SENDING,
          MessageState.DELAYED,
          MessageState.HELD,
          MessageState.UNCLEAR);

  private final MessageDrafts drafts;
  private final Accounts accounts;
  private final Outbox outbox;
  private final Access access;

  DraftView(MessageDrafts drafts, Accounts accounts, Outbox outbox, Access access) {
    this.drafts = drafts;
    this.accounts = accounts;
    this.outbox = outbox;
    this.access = access;
  }

  void fill(Caller caller, MessageDraft draft, Model model) {
    Preview preview = drafts.preview(caller, draft);
    Composition composition = preview.composition();
    ZoneId zone = access.company(caller.company()).timeZone();
    model.addAttribute("draft", draft);
    model.addAttribute("typed", draft.typed());
    model.addAttribute("zone", zone.getId().replace('_', ' '));
    model.addAttribute("heading", heading(draft.document()));
    model.addAttribute("composition", composition);
    model.addAttribute("checks", Check.of(preview, sentBefore(caller, draft.document(), zone)));
    model.addAttribute("accounts", choices(caller, draft, composition));
    model.addAttribute("recipientsReason", reason(composition, preview, "recipients"));
    model.addAttribute("accountReason", reason(composition, preview, "account"));
    model.addAttribute("button", button(preview.people(), draft.typed().later()));
    model.addAttribute("seen", preview.seen());
    model.addAttribute("version", composition == null ? "0" : fingerprint(composition));
  }

  private static String heading(@Nullable DocumentRef document) {
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
    return composition == null ? null : composition.reasons().get(part);
  }

  private Map<String, String> choices(
      Caller caller, MessageDraft draft, @Nullable Composition composition) {
    Map<String, String> choices = new LinkedHashMap<>();
    String byRules = "By the rules";
    if (composition != null && draft.typed().account().isEmpty())
      byRules += ": " + words(composition.account());
    choices.put("", byRules);
    for (Account account : accounts.list(caller.company(), false))
      if (accounts.maySendFrom(caller, account)) choices.put(account.id(), words(account));
    return choices;
  }

  private static String words(Account account) {
    String trouble = account.usable() ? "" : ", cannot send at the moment";
    return account.name() + " (" + account.email().spec() + trouble + ")";
  }

  /** Asked for the company: that somebody else sent it already is what one needs to know. */
  private @Nullable String sentBefore(Caller caller, @Nullable DocumentRef document, ZoneId zone) {
    if (document == null) return null;
    var filter = MessageFilter.ALL.document(document.kind(), document.number()).states(ON_ITS_WAY);
    List<Message> before = outbox.list(Caller.postroom(caller.company()), filter, 1, null).data();
    if (before.isEmpty()) return null;
    Message last = before.getFirst();
    String when = DAY.format(last.createdAt().atZone(zone));
    String by = " by " + last.origin().name() + ".";
    return last.state() == MessageState.SENT
        ? "Already sent on " + when + by
        : "Already on its way since " + when + by;
  }
}
