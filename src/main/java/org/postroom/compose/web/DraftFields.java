package org.postroom.compose.web;

import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.compose.Composition;
import org.postroom.compose.MessageDraft;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What the fields of the page offer. */
@Component
class DraftFields {
  private final DraftChoices choices;
  private final Related related;
  private final KnownAddresses known;
  private final FileOffers files;

  DraftFields(DraftChoices choices, Related related, KnownAddresses known, FileOffers files) {
    this.choices = choices;
    this.related = related;
    this.known = known;
    this.files = files;
  }

  void fill(Caller caller, MessageDraft draft, @Nullable Composition composition, Model model) {
    model.addAttribute("accounts", choices.accounts(caller, draft.typed().account(), composition));
    model.addAttribute(
        "templates",
        choices.templates(caller, draft.document(), draft.typed().template(), composition));
    model.addAttribute(
        "layouts",
        choices.layouts(draft.company(), draft.document(), draft.typed().layout(), composition));
    model.addAttribute("related", related.offers(caller.company(), draft));
    model.addAttribute("known", known.of(draft));
    model.addAttribute("recordFiles", files.ofRecord(draft));
    model.addAttribute("standingFiles", files.standing(draft, composition));
  }
}
