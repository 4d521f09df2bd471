package org.postroom.compose.web;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.compose.Composition;
import org.postroom.compose.Preview;
import org.postroom.http.Problem.FieldError;
import org.postroom.mail.Attachment;

/**
 * One thing that was looked at before sending.
 *
 * @param kind {@code ok}, {@code warn} or {@code fail}; what fails keeps the message from leaving
 * @param field where it can be corrected, null where nowhere here
 */
record Check(String kind, String words, @Nullable String field) {
  private static final int LONG_SUBJECT = 70;
  private static final long USUAL = 25_000_000;

  public String icon() {
    return switch (kind) {
      case "ok" -> "tick";
      case "warn" -> "warning";
      default -> "cross";
    };
  }

  static List<Check> of(Preview preview, @Nullable String sentBefore) {
    List<Check> checks = new ArrayList<>();
    for (FieldError error : preview.errors()) checks.add(fail(error));
    if (preview.errors().stream().noneMatch(error -> error.pointer().matches("/(to|cc|bcc)")))
      checks.add(ok(people(preview.people())));
    if (sentBefore != null) checks.add(warn(sentBefore));
    Composition composition = preview.composition();
    if (composition == null) return checks;
    composition.warnings().forEach(warning -> checks.add(warn(warning)));
    if (composition.account().usable())
      checks.add(ok("“" + composition.account().name() + "” can send."));
    for (Attachment file : composition.attachments())
      checks.add(ok(file.filename() + " goes along, " + size(file.content().length) + "."));
    if (composition.linked() != null)
      for (Attachment file : composition.linked().files())
        checks.add(
            warn(
                file.filename()
                    + " is too large for “"
                    + composition.account().name()
                    + "” and goes by link, "
                    + size(file.content().length)
                    + "."));
    checks.add(room(composition));
    if (composition.subject().length() > LONG_SUBJECT)
      checks.add(warn("The subject is longer than 70 characters; phones cut it."));
    return checks;
  }

  /** Attachments grow by a third and more on the wire: what counts is the finished message. */
  private static Check room(Composition composition) {
    long size = composition.mime().length;
    long most = composition.account().limits().messageBytes();
    if (most > 0) return ok("The message has " + size(size) + " of " + size(most) + ".");
    return size > USUAL
        ? warn("The message has " + size(size) + "; many mail servers refuse more than 25 MB.")
        : ok("The message has " + size(size) + ".");
  }

  static String people(int count) {
    return count == 1 ? "Goes to 1 person." : "Goes to " + count + " people.";
  }

  static String size(long bytes) {
    if (bytes < 1000) return bytes + " bytes";
    if (bytes < 1_000_000) return Math.round(bytes / 1000.0) + " KB";
    return String.format(java.util.Locale.ENGLISH, "%.1f MB", bytes / 1e6);
  }

  private static Check ok(String words) {
    return new Check("ok", words, null);
  }

  private static Check warn(String words) {
    return new Check("warn", words, null);
  }

  private static Check fail(FieldError error) {
    return new Check("fail", error.message(), error.pointer().substring(1).replace('/', '-'));
  }
}
