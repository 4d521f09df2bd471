package org.postroom.payments.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
import org.postroom.db.Database;
import org.postroom.http.Problem;
import org.postroom.http.RequestPace;
import org.postroom.partners.Partner;
import org.postroom.partners.Partners;
import org.postroom.payments.OpenedLink;
import org.postroom.payments.PaymentLinks;
import org.springframework.stereotype.Component;

/**
 * Lets whoever has a link in, without an account and without a trace, and nobody in too often.
 * Links that never were, are misspelled or belong to a deleted company all lead to the same answer.
 */
@Component
class Door {
  private static final int MOST_BY_ADDRESS = 120;
  private static final int MOST_BY_LINK = 90;
  private static final int LONGEST_TOKEN = 200;
  private final RequestPace byAddress = new RequestPace(MOST_BY_ADDRESS);
  private final RequestPace byLink = new RequestPace(MOST_BY_LINK);
  private final PaymentLinks links;
  private final Partners partners;
  private final Access access;
  private final Database database;

  Door(PaymentLinks links, Partners partners, Access access, Database database) {
    this.links = links;
    this.partners = partners;
    this.access = access;
    this.database = database;
  }

  /**
   * The link behind a token, as of now.
   *
   * @throws Problem 404 where there is none, 429 where it was too often
   */
  Visit enter(String token, HttpServletRequest request, HttpServletResponse response) {
    hide(response);
    slow(request);
    check(byLink.allows(shortened(token), database.now()));
    if (token.length() > LONGEST_TOKEN) throw Problem.notFound("This link");
    OpenedLink opened = links.open(token).orElseThrow(() -> Problem.notFound("This link"));
    String company = opened.link().company();
    Locale chosen = PageWords.chosen(request.getParameter("lang")).orElse(null);
    return new Visit(
        token,
        opened,
        access.company(company),
        partner(company, opened.link().partner()),
        chosen,
        database.now());
  }

  /** Neither search engines nor the next page nor this computer's disk learn the link. */
  static void hide(HttpServletResponse response) {
    response.setHeader("Content-Security-Policy", Brand.none().policy());
    response.setHeader("X-Robots-Tag", "noindex, nofollow");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("Cache-Control", "private, no-store");
  }

  /** 429 where an address asks too often. */
  void slow(HttpServletRequest request) {
    check(byAddress.allows(request.getRemoteAddr(), database.now()));
  }

  private static void check(boolean allowed) {
    if (!allowed) throw Problem.of(429, "too_many", "Please try again in a minute.");
  }

  private static String shortened(String token) {
    return token.substring(0, Math.min(token.length(), LONGEST_TOKEN));
  }

  private @Nullable Partner partner(String company, @Nullable String ref) {
    return Optional.ofNullable(ref).flatMap(known -> partners.find(company, known)).orElse(null);
  }
}
