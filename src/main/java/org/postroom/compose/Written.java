package org.postroom.compose;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.compose.Enclosures.Further;
import org.postroom.compose.MessageDraft.Typed;
import org.postroom.http.Problem;
import org.postroom.http.Problem.FieldError;
import org.postroom.mail.Address;
import org.postroom.mail.AddressList;
import org.postroom.mail.Attachment;

/**
 * What a draft asks for, and what keeps it from being sent. The request can be composed even so,
 * for the preview.
 *
 * @param errors in the order of the fields
 */
record Written(MessageRequest request, List<FieldError> errors) {
  private static final int MOST_RECIPIENTS = 500;
  private static final int LONGEST_SUBJECT = 500;
  private static final int LONGEST_TEXT = 200_000;

  Written {
    errors = List.copyOf(errors);
  }

  static Written of(MessageDraft draft, List<Attachment> files, ZoneId zone, Instant now) {
    var reading = new Reading(draft, zone, now);
    return reading.written(files);
  }

  /** The same for {@code standIn} where nobody is named yet: its words and papers can be shown. */
  MessageRequest forPreview(Address standIn) {
    boolean nobody = request.to().isEmpty() && request.cc().isEmpty() && request.bcc().isEmpty();
    return nobody ? request.to(List.of(standIn)) : request;
  }

  private static final class Reading {
    private final MessageDraft draft;
    private final Typed typed;
    private final ZoneId zone;
    private final Instant now;
    private final List<FieldError> errors = new ArrayList<>();

    Reading(MessageDraft draft, ZoneId zone, Instant now) {
      this.draft = draft;
      this.typed = draft.typed();
      this.zone = zone;
      this.now = now;
    }

    Written written(List<Attachment> files) {
      List<Address> to = addresses("/to", typed.to());
      List<Address> cc = addresses("/cc", typed.cc());
      List<Address> bcc = addresses("/bcc", typed.bcc());
      int people = to.size() + cc.size() + bcc.size();
      if (people == 0 && errors.isEmpty()) error("/to", "required", nobody());
      if (people > MOST_RECIPIENTS)
        error("/to", "too_many", "At most " + MOST_RECIPIENTS + " people get one message.");
      String subject = subject();
      String text = text();
      String account = chosen(typed.account());
      var request =
          new MessageRequest(
              draft.document(),
              draft.preset().purpose(),
              to,
              cc,
              bcc,
              subject,
              null,
              text,
              enclosures(files),
              account,
              chosen(typed.template()),
              chosen(typed.layout()),
              sendAt(),
              false,
              null);
      return new Written(request, errors);
    }

    private List<Address> addresses(String pointer, String text) {
      AddressList read = AddressList.read(text);
      if (!read.troubles().isEmpty()) error(pointer, "invalid", String.join(" ", read.troubles()));
      return read.addresses();
    }

    private Enclosures enclosures(List<Attachment> files) {
      List<Further> further =
          typed.furtherDocuments().stream().map(other -> new Further(other, null)).toList();
      return new Enclosures(files, further, typed.kept(), typed.standing());
    }

    private static @Nullable String chosen(String id) {
      return id.isBlank() ? null : id;
    }

    private String nobody() {
      boolean asBefore = typed.goesToSameAs(draft.preset().fields());
      boolean told = asBefore && !draft.preset().recipients().isEmpty();
      return told ? draft.preset().recipients() : "Say who gets this.";
    }

    /** Empty: the template's, where there is one. */
    private @Nullable String subject() {
      String subject = typed.subject().strip();
      if (subject.length() > LONGEST_SUBJECT || subject.chars().anyMatch(c -> c < 32)) {
        error("/subject", "too_long", "A subject is one line of at most 500 characters.");
        return "";
      }
      if (!subject.isEmpty()) return subject;
      if (draft.document() != null) return null;
      error("/subject", "required", "Give the message a subject.");
      return "";
    }

    private @Nullable String text() {
      String text = typed.text();
      boolean controls = text.chars().anyMatch(c -> c < 32 && "\n\r\t".indexOf(c) < 0);
      if (text.length() > LONGEST_TEXT || controls) {
        error("/text", "too_long", "The text is too long, or holds characters mail cannot carry.");
        return "";
      }
      if (!text.isBlank()) return text;
      if (draft.document() != null) return null;
      error("/text", "required", "Write the message.");
      return "";
    }

    private @Nullable Instant sendAt() {
      if (!typed.later()) return null;
      try {
        return SendTime.read(typed.at(), zone, now);
      } catch (Problem problem) {
        errors.addAll(problem.errors());
        return null;
      }
    }

    private void error(String pointer, String code, String message) {
      errors.add(new Problem.FieldError(pointer, code, message));
    }
  }
}
