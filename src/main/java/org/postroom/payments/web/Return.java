package org.postroom.payments.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Objects;

/** How a customer came to the page. Only their browser says so: it proves nothing. */
enum Return {
  /** By the link. */
  NONE,
  /** From a provider, as after paying. */
  PAID,
  /** From a provider without paying. */
  CANCELLED,
  /** From our own form, as the provider cannot be reached. */
  UNREACHABLE;

  static Return of(HttpServletRequest request) {
    String came = Objects.requireNonNullElse(request.getParameter("came"), "");
    return switch (came.toLowerCase(Locale.ROOT)) {
      case "paid" -> PAID;
      case "back", "cancelled" -> CANCELLED;
      default -> NONE;
    };
  }
}
