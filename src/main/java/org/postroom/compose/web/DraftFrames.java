package org.postroom.compose.web;

import org.postroom.access.Caller;
import org.postroom.compose.Composition;
import org.postroom.compose.MessageDrafts;
import org.postroom.http.Framed;
import org.postroom.http.Problem;
import org.postroom.http.Untrusted;
import org.postroom.mail.Attachment;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;

/** The mail being written and its files, byte for byte as they would leave. */
@Controller
@RequestMapping("/send/drafts/{id}")
class DraftFrames {
  private final MessageDrafts drafts;

  DraftFrames(MessageDrafts drafts) {
    this.drafts = drafts;
  }

  @GetMapping("/mail")
  ResponseEntity<byte[]> mail(Caller caller, @PathVariable String id) {
    return Untrusted.frame(composition(caller, id).html());
  }

  /** By place in the list of attachments, from 0. */
  @GetMapping("/attachments/{place:[0-9]{1,3}}")
  ResponseEntity<byte[]> attachment(
      Caller caller, @PathVariable String id, @PathVariable int place) {
    var files = composition(caller, id).attachments();
    if (place >= files.size()) throw Problem.notFound("This file");
    Attachment file = files.get(place);
    return file.contentType().equals("application/pdf")
        ? Framed.pdf(file.content(), file.filename())
        : Untrusted.download(file.filename(), file.content());
  }

  private Composition composition(Caller caller, String id) {
    Composition composition = drafts.preview(caller, drafts.get(caller, id)).composition();
    if (composition == null) throw Problem.notFound("The preview");
    return composition;
  }
}
