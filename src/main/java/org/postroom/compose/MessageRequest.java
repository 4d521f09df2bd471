package org.postroom.compose;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import org.postroom.outbox.Message.DocumentRef;
import org.postroom.partners.Purpose;

/**
 * What somebody wants sent: a document, or free text, or a document with words of their own.
 *
 * @param document kind word and number, null for free mail
 * @param to null or empty: by the recipient order of the purpose
 * @param subject null: the template's
 * @param html null: the template's, unless {@code text} is given
 * @param text null: the template's, unless {@code html} is given
 * @param enclosures what goes along beside the document
 * @param purpose null: follows from the document
 * @param account id, null: by the rules
 * @param sendAt null: now
 * @param extras what is settled for automatic mail, and what is known beside the document
 */
public record MessageRequest(
    @Nullable DocumentRef document,
    @Nullable Purpose purpose,
    List<Address> to,
    List<Address> cc,
    List<Address> bcc,
    @Nullable String subject,
    @Nullable String html,
    @Nullable String text,
    Enclosures enclosures,
    @Nullable String account,
    @Nullable String template,
    @Nullable String layout,
    @Nullable Instant sendAt,
    boolean bulk,
    @Nullable String resendOf,
    Extras extras) {

  public MessageRequest {
    to = List.copyOf(to);
    cc = List.copyOf(cc);
    bcc = List.copyOf(bcc);
  }

  /** Without anything settled for automatic mail. */
  public MessageRequest(
      @Nullable DocumentRef document,
      @Nullable Purpose purpose,
      List<Address> to,
      List<Address> cc,
      List<Address> bcc,
      @Nullable String subject,
      @Nullable String html,
      @Nullable String text,
      Enclosures enclosures,
      @Nullable String account,
      @Nullable String template,
      @Nullable String layout,
      @Nullable Instant sendAt,
      boolean bulk,
      @Nullable String resendOf) {
    this(
        document,
        purpose,
        to,
        cc,
        bcc,
        subject,
        html,
        text,
        enclosures,
        account,
        template,
        layout,
        sendAt,
        bulk,
        resendOf,
        Extras.NONE);
  }

  /**
   * An automatic mail.
   *
   * @param document null where it goes to a partner, whom the extras name
   * @param to empty: by the recipient order of the purpose
   */
  public static MessageRequest automatic(
      @Nullable DocumentRef document,
      Purpose purpose,
      List<Address> to,
      Enclosures enclosures,
      Extras extras) {
    return new MessageRequest(
        document,
        purpose,
        to,
        List.of(),
        List.of(),
        null,
        null,
        null,
        enclosures,
        null,
        null,
        null,
        null,
        true,
        null,
        extras);
  }

  /** The document to whom it belongs, everything else by the rules. */
  public static MessageRequest of(DocumentRef document, @Nullable Purpose purpose) {
    return new MessageRequest(
        document,
        purpose,
        List.of(),
        List.of(),
        List.of(),
        null,
        null,
        null,
        Enclosures.NONE,
        null,
        null,
        null,
        null,
        false,
        null);
  }

  /** To a partner, about no document: in the words and by the recipient order of the purpose. */
  public static MessageRequest toPartner(
      String partner, Purpose purpose, Map<String, Object> facts) {
    return new MessageRequest(
        null,
        purpose,
        List.of(),
        List.of(),
        List.of(),
        null,
        null,
        null,
        Enclosures.NONE,
        null,
        null,
        null,
        null,
        false,
        null,
        Extras.of(facts).to(partner));
  }

  /** Plain words of our own, through a certain account. */
  public static MessageRequest text(
      List<Address> to, String subject, String text, @Nullable String account) {
    return new MessageRequest(
        null,
        null,
        to,
        List.of(),
        List.of(),
        subject,
        null,
        text,
        Enclosures.NONE,
        account,
        null,
        null,
        null,
        false,
        null);
  }

  /** The same to these people alone. */
  MessageRequest to(List<Address> people) {
    return new MessageRequest(
        document,
        purpose,
        people,
        List.of(),
        List.of(),
        subject,
        html,
        text,
        enclosures,
        account,
        template,
        layout,
        sendAt,
        bulk,
        resendOf,
        extras);
  }

  /** The same, with what is known beside the document. */
  public MessageRequest on(Extras what) {
    return new MessageRequest(
        document,
        purpose,
        to,
        cc,
        bcc,
        subject,
        html,
        text,
        enclosures,
        account,
        template,
        layout,
        sendAt,
        bulk,
        resendOf,
        what);
  }

  /** The same with these bodies; both null: the template's. */
  MessageRequest words(@Nullable String ownHtml, @Nullable String ownText) {
    return new MessageRequest(
        document,
        purpose,
        to,
        cc,
        bcc,
        subject,
        ownHtml,
        ownText,
        enclosures,
        account,
        template,
        layout,
        sendAt,
        bulk,
        resendOf,
        extras);
  }

  /** The same with nothing but its document, for a look at the words. */
  MessageRequest bare() {
    return new MessageRequest(
        document,
        purpose,
        to,
        cc,
        bcc,
        subject,
        html,
        text,
        new Enclosures(List.of(), List.of(), List.of(), List.of()),
        account,
        template,
        layout,
        sendAt,
        bulk,
        resendOf,
        extras);
  }

  /** The same with these along. */
  public MessageRequest enclosing(Enclosures along) {
    return new MessageRequest(
        document,
        purpose,
        to,
        cc,
        bcc,
        subject,
        html,
        text,
        along,
        account,
        template,
        layout,
        sendAt,
        bulk,
        resendOf,
        extras);
  }

  /** The same with further things to speak of. */
  public MessageRequest facts(Map<String, Object> more) {
    return on(
        new Extras(
            extras.by(),
            extras.account(),
            extras.template(),
            extras.cc(),
            extras.bcc(),
            extras.partner(),
            more));
  }
}
