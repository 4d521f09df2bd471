package org.postroom.payments;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Company;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.StoredDocument;
import org.postroom.http.Slice;
import org.postroom.partners.Purpose;
import org.springframework.stereotype.Service;

/** Links by which customers pay invoices and deposits, and approve quotes. */
@Service
public class PaymentLinks {

  /** Makes a link; 422 pointing at the field where it cannot be. */
  public PaymentLink make(Caller caller, NewLink wanted) {
    throw new UnsupportedOperationException();
  }

  /** 404 where the company has no such link. */
  public PaymentLink get(Caller caller, String id) {
    throw new UnsupportedOperationException();
  }

  /** Newest first; null filters count for all. */
  public Slice<PaymentLink> list(
      String company,
      PaymentLink.@Nullable State state,
      @Nullable String partner,
      int limit,
      @Nullable String cursor) {
    throw new UnsupportedOperationException();
  }

  /** The links about a document, newest first. */
  public List<PaymentLink> of(String company, DocumentKind kind, String number) {
    return List.of();
  }

  /** Its public address. */
  public String url(PaymentLink link) {
    throw new UnsupportedOperationException();
  }

  /** Ends it before its time; done already is done. 409 where it was used. */
  public PaymentLink withdraw(Caller caller, String id) {
    throw new UnsupportedOperationException();
  }

  /**
   * The link a mail about the document would carry: an open one for the same, or a new one. Empty
   * where such mails carry none: nothing is due, or links are switched off for them.
   *
   * @throws org.postroom.http.Problem 422 where the mail is pointless without a link and there can
   *     be none
   */
  public Optional<PlannedLink> plan(
      Caller caller, Company company, Purpose purpose, StoredDocument about) {
    return Optional.empty();
  }

  /** Keeps a planned link, in the caller's transaction, as sent with the message. */
  public void keep(PlannedLink planned, String message) {}

  /** What is behind a token, whoever asks. Empty where there is nothing. */
  public Optional<OpenedLink> open(String token) {
    return Optional.empty();
  }

  /**
   * Notes money; the same reference again changes nothing. Marks the link used when all is paid.
   */
  public PaymentLink paid(String company, String id, Paid paid) {
    throw new UnsupportedOperationException();
  }

  /** Notes that the provider works on it, so that the page does not ask to pay twice. */
  public void processing(String company, String id, String reference) {
    throw new UnsupportedOperationException();
  }

  /** Notes that a payment did not succeed; the link stays usable. */
  public void declined(String company, String id, String reference, String reason) {
    throw new UnsupportedOperationException();
  }

  /**
   * A customer decides about a quote, once.
   *
   * @param name who decides, as they wrote it
   * @throws org.postroom.http.Problem 409 where it was decided or ended
   */
  public PaymentLink decide(String token, boolean approve, String name, @Nullable String comment) {
    throw new UnsupportedOperationException();
  }

  /** One thing that happened to a link, as a sentence. */
  public record Happened(java.time.Instant at, String who, String what) {}

  /** Oldest first. */
  public List<Happened> history(String company, String id) {
    return List.of();
  }
}
