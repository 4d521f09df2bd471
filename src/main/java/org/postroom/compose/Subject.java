package org.postroom.compose;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Company;
import org.postroom.accounts.Route;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.StoredDocument;
import org.postroom.partners.Partner;
import org.postroom.partners.Purpose;
import org.postroom.rules.Decisions;
import org.postroom.rules.Decisions.Decision;

/**
 * What a mail is about, and what the company has settled for such mails. All parts may be missing:
 * then it is free mail.
 *
 * @param route what is set for the kind of document
 * @param rules what the company's rules say
 * @param today where the company is
 */
record Subject(
    @Nullable StoredDocument stored,
    @Nullable Partner partner,
    @Nullable Purpose purpose,
    @Nullable Route route,
    Decisions rules,
    LocalDate today) {

  /** Where there must be one. */
  StoredDocument document() {
    return Objects.requireNonNull(stored);
  }

  @Nullable String partnerRef() {
    if (stored != null) return stored.document().partner();
    return partner == null ? null : partner.ref();
  }

  /** Somebody and something to say, even without a document: not free mail. */
  boolean hasWords() {
    return purpose != null && (stored != null || partner != null);
  }

  Locale language(Company company) {
    return Stream.of(
            stored == null ? null : stored.document().language(),
            partner == null ? null : partner.language())
        .flatMap(Stream::ofNullable)
        .findFirst()
        .map(Locale::forLanguageTag)
        .orElse(company.language());
  }

  List<String> warnings() {
    return stored == null ? List.of() : stored.warnings();
  }

  /** The layout of the document itself. */
  Pick layout(@Nullable String explicit) {
    if (stored == null) return Pick.NOBODYS;
    String kind = stored.document().kind().word();
    return Pick.first(
        explicit,
        rules.layout(),
        partner == null ? Optional.empty() : Pick.of(partner.layouts().get(kind), ofPartner()),
        route == null ? Optional.empty() : Pick.of(route.layout(), ofKind()));
  }

  /**
   * The template. What is set for a kind of document is meant for the mail such documents are
   * usually sent with, not for reminders or payment links about them.
   *
   * @param rule what the rules say, where its template is for such mails
   */
  Pick template(MessageRequest request, @Nullable Decision<String> rule) {
    String explicit = request.template();
    if (stored == null) return new Pick(explicit, "Chosen for this message");
    DocumentKind kind = stored.document().kind();
    Optional<Pick> settled = Pick.of(request.extras().template(), request.extras().by());
    if (purpose != Purposes.of(kind)) return Pick.first(explicit, rule, settled, Optional.empty());
    Optional<Pick> partners =
        partner == null
            ? Optional.empty()
            : Pick.of(partner.templates().get(kind.word()), ofPartner());
    return Pick.first(
        explicit,
        rule,
        partners.or(() -> settled),
        route == null ? Optional.empty() : Pick.of(route.template(), ofKind()));
  }

  private String ofPartner() {
    return "Set for " + (partner == null ? "the partner" : partner.name());
  }

  private String ofKind() {
    return "Set for the document kind "
        + (stored == null ? "" : stored.document().kind().word().replace('_', ' '));
  }
}
