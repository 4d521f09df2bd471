package org.postroom.payments;

import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.http.Problem;
import org.postroom.http.Problem.FieldError;

/** What can be wrong with a gateway somebody writes down. */
final class GatewayCheck {
  private static final Pattern STRIPE_KEY =
      Pattern.compile("(sk|rk)_(test|live)_[A-Za-z0-9_]{8,240}");
  private static final Pattern STRIPE_HOOK = Pattern.compile("whsec_[A-Za-z0-9+/=_-]{8,240}");
  private static final Pattern PARAMETER = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,39}");
  private static final int LEAST_SECRET = 16;
  private static final Set<String> CURRENCIES =
      Currency.availableCurrencies()
          .map(Currency::getCurrencyCode)
          .collect(Collectors.toUnmodifiableSet());

  private final GatewayDraft draft;
  private final List<FieldError> errors = new ArrayList<>();

  private GatewayCheck(GatewayDraft draft) {
    this.draft = draft;
  }

  /**
   * @param secretKept whether a secret is stored that the draft does not touch
   * @throws Problem 422 with everything that is wrong
   */
  static void check(GatewayDraft draft, boolean secretKept) {
    var check = new GatewayCheck(draft);
    check.title();
    check.currencies();
    switch (draft.kind()) {
      case STRIPE -> check.stripe(secretKept);
      case URL -> check.url(secretKept);
      case BANK -> check.bank();
    }
    if (!check.errors.isEmpty()) throw Problem.invalid(check.errors);
  }

  private void title() {
    if (draft.title().isBlank()) wrong("/title", "required", "Write what customers choose it by.");
    if (draft.title().length() > 60)
      wrong("/title", "too_long", "This has more than 60 characters.");
  }

  private void currencies() {
    for (String currency : draft.currencies())
      if (!CURRENCIES.contains(currency))
        wrong("/currencies", "unknown_value", "“" + currency + "” is no currency such as EUR.");
  }

  private void stripe(boolean kept) {
    none("/url", draft.pattern());
    none("/signature_parameter", draft.signature());
    String key = draft.secret();
    if (key == null ? !kept : key.isEmpty())
      wrong("/secret", "required", "Enter the secret key, which begins with sk_ or rk_.");
    else if (key != null && key.startsWith("pk_"))
      wrong(
          "/secret",
          "invalid",
          "This is the publishable key. The secret key begins with sk_ or, restricted, with rk_.");
    else if (key != null && !STRIPE_KEY.matcher(key).matches())
      wrong(
          "/secret",
          "invalid",
          "A secret key begins with sk_test_, sk_live_, rk_test_ or rk_live_.");
    String hook = draft.hookSecret();
    if (hook != null && !hook.isEmpty() && !STRIPE_HOOK.matcher(hook).matches())
      wrong("/webhook_secret", "invalid", "A webhook's signing secret begins with whsec_.");
  }

  private void url(boolean kept) {
    none("/webhook_secret", draft.hookSecret());
    String pattern = draft.pattern();
    if (pattern == null) wrong("/url", "required", "Write the address with the placeholders.");
    String trouble = pattern == null ? null : AddressPattern.trouble(pattern);
    if (trouble != null) wrong("/url", "invalid", trouble);
    String secret = draft.secret();
    boolean has = secret == null ? kept : !secret.isEmpty();
    if (secret != null && has && secret.length() < LEAST_SECRET)
      wrong("/secret", "too_short", "Use at least " + LEAST_SECRET + " characters.");
    String parameter = draft.signature();
    if (parameter == null) return;
    if (!PARAMETER.matcher(parameter).matches())
      wrong("/signature_parameter", "invalid", "A parameter has a name such as signature.");
    if (!has) wrong("/secret", "required", "A signature needs a secret.");
  }

  private void bank() {
    none("/url", draft.pattern());
    none("/signature_parameter", draft.signature());
    none("/secret", draft.secret());
    none("/webhook_secret", draft.hookSecret());
  }

  private void none(String pointer, @Nullable String value) {
    if (value != null && !value.isEmpty())
      wrong(pointer, "not_here", "This kind of gateway has nothing of that.");
  }

  private void wrong(String pointer, String code, String message) {
    errors.add(new FieldError(pointer, code, message));
  }
}
