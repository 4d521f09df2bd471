package org.postroom.transport.web;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.postroom.transport.LocalMail;
import org.postroom.transport.LocalMailbox;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/local_messages}: what accounts of kind Local kept. */
@RestController
@RequestMapping("/api/v1/local_messages")
class LocalMessagesApi {
  private static final MediaType RFC822 = MediaType.parseMediaType("message/rfc822");

  private final LocalMailbox mailbox;

  private final CaughtLetters letters;

  LocalMessagesApi(LocalMailbox mailbox, CaughtLetters letters) {
    this.mailbox = mailbox;
    this.letters = letters;
  }

  @GetMapping
  Slice<LocalMail> list(
      Caller caller,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor) {
    caller.require(Right.SEE_ALL_MAIL);
    return mailbox.list(caller.company(), Slice.limit(limit), cursor);
  }

  @GetMapping("/{id}")
  LocalMail one(Caller caller, @PathVariable String id) {
    caller.require(Right.SEE_ALL_MAIL);
    return existing(mailbox.find(caller.company(), id), id);
  }

  /** Mail is hostile: a browser must neither guess its type nor show it in our origin. */
  @GetMapping("/{id}/content")
  ResponseEntity<byte[]> content(Caller caller, @PathVariable String id) {
    caller.require(Right.SEE_ALL_MAIL);
    letters.require(caller, id);
    return ResponseEntity.ok()
        .contentType(RFC822)
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"message.eml\"")
        .header("X-Content-Type-Options", "nosniff")
        .body(existing(mailbox.content(caller.company(), id), id));
  }

  @DeleteMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void deleteAll(Caller caller) {
    caller.require(Right.MANAGE_ACCOUNTS);
    mailbox.deleteAll(caller.company());
  }

  private static <T> T existing(Optional<T> found, String id) {
    return found.orElseThrow(() -> Problem.notFound("Local message " + id));
  }
}
