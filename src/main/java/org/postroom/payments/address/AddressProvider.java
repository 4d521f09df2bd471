package org.postroom.payments.address;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.postroom.db.Settings;
import org.postroom.http.Problem;
import org.postroom.payments.AddressPattern;
import org.postroom.payments.Checkout;
import org.postroom.payments.Gateway;
import org.postroom.payments.HookSignature;
import org.postroom.payments.OpenGateway;
import org.postroom.payments.PaymentLink;
import org.postroom.payments.Provider;
import org.postroom.payments.Way;
import org.springframework.stereotype.Component;

/** Fills in the address and signs it; nothing is called, the customer's browser goes there. */
@Component
class AddressProvider implements Provider {
  private final Settings settings;

  AddressProvider(Settings settings) {
    this.settings = settings;
  }

  @Override
  public Way.Kind kind() {
    return Way.Kind.URL;
  }

  @Override
  public boolean takes(String currency) {
    return Currency.availableCurrencies().anyMatch(it -> it.getCurrencyCode().equals(currency));
  }

  @Override
  public URI begin(OpenGateway gateway, Checkout checkout) {
    Gateway.Address address = Objects.requireNonNull(gateway.gateway().address());
    PaymentLink link = checkout.opened().link();
    BigDecimal due = exact(Objects.requireNonNull(checkout.opened().due()), link.currency());
    Map<String, String> values = new LinkedHashMap<>();
    values.put("amount", due.toPlainString());
    values.put("amount_minor", due.unscaledValue().toString());
    values.put("currency", link.currency());
    values.put(
        "reference",
        link.items().stream().map(PaymentLink.Item::number).collect(Collectors.joining(" ")));
    values.put("document", link.items().isEmpty() ? "" : link.items().getFirst().number());
    values.put("link", link.id());
    values.put("return", with(checkout.back().toString(), "came", "paid"));
    values.put("notify", notify(gateway.gateway()));
    values.put("email", Objects.requireNonNullElse(checkout.email(), ""));
    return signed(AddressPattern.fill(address.pattern(), values), address, gateway.secret());
  }

  @Override
  public Tried tryIt(OpenGateway gateway) {
    String pattern = Objects.requireNonNull(gateway.gateway().address()).pattern();
    return new Tried(
        true,
        "Customers are sent to "
            + AddressPattern.fill(pattern, Map.of()).getHost()
            + ". Whether it takes them can only be seen by paying there.");
  }

  /** In the currency's decimals, neither more nor fewer (ISO 4217). */
  static BigDecimal exact(BigDecimal due, String currency) {
    int digits = Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    try {
      return due.setScale(digits);
    } catch (ArithmeticException finer) {
      throw Problem.of(
          422,
          "amount_not_payable",
          due.toPlainString() + " " + currency + " has more decimals than " + currency + ".");
    }
  }

  private URI signed(
      URI address, Gateway.Address as, @org.jspecify.annotations.Nullable String secret) {
    String parameter = as.signature();
    if (parameter == null || secret == null) return address;
    byte[] whole = address.toString().getBytes(StandardCharsets.UTF_8);
    return URI.create(with(address.toString(), parameter, HookSignature.hmac(secret, whole)));
  }

  private String notify(Gateway gateway) {
    return settings
        .get(Settings.Name.POSTROOM_PUBLIC_URL)
        .map(url -> url.replaceAll("/+$", "") + "/hooks/payments/" + gateway.id())
        .orElse("");
  }

  private static String with(String address, String name, String value) {
    return address + (address.contains("?") ? "&" : "?") + name + "=" + value;
  }
}
